"""What a text asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MOST_TERMS, parsed
from search.words import folded


def shown(text, **options):
    """A query in one line: phrases in brackets, groups parted by bars."""
    return " | ".join(
        " ".join([*map(_term, group.wanted), *(f"-{_term(t)}" for t in group.unwanted)])
        for group in parsed(text, folded, **options).groups
    )


def _term(term):
    star = "*" if term.begins else ""
    return (f"[{' '.join(term.keys)}]" if len(term.keys) > 1 else term.keys[0]) + star


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("peer support", "peer support"),
        ("peer peer Peer", "peer"),
        ('"peer support" lab', "[peer support] lab"),
        ("“peer support”", "[peer support]"),
        ("„Runder Tisch“", "[runder tisch]"),
        ('"peer support', "[peer support]"),
        ('peer" support', "peer support"),
        ('"peer', "peer"),
        ("peer -support", "peer -support"),
        ('peer -"mutual aid"', "peer -[mutual aid]"),
        ("-support", "-support"),
        ("- support", "support"),
        ("--support", "support"),
        ("co-design", "codesign"),
        ('"a co-design lab"', "[a co design lab]"),
        ("peer or support", "peer | support"),
        ("peer support OR lab -old", "peer support | lab -old"),
        ("or peer or or", "peer"),
        ('"or"', "or"),
        ("fear of the council", "fear council"),
        ("of the", "of the"),
        ("-the peer", "peer -the"),
        ("neighb*", "neighb*"),
        ("neighb * peer", "neighb peer"),
        ("peer*support", "peer* support"),
        ("peer\0support", "peer support"),
        ("(peer) & support!", "peer support"),
    ],
)
def test_means(text, query):
    assert shown(text) == query


@pytest.mark.parametrize(
    "text", ["", " ", "!?", '""', '"', "-", "*", "\0", "or", "\u0301"]
)
def test_asks_for_nothing(text):
    assert not parsed(text, folded)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("peer sup", "peer sup*"),
        ("peer sup ", "peer sup"),
        ("the", "the*"),
        ('"peer sup', "[peer sup]*"),
        ('"peer sup"', "[peer sup]"),
        ("co-pro", "copro*"),
    ],
)
def test_while_it_is_typed_its_last_word_may_go_on(text, query):
    assert shown(text, typing=True) == query


def test_very_many_words_are_cut():
    [group] = parsed(" ".join(f"word{n}" for n in range(1000)), folded).groups
    assert len(group.wanted) == MOST_TERMS


@given(st.text())
def test_any_text_is_a_query(text):
    for group in parsed(text, folded).groups:
        for term in (*group.wanted, *group.unwanted):
            assert all(map(str.isalnum, term.keys))
