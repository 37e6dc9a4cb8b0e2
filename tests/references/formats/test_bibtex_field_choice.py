"""Entries have only the fields that their type prints."""

import re

import pytest
from hypothesis import given, settings

from references.csl import Work
from references.formats import BIBLATEX, BIBTEX
from references.formats.bibtex_field_choice import BIBLATEX_FIELDS, SPARE_FIELDS
from tests.references.formats.work_strategies import FIXTURES, WORKS

# Fields that biblatex allows for entries of any type, in blx-dm.def.
FIELDS_OF_ANY_TYPE = {
    *("author", "title", "date", "urldate", "doi", "url", "langid", "language"),
    *("annotation", "entrysubtype", "ids", "options", "userf", *SPARE_FIELDS),
}
TYPES_WITH_EDITORS = {
    *("article", "book", "booklet", "collection", "dataset", "inbook", "incollection"),
    *("inproceedings", "inreference", "misc", "online", "software"),
}
ENTRY = re.compile(r"^@(\w+)\{(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^  (\w+) = \{?(.*?)\}?,$", re.MULTILINE)


def write_and_parse_entry(work_format, **variables):
    """Return the type of entry and the fields of a work as they are written."""
    fixed = {"id": "k", "type": "webpage", "title": "A"}
    work = Work.model_validate(fixed | variables)
    written = b"".join(work_format.write([work]))
    assert work_format.read(written, "a.bib").works[0].to_csl() == work.to_csl()
    ((name, fields),) = ENTRY.findall(written.decode())
    return name, dict(FIELD.findall(fields))


def describe_work(name, **variables):
    return {"type": name, "URL": "https://a.example", **variables}


YEAR = {"issued": {"date-parts": [[2014]]}}
EDITED = {"editor": [{"family": "Roe", "given": "B."}]}
JOURNAL = {"container-title": "J"}


@pytest.mark.parametrize(
    ("variables", "in_biblatex", "in_bibtex"),
    [
        (describe_work("article-journal", **YEAR, **JOURNAL), "article", "article"),
        (describe_work("article-journal", **YEAR), "online", "misc"),
        (describe_work("article-newspaper", **JOURNAL), "online", "article"),
        ({"type": "article-newspaper"}, "misc", "misc"),
        (describe_work("review", **YEAR, **JOURNAL), "article", "article"),
        (describe_work("chapter", **JOURNAL), "inbook", "incollection"),
        (describe_work("chapter", **JOURNAL, **EDITED), "incollection", "incollection"),
        (describe_work("chapter"), "online", "misc"),
        (describe_work("entry-encyclopedia"), "online", "misc"),
        (
            describe_work("paper-conference", **JOURNAL),
            "inproceedings",
            "inproceedings",
        ),
        (describe_work("paper-conference"), "unpublished", "misc"),
        (describe_work("webpage"), "online", "misc"),
        ({"type": "webpage"}, "misc", "misc"),
        ({"type": "webpage", "DOI": "10.1000/1"}, "online", "misc"),
        (describe_work("book", **EDITED), "collection", "book"),
        (describe_work("report"), "report", "techreport"),
        (describe_work("report", **EDITED), "misc", "techreport"),
        (describe_work("speech"), "unpublished", "misc"),
        (describe_work("legal_case"), "misc", "misc"),
        (describe_work("motion_picture"), "misc", "misc"),
    ],
)
def test_a_work_gets_the_entry_type_that_prints_its_fields(
    variables, in_biblatex, in_bibtex
):
    assert write_and_parse_entry(BIBLATEX, **variables)[0] == in_biblatex
    assert write_and_parse_entry(BIBTEX, **variables)[0] == in_bibtex


