"""Comparison of the chapter's printed list with ours in the style that it follows.

Our records contain what is printed, including errors. If part of it is not in our
entry, the printed list doesn't follow the style.
"""

import calendar

import pytest

from references.formats.name_parser import build_surname, invert_name
from references.styles.bibliographies import find_year_suffixes, render_bibliography

STYLE = "springer-socpsych-author-date"
TEXTS = ("title", "container_title", "collection_title", "genre", "publisher")
FORMS = {
    "publisher_place": " {}",
    "volume": ", {}",
    "issue": "({})",
    "edition": "({}th edn",  # codespell:ignore edn
    "number": "No. {}",
    "doi": "https://doi.org/{}",
    "accessed": "Accessed {}",
}
# The style prints no edition, volume and pages of encyclopaedias, no number of an
# article, no day of a journal's issue, and no date of reading beside a DOI. It prints
# initials for “James D.” and “Arjen”.
ENCYCLOPAEDIA = {"edition", "volume", "page"}
LEFT_OUT = {
    "baum-2015": ENCYCLOPAEDIA | {"editor"},
    "flammer-2015": ENCYCLOPAEDIA,
    "donaldson-2003": {"issued"},
    "griffiths-et-al-2007": {"issued"},
    "parrado-et-al-2005": {"issued"},
    "jacobs-et-al-2013": {"author"},
    "loeffler-timm-arnold-2020": {"accessed"},
    "loton-waters-2017": {"number"},
}


@pytest.fixture
def entries(chapter):
    return render_bibliography(chapter, STYLE)


def test_entries_contain_what_is_printed(chapter, entries):
    texts = {entry.key: quoted(entry.text) for entry in entries}
    left_out = {
        work.key: {name for name, text in printed(work) if text not in texts[work.key]}
        for work in chapter
    }
    # Sixteen case studies have a series, which the style does not print for reports.
    in_series = {work.key for work in chapter if work.collection_title}
    assert len(in_series) == 16
    expected = {key: {"collection_title"} for key in in_series} | LEFT_OUT
    assert {key: names for key, names in left_out.items() if names} == expected


def printed(work):
    """Yield each variable of the work, with the text expected in its entry."""
    yield from ((name, quoted(getattr(work, name) or "")) for name in TEXTS)
    yield from (("author", invert_name(name)) for name in work.author)
    for name in work.editor:
        yield "editor", f"{name.given} {build_surname(name)}"
    for name, form in FORMS.items():
        if value := getattr(work, name):
            yield name, form.format(value)
    yield "page", (work.page or "").replace("-", "–")
    yield "url", "" if work.doi else work.url or ""
    year, month, day = work.issued
    yield "issued", f"({year}"
    if month:
        yield "issued", f", {calendar.month_name[month]}{f' {day}' if day else ''})"


def quoted(text):
    return text.translate(str.maketrans("‘’“”'", '"""""'))


def test_works_have_the_printed_order(chapter, entries):
    """Except two works by many authors: the style sorts by name, not by year."""
    by_name = {"bovaird-et-al-2016", "loeffler-et-al-2008"}
    ours = [entry.key for entry in entries if entry.key not in by_name]
    assert ours == [work.key for work in chapter if work.key not in by_name]


@pytest.mark.parametrize(
    ("style", "suffixes"),
    [
        (STYLE, {"bovaird-loeffler-2012a": "a", "bovaird-loeffler-2012b": "b"}),
        # These sort by title as well: “Deepening” before “From engagement”.
        ("apa", {"bovaird-loeffler-2012a": "b", "bovaird-loeffler-2012b": "a"}),
    ],
)
def test_suffixes_are_as_printed_unless_the_style_sorts_by_title(
    chapter, style, suffixes
):
    assert find_year_suffixes(chapter, style) == suffixes
