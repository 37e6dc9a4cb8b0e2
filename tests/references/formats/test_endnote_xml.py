"""EndNote XML, read by a parser of XML and by pandoc."""

import json
import subprocess
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from references.csl import Work
from references.formats import ENDNOTE_XML
from references.formats.name_parser import inverted
from references.formats.work_format import each_text, flat
from references.styles.pandoc import PROGRAM as PANDOC
from tests.references.formats.work_strategies import FIXTURES, WORKS

PLACES = {
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "edition": "edition",
    "doi": "electronic-resource-num",
    "url": "urls/related-urls/url",
    "genre": "work-type",
    "language": "language",
    "note": "notes",
    "key": "label",
}


@settings(deadline=None)
@given(work=WORKS)
def test_every_field_has_its_element(work):
    (record,) = ElementTree.fromstring(b"".join(ENDNOTE_XML.write([work])))[0]  # noqa: S314
    held = each_text(work, flat)
    for variable, path in PLACES.items():
        assert record.findtext(path) == getattr(held, variable)
    # Words of a title may be in several styles.
    title = "".join(record.find("titles/title").itertext())
    assert flat(title) == held.title
    titles = {element.text for element in record.find("titles")}
    assert {held.container_title, held.collection_title, held.event_title} <= {
        *titles,
        None,
    }
    people = [element.text for element in record.iter("author")]
    for name, text in zip(held.author + held.editor, people, strict=True):
        assert text == (as_body(inverted(name)) if name.literal else inverted(name))


@pytest.mark.parametrize(
    ("kind", "variable", "path"),
    [
        ("book", "editor", "contributors/tertiary-authors/author"),
        ("chapter", "editor", "contributors/secondary-authors/author"),
        ("book", "publisher", "publisher"),
        ("book", "publisher-place", "pub-location"),
        ("book", "number", "report-id"),
        ("book", "authority", "custom4"),
        ("speech", "event-place", "meeting-place"),
        ("report", "number", "isbn"),
        ("article-journal", "number", "custom7"),
        ("legal_case", "authority", "publisher"),
        ("legal_case", "publisher", "custom4"),
        ("paper-conference", "event-place", "pub-location"),
        ("paper-conference", "publisher-place", "custom1"),
    ],
)
def test_fields_are_where_endnote_has_them_in_the_type(kind, variable, path):
    value = [{"literal": "4a"}] if variable == "editor" else "4a"
    item = {"id": "a", "type": kind, "title": "A", variable: value}
    written = b"".join(ENDNOTE_XML.write([Work.model_validate(item)]))
    (record,) = ElementTree.fromstring(written)[0]  # noqa: S314
    assert record.findtext(path).startswith("4a")


def as_body(name):
    """Two commas stand for one that is part of the name; or one ends it."""
    before, comma, after = name.partition(",")
    return f"{before},,{after}" if comma else f"{before},"


def test_pandoc_finds_every_record():
    written = b"".join(ENDNOTE_XML.write(FIXTURES))
    command = [PANDOC, "-f", "endnotexml", "-t", "csljson"]
    read = subprocess.run(command, input=written, capture_output=True, check=True)
    items = json.loads(read.stdout)
    assert [item.get("title") for item in items[:50]] == [
        work.title for work in FIXTURES[:50]
    ]
    assert len(items) == len(FIXTURES)
