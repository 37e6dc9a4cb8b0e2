"""EndNote XML, read by a parser of XML and by pandoc."""

import json
import subprocess
from xml.etree import ElementTree

from hypothesis import given, settings

from references.formats import ENDNOTE_XML
from references.formats.people import inverted
from references.styles.pandoc import PROGRAM as PANDOC
from tests.references.formats.works import FIXTURES, WORKS

PLACES = {
    "title": "titles/title",
    "volume": "volume",
    "issue": "number",
    "number": "report-id",
    "page": "pages",
    "edition": "edition",
    "publisher": "publisher",
    "publisher_place": "pub-location",
    "doi": "electronic-resource-num",
    "url": "urls/related-urls/url",
    "genre": "work-type",
    "event_place": "meeting-place",
    "authority": "custom1",
    "language": "language",
    "note": "notes",
    "key": "label",
}


@settings(deadline=None)
@given(work=WORKS)
def test_every_field_has_its_element(work):
    (record,) = ElementTree.fromstring(b"".join(ENDNOTE_XML.write([work])))[0]  # noqa: S314
    held = ENDNOTE_XML.held(work)
    for variable, path in PLACES.items():
        assert record.findtext(path) == getattr(held, variable)
    titles = {element.text for element in record.find("titles")}
    assert {held.container_title, held.collection_title, held.event_title} <= {
        *titles,
        None,
    }
    people = [element.text for element in record.iter("author")]
    for name, text in zip(held.author + held.editor, people, strict=True):
        assert text == (as_body(name.literal) if name.literal else inverted(name))


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
