import json
from pathlib import Path

import pytest

from references.csl import Work

FIXTURE = Path(__file__).parents[3] / "fixtures" / "references.csl.json"


@pytest.fixture(scope="session")
def chapter():
    """The 121 works that our chapter cites, in the order of its list."""
    works = [Work.model_validate(item) for item in json.loads(FIXTURE.read_text())]
    cited = [work for work in works if work.custom.chapter_position]
    assert len(cited) == 121
    return sorted(cited, key=lambda work: work.custom.chapter_position)


@pytest.fixture
def citations_cache(settings, tmp_path):
    """The folder of an empty cache in files, which production uses."""
    settings.CACHE_DIR = tmp_path
    settings.CACHES = {
        **settings.CACHES,
        "citations": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "citations",
            "TIMEOUT": None,
        },
    }
    return tmp_path / "citations"
