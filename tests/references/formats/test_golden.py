"""Files of hard works, compared with golden files character by character."""

import os
from pathlib import Path

import pytest

from references.formats import FORMATS
from tests.references.formats.hard_works import HARD_WORKS

GOLDEN = Path(__file__).parent / "golden"
TEXTS = ["csl-json", "bibtex", "biblatex", "ris", "endnote-xml", "zotero-rdf", "csv"]


@pytest.mark.parametrize("name", TEXTS)
def test_hard_works_are_written_as_in_the_golden_files(name):
    """After a change of a writer run GOLDEN=1 pytest …, and review the diff."""
    written = b"".join(FORMATS[name].write(HARD_WORKS))
    path = GOLDEN / f"{name}.{FORMATS[name].extension}"
    if os.environ.get("GOLDEN"):
        path.write_bytes(written)
    assert written == path.read_bytes()


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].read])
def test_hard_works_are_read_back(name):
    path = GOLDEN / f"{name}.{FORMATS[name].extension}"
    result = FORMATS[name].read(path.read_bytes(), path.name)
    assert result.works == [FORMATS[name].round_trip(work) for work in HARD_WORKS]
    assert result.messages == []
