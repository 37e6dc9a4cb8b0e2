"""Fields of BibTeX files that people and programs fill in different ways."""

import pytest

from tests.references.formats.test_bibtex_reader import ENTRY, message_texts, read


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (r"pages = {pp. 12--19}", {"page": "12-19"}),
        (r"pages = {p.~7}", {"page": "7"}),
        (r"pages = {S12--S14}", {"page": "S12-S14"}),
        (r"pages = {S. 12}", {"page": "12"}),
        (r"pages = {C3-32--C3-35}", {"page": "C3-32–C3-35"}),
        ("subtitle = {B}, titleaddon = {Part 1}", {"title": "A: B. Part 1"}),
        ("titleaddon = {(Review)}", {"title": "A. (Review)"}),
        (
            "booktitle = {B?}, booksubtitle = {C}, booktitleaddon = {D}",
            {"container-title": "B? C. D"},
        ),
        ("journal = {J}, journalsubtitle = {K}", {"container-title": "J: K"}),
        ("series = {S}, number = 2", {"collection-title": "S", "issue": "2"}),
        (
            r"howpublished = {Talk at X, \url{http://a.example/}}",
            {"URL": "http://a.example/", "container-title": "Talk at X"},
        ),
        (
            r"howpublished = {\href{http://a.example/}{\texttt{http://a.example/}}}",
            {"URL": "http://a.example/"},
        ),
        (r"year = {{\noopsort{1973b}}1974}", {"issued": {"date-parts": [[1974]]}}),
        ("date = {2009-02?}", {"issued": {"date-parts": [[2009, 2]]}}),
        ("date = {-0050}", {}),
        ("year = {50 BC}", {}),
        ("date = {0000-21/0000-24}", {}),
    ],
)
def test_fields_are_cleaned(fields, expected):
    item = read(ENTRY % fields).works[0].to_csl()
    fixed = {"id": "k-1", "type": "article-journal", "title": "A"}
    assert item == fixed | expected


def test_the_number_of_a_book_in_a_series_belongs_to_the_series():
    (work,) = read("@book{k, title={A}, series={LNCS}, number=42}").works
    assert (work.collection_title, work.number) == ("LNCS 42", None)
    (report,) = read("@report{k, title={A}, series={LNCS}, number=42}").works
    assert (report.collection_title, report.number) == ("LNCS", "42")


def test_the_title_addition_of_a_web_page_is_its_site():
    (work,) = read("@online{k, title={A}, titleaddon={The Site}}").works
    assert (work.title, work.container_title) == ("A", "The Site")


def test_a_second_field_for_one_variable_is_reported():
    fields = "journal = {J}, booktitle = {B}, number = 1, issue = 2, publisher = {P}"
    result = read(ENTRY % fields + "@misc{b, title={B}, publisher={P}, school={P}}")
    assert message_texts(result) == [
        "a.bib:3: left out: journal of “A” (k-1): “J” is a second container-title.",
        "a.bib:3: left out: issue of “A” (k-1): “2” is a second issue.",
    ]


@pytest.mark.parametrize("field", ["titleaddon", "subtitle"])
def test_a_title_addition_or_subtitle_replaces_a_missing_title(field):
    (work,) = read(f"@unpublished{{k, {field}={{Lecture notes}}, year=2014}}").works
    assert work.title == "Lecture notes"


def test_unknown_macros_are_reported():
    fields = r"note = {\foo{x} \baz}, publisher = {\foo}, url = {http://a.example/}"
    assert message_texts(read(ENTRY % fields)) == [
        r"a.bib:3: note: Unknown LaTeX: \baz, \foo. Please check.",
        r"a.bib:3: publisher: Unknown LaTeX: \foo. Please check.",
    ]
