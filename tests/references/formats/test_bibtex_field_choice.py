"""Every kind of entry has only fields that are printed with it."""

import re

import pytest
from hypothesis import given, settings

from references.csl import Work
from references.formats import BIBLATEX, BIBTEX
from references.formats.bibtex_field_choice import FREE, TAKEN_BY_BIBLATEX
from tests.references.formats.work_strategies import FIXTURES, WORKS

# What biblatex takes of entries of any kind, in blx-dm.def.
OF_ANY_KIND = {
    *("author", "title", "date", "urldate", "doi", "url", "langid", "language"),
    *("annotation", "entrysubtype", "ids", "options", "userf", *FREE),
}
WITH_EDITORS = {
    *("article", "book", "booklet", "collection", "dataset", "inbook", "incollection"),
    *("inproceedings", "inreference", "misc", "online", "software"),
}
ENTRY = re.compile(r"^@(\w+)\{(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^  (\w+) = \{?(.*?)\}?,$", re.MULTILINE)


def entry(kind, **variables):
    """The kind of entry and its fields, as we write a work."""
    fixed = {"id": "k", "type": "webpage", "title": "A"}
    work = Work.model_validate(fixed | variables)
    written = b"".join(kind.write([work]))
    assert kind.read(written, "a.bib").works[0].to_csl() == work.to_csl()
    ((name, fields),) = ENTRY.findall(written.decode())
    return name, dict(FIELD.findall(fields))


def of(name, **variables):
    return {"type": name, "URL": "https://a.example", **variables}


YEAR = {"issued": {"date-parts": [[2014]]}}
EDITED = {"editor": [{"family": "Roe", "given": "B."}]}
JOURNAL = {"container-title": "J"}


@pytest.mark.parametrize(
    ("variables", "in_biblatex", "in_bibtex"),
    [
        (of("article-journal", **YEAR, **JOURNAL), "article", "article"),
        (of("article-journal", **YEAR), "online", "misc"),
        (of("article-newspaper", **JOURNAL), "online", "article"),
        ({"type": "article-newspaper"}, "misc", "misc"),
        (of("review", **YEAR, **JOURNAL), "article", "article"),
        (of("chapter", **JOURNAL), "inbook", "incollection"),
        (of("chapter", **JOURNAL, **EDITED), "incollection", "incollection"),
        (of("chapter"), "online", "misc"),
        (of("entry-encyclopedia"), "online", "misc"),
        (of("paper-conference", **JOURNAL), "inproceedings", "inproceedings"),
        (of("paper-conference"), "unpublished", "misc"),
        (of("webpage"), "online", "misc"),
        ({"type": "webpage"}, "misc", "misc"),
        ({"type": "webpage", "DOI": "10.1000/1"}, "online", "misc"),
        (of("book", **EDITED), "collection", "book"),
        (of("report"), "report", "techreport"),
        (of("report", **EDITED), "misc", "techreport"),
        (of("speech"), "unpublished", "misc"),
        (of("legal_case"), "misc", "misc"),
        (of("motion_picture"), "misc", "misc"),
    ],
)
def test_works_are_of_the_kind_that_prints_what_they_have(
    variables, in_biblatex, in_bibtex
):
    assert entry(BIBLATEX, **variables)[0] == in_biblatex
    assert entry(BIBTEX, **variables)[0] == in_bibtex


@pytest.mark.parametrize(
    ("variables", "fields"),
    [
        (of("webpage", **JOURNAL), {"titleaddon": "J"}),
        (
            of("webpage", publisher="P and Q", genre="Press release"),
            {
                "organization": "{P and Q}",
                "titleaddon": "Press release",
                "userf": "genre=titleaddon",
            },
        ),
        (
            of("webpage", **JOURNAL, genre="Blog", page="3-5"),
            {"titleaddon": "J", "userb": "Blog", "userc": "3-5"},
        ),
        (of("interview", **JOURNAL), {"howpublished": "J"}),
        (of("report"), {"type": "Report"}),
        (of("report", genre="Report"), {"type": "{Report}"}),
        (
            of("report", **{"collection-title": "SCIE Report"}, number="36"),
            {
                "type": "SCIE Report",
                "number": "36",
                "userf": "collection-title=type",
            },
        ),
        (
            of("report", **{"collection-title": "Papers"}, genre="Memo"),
            {"type": "Memo", "titleaddon": "Papers"},
        ),
        (
            of("legal_case", number="[2016] EWHC", authority="High Court"),
            {"organization": "High Court", "titleaddon": "[2016] {EWHC}"},
        ),
        (
            of("paper-conference", **{"event-title": "E"}, publisher="P"),
            {"eventtitle": "E", "howpublished": "P"},
        ),
        (of("book", number="7"), {"eid": "7"}),
        (
            of("article-journal", **YEAR, **JOURNAL, publisher="Sage"),
            {"journaltitle": "J", "userb": "Sage", "userf": "publisher=userb"},
        ),
        (of("webpage", language="de"), {"langid": "ngerman", "language": "german"}),
        (of("webpage", language="ja"), {"langid": "japanese", "language": "japanese"}),
        (of("webpage", language="eo"), {"language": "eo"}),
    ],
)
def test_biblatex_prints_what_a_work_has(variables, fields):
    assert entry(BIBLATEX, **variables)[1].items() >= fields.items()


@pytest.mark.parametrize(
    ("variables", "fields"),
    [
        (of("webpage", **JOURNAL), {"howpublished": "J", "key": "A"}),
        (of("paper-conference", **{"event-title": "E"}), {"howpublished": "E"}),
        (of("thesis", publisher="Univ. C"), {"howpublished": "Univ. C"}),
        (of("report", genre="Report"), {"type": "{Report}"}),
        (of("report", **{"collection-title": "SCIE"}), {"type": "{SCIE}"}),
        (of("webpage", language="de-AT"), {"language": "de-AT"}),
    ],
)
def test_bibtex_prints_what_a_work_has(variables, fields):
    assert entry(BIBTEX, **variables)[1].items() >= fields.items()


def without_place(works):
    """Kind and field, of what biblatex would pass over with a warning."""
    written = b"".join(BIBLATEX.write(works)).decode()
    for kind, fields in ENTRY.findall(written):
        taken = OF_ANY_KIND | TAKEN_BY_BIBLATEX[kind]
        taken |= {"editor"} if kind in WITH_EDITORS else set()
        for name in dict(FIELD.findall(fields)).keys() - taken:
            yield kind, name


def test_biblatex_takes_every_field_of_all_works_we_have():
    assert list(without_place(FIXTURES)) == []


@settings(deadline=None)
@given(work=WORKS)
def test_biblatex_takes_every_field_of_any_work(work):
    assert list(without_place([work])) == []


@pytest.mark.parametrize(
    "says", ["genre=titleaddon", "genre", "genre=note, ", "author=note", "Call no. 7"]
)
def test_what_others_have_in_a_free_field_moves_nothing(says):
    written = f"@book{{k, title={{A}}, note={{B}}, userf={{{says}}}}}"
    reading = BIBLATEX.read(written.encode(), "a.bib")
    assert reading.works[0].note == "B"
    assert [str(refusal) for refusal in reading.refusals] == [
        "a.bib:1: Works here have no place for: userf."
    ]
