"""Our files of all fixtures, read by other programs and libraries."""

import json
import logging
import re
import subprocess
from copy import deepcopy
from functools import partial

import bibtexparser
import pytest
import rispy

from references.csl import Work
from references.formats import BIBLATEX, FORMATS, RIS
from references.formats.bibtex_field_choice import (
    SPARE_FIELDS,
    choose_entry_type,
    choose_fields,
)
from references.formats.bibtex_fields import BIBLATEX as OF_BIBLATEX
from references.formats.bibtex_fields import BIBTEX as OF_BIBTEX
from references.styles.pandoc import PROGRAM as PANDOC
from tests.references.formats.work_strategies import FIXTURES

# pandoc has other names for these, or none; BibTeX has no field for the authority.
NOT_COMPARED = {
    "id",
    "custom",
    "note",
    "type",
    "language",
    "event-title",
    "authority",
    "number",
}
# pandoc replaces quotation marks, and puts narrow spaces into French ones.
QUOTATION_MARKS = str.maketrans("‘’“”\u202f", "'''' ")
# The fields that pandoc joins to the publisher, in its order.
PUBLISHER_FIELDS = (
    "institution",
    "howpublished",
    "school",
    "organization",
    "publisher",
)


def normalize_quotes(value):
    return json.loads(json.dumps(value, ensure_ascii=False).translate(QUOTATION_MARKS))


def normalize_item(item):
    """Join particles to family names, and remove braces from the genre.

    pandoc splits particles with capitals differently, and shows the braces of the genre
    of a report, which BibTeX needs.
    """
    for name in [*item.get("author", []), *item.get("editor", [])]:
        particle = name.pop("non-dropping-particle", "")
        if particle:
            name["family"] = f"{particle} {name['family']}"
    # pandoc may add a full stop to a title that ends with another mark.
    item["title"] = re.sub(r"(?<=[.?!])\.", "", item["title"])
    if genre := item.get("genre"):
        item["genre"] = re.sub("[{}]", "", genre)
    return normalize_quotes(item)


def convert_to_bibtex_item(work, dialect):
    """Add additions to the title, and join all publishers, as pandoc does."""
    item = work.to_csl()
    places, _ = choose_fields(work, dialect, choose_entry_type(work, dialect))
    texts = {field: item.pop(get_csl_name(name), "") for name, field in places.items()}
    item |= {get_csl_name(name): texts[field] for name, field in places.items()}
    for name, field in places.items():
        if field in (*SPARE_FIELDS, *PUBLISHER_FIELDS, "titleaddon", "type", "issue"):
            del item[get_csl_name(name)]
    item["publisher"] = "; ".join(filter(None, map(texts.get, PUBLISHER_FIELDS)))
    item["genre"] = texts.get("type")
    if added := texts.get("titleaddon"):
        item["title"] += f". {added}"
    return {variable: value for variable, value in item.items() if value}


def get_csl_name(variable):
    return variable.replace("_", "-")


MARKED_WORK = Work.model_validate(
    {
        "id": "marked-2014",
        "type": "article-journal",
        "title": "The <i>E. coli</i> and <b>H<sub>max</sub></b> of the 4<sup>th</sup> "
        '<span style="font-variant:small-caps;">Group</span>, R&D',
    }
)


@pytest.fixture(scope="class")
def items(name):
    """What pandoc reads of a file of all fixtures and one more work, by key."""
    command = [PANDOC, "-f", name.replace("-", ""), "-t", "csljson"]
    written = b"".join(FORMATS[name].write([*FIXTURES, MARKED_WORK]))
    read = subprocess.run(command, input=written, capture_output=True, check=True)
    return {item["id"]: item for item in json.loads(read.stdout)}


@pytest.mark.parametrize("name", ["csl-json", "biblatex", "bibtex"], scope="class")
class TestPandoc:
    """pandoc, which reads a file of each format once."""

    def test_it_reads_our_files(self, name, items):
        assert list(items) == [work.key for work in [*FIXTURES, MARKED_WORK]]
        read = {key: normalize_item(deepcopy(item)) for key, item in items.items()}
        unlike = NOT_COMPARED | ({"note"} if name != "csl-json" else set())
        dialect = {"biblatex": OF_BIBLATEX, "bibtex": OF_BIBTEX}.get(name)
        convert = partial(convert_to_bibtex_item, dialect=dialect)
        ours = convert if dialect else Work.to_csl
        missed = [
            (work.key, variable, value, read[work.key].get(variable))
            for work in FIXTURES
            for variable, value in normalize_item(ours(work)).items()
            if variable not in unlike and value != read[work.key].get(variable)
        ]
        assert missed == []

    def test_it_reads_markup_in_titles(self, name, items):
        # pandoc also marks text whose case styles must not change.
        text = items[MARKED_WORK.key]["title"]
        title = re.sub('<span class="nocase">(.*?)</span>', r"\1", text)
        assert title == MARKED_WORK.title_markup

    def test_it_reads_our_notes(self, name, items):
        variable = "note" if name == "csl-json" else "annote"  # codespell:ignore annote
        noted = [work for work in FIXTURES if work.note and not work.custom.correction]
        notes = [items[work.key][variable] for work in noted]
        assert normalize_quotes(notes) == normalize_quotes(
            [work.note for work in noted]
        )
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
