"""Why a record was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.search.documents import DocumentPart
from casebase.search.query_parser import parse_query
from casebase.search.snippets import WIDTH, snippets_of
from casebase.search.tokenizer import stemmed


def marked(text, query):
    """Return the snippet of a text, with the marked words in brackets."""
    [snippet] = snippets_of(
        [DocumentPart("C", "Summary", text)], parse_query(query, stemmed)
    )
    return "".join(f"[{piece}]" if mark else piece for piece, mark in snippet.pieces)


@pytest.mark.parametrize(
    ("text", "query", "snippet"),
    [
        ("Citizens trust it.", "citizen trusted", "[Citizens] [trust] it."),
        ("Elke Löffler wrote.", "loeffler", "Elke [Löffler] wrote."),
        ("A co-design lab", "codesign", "A [co-design] lab"),
        ("A co-design lab", "design", "A co-[design] lab"),
        (
            "peer support, support peers",
            '"peer support"',
            "[peer support], support peers",
        ),
        ("peer co-support", '"peer co-support"', "[peer co-support]"),
        ("Neighbours, neighbourhood", "neighb*", "[Neighbours], [neighbourhood]"),
        (
            "peer support groups",
            '"peer support" "support group"',
            "[peer support groups]",
        ),
        ("old peers", "peer -old", "old [peers]"),
        ("peers", "peer or young", "[peers]"),
        ("<b>peers</b> & <script>", "peer script", "<b>[peers]</b> & <[script]>"),
    ],
)
def test_the_words_are_marked(text, query, snippet):
    assert marked(text, query) == snippet


def test_the_name_of_the_text_and_its_place_are_told():
    parts = [DocumentPart("D", "Finding, cost", "Cheap.", "f2m8kq7x")]
    [snippet] = snippets_of(parts, parse_query("cheap", stemmed))
    assert (snippet.label, snippet.anchor) == ("Finding, cost", "f2m8kq7x")


def test_as_few_texts_as_hold_all_words_and_two_at_most():
    parts = [
        DocumentPart("A", "Name", "Peers in Weyhe"),
        DocumentPart("B", "Place", "Weyhe"),
        DocumentPart("C", "Summary", "Peers help."),
        DocumentPart("D", "Finding, cost", "Peers cost nothing.", "f1"),
        DocumentPart("D", "Finding, lesson", "Ask them.", "f2"),
    ]

    def labels(text):
        return [one.label for one in snippets_of(parts, parse_query(text, stemmed))]

    assert labels("peer") == ["Summary"]
    assert labels("peers weyhe") == ["Name"]
    assert labels("peers cost") == ["Finding, cost"]
    assert labels("weyhe cost ask") == ["Finding, cost", "Finding, lesson"]
    assert labels("-old") == labels("nowhere") == []


def test_a_long_text_is_cut_between_words_where_most_marks_stand():
    text = f"{'Far off. ' * 60}Peers met a peer. {'Much later. ' * 60}One peer."
    snippet = marked(text, "peer")
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert "off. [Peers] met a [peer]. Much" in snippet
    assert len(snippet) < WIDTH + 10


@pytest.mark.parametrize("text", ["x" * 1000 + "-peer", "peer" + "-x" * 1000])
def test_a_text_without_a_place_to_cut_is_cut_somewhere(text):
    snippet = marked(text, "peer")
    assert "[peer]" in snippet
    assert len(snippet) < WIDTH + 10


def test_a_word_that_stands_everywhere_is_no_trouble():
    assert marked("peer " * 20_000, "peer").count("[peer]") > 20


@given(
    st.text('ab -"“é日́<\n', max_size=800), st.text('ab -"é日*', min_size=1, max_size=30)
)
def test_a_snippet_is_a_piece_of_its_text(text, query):
    parts = [DocumentPart("C", "Summary", text)]
    for snippet in snippets_of(parts, parse_query(query, stemmed)):
        pieces = [piece for piece, _ in snippet.pieces if piece != "…"]
        assert "".join(pieces) in text
        assert any(mark for _, mark in snippet.pieces)
        assert len("".join(pieces)) <= WIDTH + 60
