"""Which words the index treats as the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.search import tokenizer
from casebase.search.documents import DocumentPart
from casebase.search.indexed_documents import index_part
from casebase.search.tokenizer import (
    GAP,
    LONGEST,
    folded,
    keys_of,
    keys_of_words,
    spelled,
    stemmed,
    word_pattern,
    words,
)
from casebase.search.vocabulary import spellings

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
        [
            *("10.1017/S002", "10.1017/s002?x=y#z", "doi:10.1017/s002"),
            *("doi 10.1017/s002", "DOI.org/10.1017/s002", "http://a/full/10.1017/S002"),
        ],
        ["http://a.org/b", "HTTPS://www.a.org/b/", "www.a.org/b#c"],
        ["/references/a-2014/", "https://b.org/references/a-2014?c=d#e"],
        ["/initiatives/a/", "http://localhost:8000/initiatives/a/"],
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
        ("https://a.org/b?c=d", "https://a.org/b?c=e"),
        (f"https://a.org/{'b' * 80}/c", f"https://a.org/{'b' * 80}/d"),
        ("/references/a/", "/initiatives/a/"),
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


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See <https://a.org/b-c>, and so on.", "https://a.org/b-c"),
        ("(doi: 10.1017/s002(05)1-2).", "doi: 10.1017/s002(05)1-2"),
        ("“www.a.org”", "www.a.org"),
    ],
)
def test_an_address_is_one_word(text, address):
    assert address in words(text)
    assert stemmed(address) in list(keys_of([text], stemmed))
    assert "c" not in keys_of([text], stemmed)


@pytest.mark.parametrize(
    "text", ["24/7", "3.5 and 10.1/2", "and/or", "https://", "www."]
)
def test_is_no_address(text):
    assert all(word.isalnum() for word in words(text))


@given(ANY_TEXT)
def test_no_text_gives_a_key_that_an_index_can_not_hold(text):
    for key in keys_of([text], stemmed):
        assert key == GAP or key.isalnum()
        assert 0 < len(key.encode()) <= LONGEST


def test_a_word_without_end_is_cut():
    assert len(stemmed("ä" * 10_000)) == LONGEST
    assert len(stemmed("日" * 10_000).encode()) <= LONGEST


PLAIN_TEXT = st.text("aZ09_'’-\u2010\u2011–“. w/é")


@given(ANY_TEXT | PLAIN_TEXT)
def test_words_are_the_same_whichever_pattern_finds_them(text):
    assert words(text) == word_pattern().findall(text)


@given(ANY_TEXT | PLAIN_TEXT)
def test_the_index_stores_the_same_of_a_text_in_lower_case(text):
    stored = index_part(DocumentPart("C", "Summary", text))
    assert list(stored.keys) == keys_of_words(words(text), stemmed)
    assert set(stored.words) == spellings(words(text))


def test_words_that_were_forgotten_have_the_same_keys(monkeypatch):
    monkeypatch.setattr(tokenizer, "MOST_WORDS", 2)
    endless = "b" * (tokenizer.LONGEST + 1)
    texts = ["Old lamps, new lamps", "www.a.org", "Old bees", endless]
    keys = ["old", "lamps", "new", "lamps", GAP, "aorg", GAP, "old", "bees", GAP]
    keys += [endless, GAP]
    kept = tokenizer.KeysByWord(folded)
    monkeypatch.setattr(tokenizer, "keys_by_word", lambda key: kept)
    assert list(keys_of(texts, folded)) == keys
    assert kept == {"Old": ("old",), "bees": ("bees",)}
