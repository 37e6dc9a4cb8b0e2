"""Names are filed word by word in every style that sorts by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.styles.name_order import mark_names, without_marks
from tests.references.styles.made import item, person, rendered, year

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
def test_a_shorter_name_comes_before_one_that_goes_on(style):
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


def test_bodies_are_filed_by_words_too():
    works = [
        item("b", author=[{"literal": "World Bank Group"}], issued=year(2012)),
        item("a", author=[{"literal": "World Bank"}], issued=year(2014)),
    ]
    assert [entry.key for entry in rendered(works, "apa")] == ["a", "b"]


def test_letters_follow_the_order_of_names():
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


def test_a_full_stop_at_the_end_of_a_body_stays_one():
    work = item("a", author=[{"literal": "Noble, Inc."}], issued=year(2012))
    assert rendered([work], "apa")[0].text.startswith("Noble, Inc. (2012).")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="₢₰")))
def test_nothing_of_a_name_is_lost(words):
    [name] = mark_names({"author": [{"family": words}]})["author"]
    assert without_marks(name["family"]) == words
