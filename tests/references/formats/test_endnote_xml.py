"""EndNote XML, read by an XML parser and by pandoc."""

import json
import subprocess
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from references.csl import Work
from references.formats import ENDNOTE_XML
from references.formats.name_parser import invert_name
from references.formats.work_format import collapse_to_line, map_texts
from references.styles.pandoc import PROGRAM as PANDOC
from tests.references.formats.work_strategies import FIXTURES, WORKS

ELEMENTS = {
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
    held = map_texts(work, collapse_to_line)
    for variable, path in ELEMENTS.items():
        assert record.findtext(path) == getattr(held, variable)
    # A title may have several styles.
    title = "".join(record.find("titles/title").itertext())
    assert collapse_to_line(title) == held.title
    titles = {element.text for element in record.find("titles")}
    assert {held.container_title, held.collection_title, held.event_title} <= {
        *titles,
        None,
    }
    people = [element.text for element in record.iter("author")]
    for name, text in zip(held.author + held.editor, people, strict=True):
        assert text == (
            end_organization(invert_name(name)) if name.literal else invert_name(name)
        )


@pytest.mark.parametrize(
    ("csl_type", "variable", "path"),
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
def test_fields_are_where_endnote_has_them_by_type(csl_type, variable, path):
    value = [{"literal": "4a"}] if variable == "editor" else "4a"
    item = {"id": "a", "type": csl_type, "title": "A", variable: value}
    written = b"".join(ENDNOTE_XML.write([Work.model_validate(item)]))
    (record,) = ElementTree.fromstring(written)[0]  # noqa: S314
    assert record.findtext(path).startswith("4a")


def end_organization(name):
    """Double the first comma in the name, or add one at its end."""
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
