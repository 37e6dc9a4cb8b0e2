"""All our works, read by programs and libraries that are not ours."""

import json
import logging
import re
import subprocess
from functools import partial

import bibtexparser
import pytest
import rispy

from references.csl import Work
from references.formats import BIBLATEX, FORMATS, RIS
from references.formats.bibtex_field_choice import FREE, fields_of, kind_of
from references.formats.bibtex_fields import BIBLATEX as OF_BIBLATEX
from references.formats.bibtex_fields import BIBTEX as OF_BIBTEX
from references.styles.pandoc import PROGRAM as PANDOC
from tests.references.formats.work_strategies import FIXTURES

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
# It sets quotation marks anew, and before and in French ones narrow spaces.
QUOTES = str.maketrans("‘’“”\u202f", "'''' ")
# The fields of which it makes the publisher, in its order.
ISSUERS = ("institution", "howpublished", "school", "organization", "publisher")


def plain(value):
    return json.loads(json.dumps(value, ensure_ascii=False).translate(QUOTES))


def as_compared(item):
    """Names with their particles, for it parts capital ones otherwise than we do.

    It shows the braces of the kind of a report, which BibTeX needs.
    """
    for name in [*item.get("author", []), *item.get("editor", [])]:
        particle = name.pop("non-dropping-particle", "")
        if particle:
            name["family"] = f"{particle} {name['family']}"
    # Where a title ends with a mark of its own, it adds a stop or not.
    item["title"] = re.sub(r"(?<=[.?!])\.", "", item["title"])
    if genre := item.get("genre"):
        item["genre"] = re.sub("[{}]", "", genre)
    return plain(item)


def as_in_bibtex(work, dialect):
    """What is added to a title is a part of it, and all who issue it are one text."""
    item = work.to_csl()
    places, _ = fields_of(work, dialect, kind_of(work, dialect))
    texts = {field: item.pop(name_of(name), "") for name, field in places.items()}
    item |= {name_of(name): texts[field] for name, field in places.items()}
    for name, field in places.items():
        if field in (*FREE, *ISSUERS, "titleaddon", "type", "issue"):
            del item[name_of(name)]
    item["publisher"] = "; ".join(filter(None, map(texts.get, ISSUERS)))
    item["genre"] = texts.get("type")
    if added := texts.get("titleaddon"):
        item["title"] += f". {added}"
    return {variable: value for variable, value in item.items() if value}


def name_of(variable):
    return variable.replace("_", "-")


@pytest.mark.parametrize("name", ["csl-json", "biblatex", "bibtex"])
def test_pandoc_reads_what_we_wrote(name):
    source = name.replace("-", "")
    command = [PANDOC, "-f", source, "-t", "csljson"]
    written = b"".join(FORMATS[name].write(FIXTURES))
    read = subprocess.run(command, input=written, capture_output=True, check=True)
    items = {item["id"]: as_compared(item) for item in json.loads(read.stdout)}
    assert list(items) == [work.key for work in FIXTURES]
    unlike = UNLIKE | ({"note"} if name != "csl-json" else set())
    dialect = {"biblatex": OF_BIBLATEX, "bibtex": OF_BIBTEX}.get(name)
    ours = partial(as_in_bibtex, dialect=dialect) if dialect else Work.to_csl
    missed = [
        (work.key, variable, value, items[work.key].get(variable))
        for work in FIXTURES
        for variable, value in as_compared(ours(work)).items()
        if variable not in unlike and value != items[work.key].get(variable)
    ]
    assert missed == []


MARKED = Work.model_validate(
    {
        "id": "marked-2014",
        "type": "article-journal",
        "title": "The <i>E. coli</i> and <b>H<sub>max</sub></b> of the 4<sup>th</sup> "
        '<span style="font-variant:small-caps;">Group</span>, R&D',
    }
)


@pytest.mark.parametrize("name", ["csl-json", "biblatex", "bibtex"])
def test_pandoc_reads_italics_and_the_like(name):
    command = [PANDOC, "-f", name.replace("-", ""), "-t", "csljson"]
    written = b"".join(FORMATS[name].write([MARKED]))
    read = subprocess.run(command, input=written, capture_output=True, check=True)
    (item,) = json.loads(read.stdout)
    # What no style may raise is marked besides.
    title = re.sub('<span class="nocase">(.*?)</span>', r"\1", item["title"])
    assert title == MARKED.title_markup


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
