"""Tests that names are sorted word by word in every style that sorts by names."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formats.name_parser import OTHERS_CSL
from references.styles.name_sorting import (
    mark_names,
    remove_marks,
    sort_sole_creators_first,
)
from references.styles.style_catalogue import CSL
from tests.references.styles.csl_factories import item, person, rendered, year

BEFORE = [
    ("Garcia", "Garcia Lopez"),
    ("Li", "Li Puma"),
    ("Smith", "Smith Jones"),
    ("Lee", "Lee Ann Brown"),
    ("O’Neill", "O’Neill Ford"),
    ("Müller", "Müller Lüdenscheidt"),
]
SORTED_STYLES = [
    "apa",
    "chicago-author-date",
    "modern-language-association",
    "harvard-cite-them-right",
    "elsevier-harvard",
    "springer-socpsych-author-date",
    "din-1505-2",
]


@pytest.mark.parametrize("style", SORTED_STYLES)
def test_a_name_precedes_a_longer_one_that_begins_with_it(style):
    works = []
    for n, (short, long) in enumerate(BEFORE):
        works += [
            item(f"{n}-b", author=[person(long, "A.")], issued=year(2012)),
            item(f"{n}-a", author=[person(short, "Z.")], issued=year(2012)),
        ]
    entries = rendered(works, style)
    for n, (short, long) in enumerate(BEFORE):
        [first, second] = [entry for entry in entries if entry.key[0] == str(n)]
        assert (first.key, second.key) == (f"{n}-a", f"{n}-b")
        assert short.lower() in first.text.lower()
        assert long.lower() in second.text.lower()


@pytest.mark.parametrize("style", SORTED_STYLES)
def test_a_sole_author_precedes_the_same_author_with_others(style):
    garcia, adams = person("Garcia", "Z."), person("Adams", "A.")
    works = [
        item("c", title="A", author=[garcia, OTHERS_CSL], issued=year(2009)),
        item("d", title="A", author=[garcia, adams], issued=year(2008)),
        item("b", title="C", author=[garcia], issued=year(2012)),
        item("a", title="B", author=[garcia], issued=year(2010)),
        item("0", title="D", author=[person("Garcia", "B."), adams], issued=year(2014)),
    ]
    keys = [entry.key for entry in rendered(works, style)]
    # One style sorts these two by title instead of year.
    assert keys[0] == "0"
    assert set(keys[1:3]) == {"a", "b"}


@pytest.mark.parametrize("style", SORTED_STYLES)
def test_apostrophes_do_not_count(style):
    names = ["O’Neal", "ONeill", "O'Neill", "O’Neill", "Onodera"]
    works = [
        item(str(n), author=[person(name, "ABCDE"[n] + ".")], issued=year(2012))
        for n, name in enumerate(names)
    ]
    entries = rendered(works[::-1], style)
    assert [entry.key for entry in entries] == ["0", "1", "2", "3", "4"]
    assert "O’NEILL" in entries[2].text.upper()


@pytest.mark.parametrize(
    ("keys", "sorted_by"),
    [
        (["issued", "author", "title"], ["issued", "author", "company", "title"]),
        (["issued", "title"], ["issued", "title"]),
    ],
)
def test_only_styles_that_sort_by_names_get_the_sort_key(keys, sorted_by):
    key = "".join(f"<key variable='{key}'/>" for key in keys)
    root = ElementTree.fromstring(  # noqa: S314 our own text
        f"<style xmlns='{CSL[1:-1]}'><bibliography><sort>{key}</sort></bibliography>"
        "</style>"
    )
    sort_sole_creators_first(root)
    assert [key.get("variable") for key in root.iter(f"{CSL}key")] == sorted_by


def test_bodies_are_sorted_word_by_word():
    works = [
        item("b", author=[{"literal": "World Bank Group"}], issued=year(2012)),
        item("a", author=[{"literal": "World Bank"}], issued=year(2014)),
    ]
    assert [entry.key for entry in rendered(works, "apa")] == ["a", "b"]


def test_suffixes_follow_the_order_of_names():
    works = [
        item("z", title="Zeal", author=[person("Garcia", "Z.")], issued=year(2012)),
        item("a", title="Art", author=[person("Garcia", "Z.")], issued=year(2012)),
        item(
            "l", title="Bread", author=[person("Garcia Lopez", "A.")], issued=year(2012)
        ),
    ]
    texts = [(entry.key, entry.text) for entry in rendered(works, "apa")]
    assert [key for key, _ in texts] == ["a", "z", "l"]
    assert "2012a" in texts[0][1]
    assert "2012b" in texts[1][1]


def test_a_full_stop_at_the_end_of_a_body_is_not_doubled():
    work = item("a", author=[{"literal": "Noble, Inc."}], issued=year(2012))
    assert rendered([work], "apa")[0].text.startswith("Noble, Inc. (2012).")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="₢₰\u206a")))
def test_removing_marks_restores_the_name(words):
    [name] = mark_names({"author": [{"family": words}]})["author"]
    assert remove_marks(name["family"]).replace("'", "’") == words.replace("'", "’")
