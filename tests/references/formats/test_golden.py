"""Hard works as files, word for word: what people and other programs will read."""

import os
from pathlib import Path

import pytest

from references.formats import FORMATS
from tests.references.formats.hard_works import HARD

GOLDEN = Path(__file__).parent / "golden"
TEXTS = ["csl-json", "bibtex", "biblatex", "ris", "endnote-xml", "zotero-rdf", "csv"]


@pytest.mark.parametrize("name", TEXTS)
def test_hard_works_are_written_so(name):
    """After a change of a writer: GOLDEN=1 pytest …, then look at the diff."""
    written = b"".join(FORMATS[name].write(HARD))
    path = GOLDEN / f"{name}.{FORMATS[name].extension}"
    if os.environ.get("GOLDEN"):
        path.write_bytes(written)
    assert written == path.read_bytes()


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].read])
def test_hard_works_come_back(name):
    path = GOLDEN / f"{name}.{FORMATS[name].extension}"
    reading = FORMATS[name].read(path.read_bytes(), path.name)
    assert reading.works == [FORMATS[name].held(work) for work in HARD]
    assert reading.refusals == []
