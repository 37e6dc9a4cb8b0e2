import json
from pathlib import Path

import pytest

from references.csl import Work
from references.styles import list_splitting, rendering

FIXTURE = Path(__file__).parents[3] / "fixtures" / "references.csl.json"


@pytest.fixture(scope="session")
def chapter():
    """The 121 works that our chapter cites, in the order of its list."""
    works = [Work.model_validate(item) for item in json.loads(FIXTURE.read_text())]
    cited = [work for work in works if work.custom.chapter_position]
    assert len(cited) == 121
    return sorted(cited, key=lambda work: work.custom.chapter_position)


@pytest.fixture
def short_parts(monkeypatch):
    """Lists of more than 60 works are set in parts of at least 50.

    Of a whole list, pandoc compares each work with each other.
    """
    monkeypatch.setattr(rendering, "MAX_UNSPLIT_WORKS", 60)
    monkeypatch.setattr(list_splitting, "MIN_PART_WORKS", 50)


@pytest.fixture
def citations_cache(settings, tmp_path):
    """The folder of an empty cache in files, which production uses."""
    settings.CACHE_DIR = tmp_path
    settings.CACHES = {
        **settings.CACHES,
        "citations": {
            "BACKEND": "casebase.caches.file_cache.FileCache",
            "LOCATION": tmp_path / "citations",
            "TIMEOUT": None,
        },
    }
    return tmp_path / "citations"
