"""Zotero RDF, read by an RDF library in the way of Zotero's own reader.

https://github.com/zotero/translators/blob/master/RDF.js
"""

import pytest
from hypothesis import given, settings
from rdflib import RDF, Graph, Namespace
from rdflib.container import Seq

from references.csl import OTHERS, Work, listed_names
from references.formats import ZOTERO_RDF
from references.formats.name_parser import build_surname
from references.formats.work_format import collapse_to_line, map_texts
from references.formats.zotero_fields import ITEM_TYPES, ZOTERO_FIELDS, is_like_variable
from references.models import Reference
from references.type_vocabularies import TYPE_NAMES
from tests.references.formats.work_strategies import FIXTURES, WORKS

Z = Namespace("http://www.zotero.org/namespaces/export#")
BIB = Namespace("http://purl.org/net/biblio#")
DC = Namespace("http://purl.org/dc/elements/1.1/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
FIELD_NAMES = {DC.title: "title", DC.date: "date", DC.description: "extra"}
CREATORS = {*(kind.author_role for kind in ITEM_TYPES.values()), "editors"}


ARTICLE = {
    "type": "article-journal",
    "author": [
        {"family": "Eijk", "non-dropping-particle": "van", "given": "C."},
        {"family": "King", "given": "M. L.", "suffix": "Jr."},
        {"literal": "Nesta"},
    ],
    "editor": [{"family": "Meyer", "given": "G."}],
    "issued": {"date-parts": [[987, 5]]},
    "accessed": {"date-parts": [[2019, 6, 9]]},
    "language": "nl",
    "URL": "https://a.example/?b&c",
    "DOI": "10.1000/a<b>",
    "page": "1–2",
    "container-title": "Journal of A & B",
    "collection-title": "Series",
    "volume": "7",
    "issue": "3-4",
    "publisher": "P",
    "publisher-place": "Bern",
}
IN_ZOTERO = {
    "itemType": "journalArticle",
    "citationKey": "a",
    "title": "A",
    "authors": [("van Eijk", "C."), ("King", "M. L., Jr."), ("Nesta", "")],
    "editors": [("Meyer", "G.")],
    "date": "0987-05",
    "accessDate": "2019-06-09",
    "language": "nl",
    "url": "https://a.example/?b&c",
    "DOI": "10.1000/a<b>",
    "pages": "1–2",
    "publicationTitle": "Journal of A & B",
    "seriesTitle": "Series",
    "volume": "7",
    "issue": "3-4",
    "publisher": "P",
    "place": "Bern",
    "notes": [],
}


def build_graph(works):
    return Graph().parse(data=b"".join(ZOTERO_RDF.write(works)), format="xml")


def read_items(graph):
    """Return the fields of each item by key; creators are (surname, given names)."""
    return {
        str(graph.value(subject, Z.citationKey)): read_fields(graph, subject)
        for subject in graph.subjects(Z.itemType)
    }


def read_fields(graph, subject):
    fields = {}
    for predicate, value in graph.predicate_objects(subject):
        name = FIELD_NAMES.get(predicate) or predicate.rpartition("#")[2]
        if name in CREATORS:
            people = Seq(graph, value).items()
            fields[name] = [
                (read_text(graph, p, "surname"), read_given_names(graph, p))
                for p in people
            ]
        elif predicate in FIELD_NAMES or predicate.startswith(Z):
            fields[name] = str(value)
    fields["notes"] = [
        str(graph.value(memo, RDF.value))
        for memo in graph.objects(subject, DCTERMS.isReferencedBy)
        if (memo, RDF.type, BIB.Memo) in graph
    ]
    return fields


def read_text(graph, node, name):
    return str(graph.value(node, FOAF[name]) or "")


def read_given_names(graph, node):
    return read_text(graph, node, "givenName")


def write_and_read_item(**variables):
    work = {"id": "a", "type": "book", "title": "A"} | variables
    return read_items(build_graph([Work.model_validate(work)]))["a"]


def split_name(name):
    given = " ".join(filter(None, [name.given, name.dropping_particle]))
    given = ", ".join(filter(None, [given, name.suffix]))
    return (name.literal or build_surname(name), given)


@settings(deadline=None)
@given(work=WORKS)
def test_every_variable_of_a_work_is_written(work):
    item = read_items(build_graph([work]))[work.key]
    flat = map_texts(work, collapse_to_line)
    extra = item.get("extra", "").split("\n")
    assert item["title"] == flat.marked_title
    assert item.get("DOI") == flat.doi
    assert item.get("url") == flat.url
    for variable in ZOTERO_FIELDS:
        value = getattr(flat, variable)
        line = f"{variable.replace('_', '-')}: {value}"
        assert value is None or value in item.values() or line in extra
    assert flat.note is None or extra[-1] in (flat.note, f"Note: {flat.note}")
    authors = ITEM_TYPES[item["itemType"]].author_role
    assert item.get(authors, []) == [
        split_name(name) for name in listed_names(flat.author)
    ]
    editors = listed_names(flat.editor)
    lines = [f"editor: {' || '.join(filter(None, split_name(n)))}" for n in editors]
    in_extra = [line for line in extra if line in lines]
    assert len(item.get("editors", in_extra)) == len(editors)
    for role, names in (("author", flat.author), ("editor", flat.editor)):
        assert OTHERS not in names or f"et al.: {role}" in extra


def test_all_fixtures_are_items_of_one_file():
    items = read_items(build_graph(FIXTURES))
    assert set(items) == {work.key for work in FIXTURES}
    for work in FIXTURES:
        issued = items[work.key].get("date", "")
        assert [int(part) for part in filter(None, issued.split("-"))] == (
            work.issued.parts if work.issued else []
        )


def test_an_article_has_the_fields_of_zotero():
    assert write_and_read_item(**ARTICLE) == IN_ZOTERO


@pytest.mark.parametrize(
    ("csl_type", "item_type", "authors"),
    [
        ("interview", "interview", "interviewees"),
        ("article", "preprint", "authors"),
        ("legal_case", "case", "authors"),
        ("speech", "presentation", "presenters"),
        ("motion_picture", "film", "directors"),
        ("map", "map", "cartographers"),
    ],
)
def test_authors_have_their_role_in_zotero(csl_type, item_type, authors):
    item = write_and_read_item(type=csl_type, author=[{"literal": "Nesta"}])
    assert item["itemType"] == item_type
    assert item[authors] == [("Nesta", "")]
    assert "extra" not in item


@pytest.mark.parametrize("csl_type", ["pamphlet", "review", "entry", "treaty", "event"])
def test_a_type_that_zotero_lacks_is_in_extra(csl_type):
    assert write_and_read_item(type=csl_type, note="Not sure.")["extra"] == (
        f"type: {csl_type}\nNot sure."
    )


def test_every_type_of_work_has_an_item_type():
    assert {kind.zotero for kind in TYPE_NAMES.values()} <= set(ITEM_TYPES)
    assert {kind.csl_type for kind in ITEM_TYPES.values()} <= set(Reference.Type.values)


@pytest.mark.parametrize(
    ("csl_type", "variable", "value", "field"),
    [
        ("thesis", "genre", "PhD thesis", "type"),
        ("report", "number", "4a", "number"),
        ("report", "collection-title", "S", "seriesTitle"),
        ("book", "collection-title", "S", "series"),
        ("legal_case", "authority", "High Court", "authority"),
        ("legal_case", "container-title", "EWHC", "reporter"),
        ("paper-conference", "event-title", "IRSPM 2016", "conferenceName"),
        ("paper-conference", "event-place", "Bern", "eventPlace"),
        ("paper-conference", "publisher-place", "Oslo", "place"),
        ("speech", "event-title", "IRSPM 2016", "meetingName"),
        ("speech", "event-place", "Bern", "place"),
        ("speech", "publisher-place", "Oslo", None),
        ("report", "container-title", "C", None),
        ("article-journal", "genre", "Editorial", None),
        ("article-journal", "number", "e7", None),
        ("post-weblog", "publisher", "P", None),
        ("webpage", "event-title", "E", None),
        ("software", "language", "fi", None),
    ],
)
def test_a_variable_without_a_field_is_in_extra(csl_type, variable, value, field):
    item = write_and_read_item(type=csl_type, **{variable: value})
    if field:
        assert item[field] == value
        assert "extra" not in item
    else:
        assert item["extra"] == f"{variable}: {value}"
        assert value not in item.values()


def test_editors_of_a_type_without_editors_are_in_extra():
    editors = [
        {"family": "Eijk", "non-dropping-particle": "van", "given": "C."},
        {"literal": "Nesta"},
    ]
    item = write_and_read_item(type="webpage", editor=editors)
    assert item["extra"] == "editor: van Eijk || C.\neditor: Nesta"
    assert "editors" not in item


@pytest.mark.parametrize("csl_type", ["book", "webpage"])
def test_et_al_is_not_a_person(csl_type):
    names = [{"family": "Meyer", "given": "G."}, {"literal": "others"}]
    item = write_and_read_item(type=csl_type, author=names, editor=names, note="Plain.")
    assert item["authors"] == [("Meyer", "G.")]
    *_, authors, editors, note = item["extra"].split("\n")
    assert (authors, editors, note) == ("et al.: author", "et al.: editor", "Plain.")
    assert not is_like_variable(authors)
    assert "others" not in str(item)


def test_lines_with_braces_follow_the_others():
    item = write_and_read_item(
        volume="{1}", issue="{2}", number="3", page="4", note="Plain."
    )
    assert item["volume"] == "{1}"
    assert item["extra"] == "page: 4\nnumber: 3\nissue: {2}\nPlain."


def test_a_month_of_access_is_in_extra():
    item = write_and_read_item(
        accessed={"date-parts": [[2020, 9]]}, URL="https://a.example/"
    )
    assert item["extra"] == "accessed: 2020-09"
    # Without a space, which Zotero removes, it would set today as the date of access.
    assert item["accessDate"] == " "
    assert "accessDate" not in write_and_read_item()


@pytest.mark.parametrize(
    ("note", "is_like"),
    [
        ("Publisher: not stated.", True),
        ("Event place: Bern", True),
        ("Publication Title: unknown", True),
        ("DOI: none", True),
        ("NB: not sure", True),
        ("type: book", True),
        ("Special Issue: coproduction", False),
        ("Authors: printed with et al.", False),
        ("Title taken from the address.", False),
        ("Not sure", False),
    ],
)
def test_a_note_is_not_taken_for_a_variable(note, is_like):
    assert is_like_variable(note) == is_like
    assert write_and_read_item(note=note)["extra"] == (
        f"Note: {note}" if is_like else note
    )


def test_a_correction_is_a_note_of_the_item():
    item = write_and_read_item(custom={"correction": "34 & <43>"})
    assert item["notes"] == ["<p>Correction: 34 &amp; &lt;43&gt;</p>"]
    assert "extra" not in item
