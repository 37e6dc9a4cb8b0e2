"""All our works, read by programs and libraries that are not ours."""

import json
import logging
import subprocess

import bibtexparser
import pytest
import rispy

from references.formats import BIBLATEX, FORMATS, RIS
from references.styles.pandoc import PROGRAM as PANDOC
from tests.references.formats.works import FIXTURES

# Pandoc has names of its own for these, or none; authority is no field of BibTeX.
UNLIKE = {
    "id",
    "custom",
    "note",
    "type",
    "language",
    "event-title",
    "authority",
    "number",
}
QUOTES = str.maketrans("‘’“”", "''''")
# Values that pandoc takes otherwise, at most: the particle Van (4), of BibTeX the site
# of a web page as well, which it has no field for (56), and types in braces (8).
MISSES = {"csl-json": 1, "biblatex": 4, "bibtex": 68}


def plain(value):
    """As pandoc sees it: it sets quotation marks anew."""
    return json.loads(json.dumps(value, ensure_ascii=False).translate(QUOTES))


@pytest.mark.parametrize("name", MISSES)
def test_pandoc_reads_what_we_wrote(name):
    source = name.replace("-", "")
    command = [PANDOC, "-f", source, "-t", "csljson"]
    written = b"".join(FORMATS[name].write(FIXTURES))
    read = subprocess.run(command, input=written, capture_output=True, check=True)
    items = {item["id"]: item for item in json.loads(read.stdout)}
    assert list(items) == [work.key for work in FIXTURES]
    unlike = UNLIKE | ({"note"} if name != "csl-json" else set())
    missed = [
        (work.key, variable, value, items[work.key].get(variable))
        for work in FIXTURES
        for variable, value in work.to_csl().items()
        if variable not in unlike
        and plain(value) != plain(items[work.key].get(variable))
    ]
    assert len(missed) <= MISSES[name], missed


@pytest.mark.parametrize("name", ["biblatex", "bibtex"])
def test_pandoc_reads_our_notes_as_annotations(name):
    command = [PANDOC, "-f", name, "-t", "csljson"]
    noted = [work for work in FIXTURES if work.note and not work.custom.correction]
    written = b"".join(FORMATS[name].write(noted))
    read = subprocess.run(command, input=written, capture_output=True, check=True)
    name = "annote"  # codespell:ignore annote
    annotations = [item[name] for item in json.loads(read.stdout)]
    assert plain(annotations) == plain([work.note for work in noted])
    assert len(noted) > 100


def test_bibtexparser_finds_every_entry(caplog):
    caplog.set_level(logging.WARNING)
    written = b"".join(BIBLATEX.write(FIXTURES)).decode()
    library = bibtexparser.parse_string(written)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [work.key for work in FIXTURES]


def test_rispy_finds_every_record():
    records = rispy.loads(b"".join(RIS.write(FIXTURES)).decode())
    assert [record["id"] for record in records] == [work.key for work in FIXTURES]
    assert [record["title"] for record in records] == [work.title for work in FIXTURES]
    for work, record in zip(FIXTURES, records, strict=True):
        assert record.get("year") == (work.issued and f"{work.issued.year:04}")
        assert len(record.get("authors", [])) == len(work.author)
        assert len(record.get("secondary_authors", [])) == len(work.editor)
