"""What makes two words the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.search.words import GAP, LONGEST, keys_of, spelled, stemmed, words

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    "same",
    [
        ["Löffler", "loffler", "LOEFFLER", "Lo\u0308ffler"],
        ["Linköping", "linkoping", "Linkoeping"],
        ["Århus", "Aarhus", "arhus"],
        ["Straße", "strasse"],
        ["Sørensen", "Sorensen", "Soerensen"],
        ["citizen", "citizens", "Citizen’s", "citizen's"],
        ["organisation", "organizations", "organising", "organized"],
        ["volunteers", "volunteering", "volunteer"],
        ["co-production", "coproduction", "Co\u2011Production"],
        ["studies", "study"],
        ["neighbourhoods", "neighborhood"],
        ["behaviour", "behavior"],
        ["programmes", "program"],
        ["centre", "centers"],
        ["Λόγος", "λογοσ"],
    ],
    ids=lambda same: same[0],
)
def test_are_the_same(same):
    assert len(set(map(stemmed, same))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("four", "for"),
        ("trust", "mistrust"),
        ("Kehl", "Kohl"),
        ("production", "co-production"),
    ],
)
def test_are_not_the_same(one, other):
    assert stemmed(one) != stemmed(other)


def test_a_name_is_found_by_how_it_begins():
    assert stemmed("organisation") == "organis"
    assert spelled("organisation").startswith(spelled("organisatio"))
    assert spelled("Löffler").startswith(spelled("Loe"))


def test_the_words_of_a_text():
    text = "The council’s co-production (2014–2016): “O'Brien” said_so, 5½!"
    assert list(words(text)) == [
        *("The", "council’s", "co-production", "2014", "2016", "O'Brien", "said"),
        *("so", "5½"),
    ]


def test_a_compound_counts_by_its_parts_and_as_one():
    keys = list(keys_of(["A co-design lab.", "Peers"], stemmed))
    assert keys == ["a", "co", "design", "lab", GAP, "codesign", "peer", GAP]


@given(ANY_TEXT)
def test_no_text_gives_a_key_that_an_index_can_not_hold(text):
    for key in keys_of([text], stemmed):
        assert key == GAP or key.isalnum()
        assert 0 < len(key.encode()) <= LONGEST


def test_a_word_without_end_is_cut():
    assert len(stemmed("ä" * 10_000)) == LONGEST
    assert len(stemmed("日" * 10_000).encode()) <= LONGEST
