"""Fields that entries inherit by “crossref” and “xdata”."""

import pytest

from tests.references.formats.test_bibtex_reader import message_texts, read

BOOK = r"""
@book{parent,
  title = {The Book}, subtitle = {Of All}, editor = {Roe, R.}, year = 2014,
  month = may, publisher = {Press}, address = {York}, doi = {10.1000/book},
  url = {https://a.example/}, note = {Out of print}, pages = {400},
}
"""


def read_first_item(text):
    item = read(text).works[0].to_csl()
    return {name: item[name] for name in item if name not in ("id", "type")}


def test_a_chapter_inherits_book_year_and_editors():
    child = "@incollection{c, title={A}, author={Doe, J.}, pages={3--5}, crossref={%s}}"
    expected = {
        "title": "A",
        "author": [{"family": "Doe", "given": "J."}],
        "editor": [{"family": "Roe", "given": "R."}],
        "issued": {"date-parts": [[2014, 5]]},
        "container-title": "The Book: Of All",
        "page": "3-5",
        "publisher": "Press",
        "publisher-place": "York",
    }
    assert read_first_item(child % "parent" + BOOK) == expected
    assert read_first_item(child % " Parent " + BOOK) == expected
    assert message_texts(read(child % "parent" + BOOK)) == []


def test_an_entry_keeps_its_own_fields():
    child = (
        "@inproceedings{c, title={A}, booktitle={Own}, date={2015}, location={Rome},"
        " crossref={parent}}"
    )
    item = read_first_item(child + BOOK)
    assert item["container-title"] == "Own"
    assert item["issued"] == {"date-parts": [[2015]]}
    assert item["publisher-place"] == "Rome"
    assert item["publisher"] == "Press"


def test_fields_are_inherited_for_up_to_four_generations():
    chain = "".join(
        f"@book{{b{n}, title={{B{n}}}, {last} crossref={{b{n + 1}}}}}"
        for n, last in enumerate(["", "", "", "edition={3},", "volume={5},"])
    )
    assert read_first_item(f"@inbook{{c, title={{T}}, crossref={{b0}}}}{chain}") == {
        **{"title": "T", "container-title": "B0", "edition": "3"}
    }


def test_an_entry_does_not_inherit_from_itself():
    own = "@inbook{c, title={T}, crossref={C}}"
    assert read_first_item(own) == {"title": "T"}
    two = "@inbook{c, title={T}, crossref={b}}@book{b, title={B}, crossref={c}}"
    assert read_first_item(two) == {"title": "T", "container-title": "B"}


@pytest.mark.parametrize(
    ("child", "title"),
    [
        ("@article{c, title={A}, crossref={j}}", "Journal"),
        ("@misc{c, crossref={j}}", None),
    ],
)
def test_titles_are_inherited_by_entry_type(child, title):
    item = read_first_item(child + "@periodical{j, title={Journal}, year=2014}")
    assert item.get("container-title") == title
    assert item["issued"] == {"date-parts": [[2014]]}
    assert item["title"] == ("A" if title else "Journal")


def test_grandparents_are_followed_and_circles_end():
    text = """
    @inbook{c, title={A}, crossref={b}}
    @book{b, title={B}, crossref={s}}
    @mvbook{s, title={S}, publisher={Press}, crossref={c}}
    """
    assert read_first_item(text) == {
        "title": "A",
        "container-title": "B",
        "publisher": "Press",
    }


def test_a_missing_parent_is_reported():
    result = read("@inbook{c, title={A}, crossref={gone}, xdata={lost}}")
    assert message_texts(result) == [
        f"a.bib:1: left out: crossref of “A” (c): “{key}” is not in this file."
        for key in ("lost", "gone")
    ]


def test_xdata_passes_on_all_its_fields_and_is_not_a_work():
    text = """
    @article{c, title={A}, year=2015, xdata={x, y}}
    @xdata{x, journaltitle={J}, doi={10.1000/x}, year=2014}
    @xdata{y, author={Doe, J.}, abstract={B}}
    @set{s, entryset={c, x}}
    """
    result = read(text)
    assert read_first_item(text) == {
        "title": "A",
        "author": [{"family": "Doe", "given": "J."}],
        "issued": {"date-parts": [[2015]]},
        "container-title": "J",
        "DOI": "10.1000/x",
    }
    assert len(result.works) == 1
    assert message_texts(result) == []