@pytest.mark.parametrize(
    ("variables", "fields"),
    [
        (describe_work("webpage", **JOURNAL), {"titleaddon": "J"}),
        (
            describe_work("webpage", publisher="P and Q", genre="Press release"),
            {
                "organization": "{P and Q}",
                "titleaddon": "Press release",
                "userf": "genre=titleaddon",
            },
        ),
        (
            describe_work("webpage", **JOURNAL, genre="Blog", page="3-5"),
            {"titleaddon": "J", "userb": "Blog", "userc": "3-5"},
        ),
        (describe_work("interview", **JOURNAL), {"howpublished": "J"}),
        (describe_work("report"), {"type": "Report"}),
        (describe_work("report", genre="Report"), {"type": "{Report}"}),
        (
            describe_work("report", **{"collection-title": "SCIE Report"}, number="36"),
            {
                "type": "SCIE Report",
                "number": "36",
                "userf": "collection-title=type",
            },
        ),
        (
            describe_work("report", **{"collection-title": "Papers"}, genre="Memo"),
            {"type": "Memo", "titleaddon": "Papers"},
        ),
        (
            describe_work("legal_case", number="[2016] EWHC", authority="High Court"),
            {"organization": "High Court", "titleaddon": "[2016] {EWHC}"},
        ),
        (
            describe_work("paper-conference", **{"event-title": "E"}, publisher="P"),
            {"eventtitle": "E", "howpublished": "P"},
        ),
        (describe_work("book", number="7"), {"eid": "7"}),
        (
            describe_work("article-journal", **YEAR, **JOURNAL, publisher="Sage"),
            {"journaltitle": "J", "userb": "Sage", "userf": "publisher=userb"},
        ),
        (
            describe_work("webpage", language="de"),
            {"langid": "ngerman", "language": "german"},
        ),
        (
            describe_work("webpage", language="ja"),
            {"langid": "japanese", "language": "japanese"},
        ),
        (describe_work("webpage", language="eo"), {"language": "eo"}),
    ],
)
def test_biblatex_prints_what_a_work_has(variables, fields):
    assert write_and_parse_entry(BIBLATEX, **variables)[1].items() >= fields.items()


@pytest.mark.parametrize(
    ("variables", "fields"),
    [
        (describe_work("webpage", **JOURNAL), {"howpublished": "J", "key": "A"}),
        (
            describe_work("paper-conference", **{"event-title": "E"}),
            {"howpublished": "E"},
        ),
        (describe_work("thesis", publisher="Univ. C"), {"howpublished": "Univ. C"}),
        (describe_work("report", genre="Report"), {"type": "{Report}"}),
        (describe_work("report", **{"collection-title": "SCIE"}), {"type": "{SCIE}"}),
        (describe_work("webpage", language="de-AT"), {"language": "de-AT"}),
    ],
)
def test_bibtex_prints_what_a_work_has(variables, fields):
    assert write_and_parse_entry(BIBTEX, **variables)[1].items() >= fields.items()


def find_unprinted_fields(works):
    """Yield the types of entry and fields that biblatex ignores with a warning."""
    written = b"".join(BIBLATEX.write(works)).decode()
    for entry_type, fields in ENTRY.findall(written):
        allowed = FIELDS_OF_ANY_TYPE | BIBLATEX_FIELDS[entry_type]
        allowed |= {"editor"} if entry_type in TYPES_WITH_EDITORS else set()
        for name in dict(FIELD.findall(fields)).keys() - allowed:
            yield entry_type, name


def test_biblatex_allows_every_field_of_all_fixtures():
    assert list(find_unprinted_fields(FIXTURES)) == []


@settings(deadline=None)
@given(work=WORKS)
def test_biblatex_allows_every_field_of_any_work(work):
    assert list(find_unprinted_fields([work])) == []


@pytest.mark.parametrize(
    "value", ["genre=titleaddon", "genre", "genre=note, ", "author=note", "Call no. 7"]
)
def test_the_userf_field_of_other_programs_moves_nothing(value):
    written = f"@book{{k, title={{A}}, note={{B}}, userf={{{value}}}}}"
    result = BIBLATEX.read(written.encode(), "a.bib")
    assert result.works[0].note == "B"
    assert [str(message) for message in result.messages] == [
        "a.bib:1: Works have no field for: userf."
    ]
