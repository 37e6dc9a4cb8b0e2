"""How a query is parsed, and how its meaning is described."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.search import query_parser
from casebase.search.query_parser import MOST_TERMS, parse_query
from casebase.search.query_tree import All, Either, Term
from casebase.search.tokenizer import folded, stemmed, stemmed_in


def shown(text, **options):
    """Return a query as text: phrases in square brackets, groups in round ones."""
    root = parse_query(text, folded, **options).root
    return _node(root) if root else ""


def _node(node, inner=False):
    match node:
        case Term(forms=[keys], begins=begins):
            star = "*" if begins else ""
            return (f"[{' '.join(keys)}]" if len(keys) > 1 else keys[0]) + star
        case Either(choices=choices):
            line = " | ".join(_node(one, inner=True) for one in choices)
        case All(wanted=wanted, excluded=excluded):
            nodes = [_node(one, inner=True) for one in wanted]
            line = " ".join([*nodes, *(f"-{_node(n, inner=True)}" for n in excluded)])
    return f"({line})" if inner and " " in line else line


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
        ("peer –support", "peer -support"),
        ("peer – support", "peer support"),
        ("peer–support –lab–", "peer support -lab"),
        ("peer NOT support", "peer -support"),
        ("peer AND NOT support", "peer -support"),
        ("peer AND not support", "peer -support"),
        ("peer AND support", "peer support"),
        ("NOT NOT peer", "peer"),
        ("NOT -peer", "peer"),
        ('peer -"mutual aid"', "peer -[mutual aid]"),
        ("peer -(old OR young)", "peer -old -young"),
        ("NOT (old young)", "-(old young)"),
        ("-support", "-support"),
        ("- support", "support"),
        ("--support", "support"),
        ("co-design", "codesign"),
        ('"a co-design lab"', "[a co design lab]"),
        # Only in capitals: people write “or” in questions.
        ("peer or support", "peer support"),
        ("peer OR support", "peer | support"),
        ("peer support OR lab -old", "(peer support) | (lab -old)"),
        ("OR peer OR OR", "peer"),
        ('"or"', "or"),
        ("trust (health OR care)", "trust (health | care)"),
        ("trust AND (health OR care) AND old", "trust (health | care) old"),
        ("(health OR care) OR lab", "(health | care) | lab"),
        ("(peer support) lab", "peer support lab"),
        ("((peer)", "peer"),
        ("peer) support", "peer support"),
        ("peer () support", "peer support"),
        ("(peer NOT) support", "peer support"),
        ("fear of the council", "fear council"),
        ("of the", "of the"),
        # In other languages too; where a word is also English, beside one of these.
        ("Wie gewinnt man Freiwillige?", "gewinnt freiwillige"),
        ("a man and a comment", "man comment"),
        ("Comment trouver des bénévoles ?", "trouver benevoles"),
        ("Hoe vind je vrijwilligers?", "vind vrijwilligers"),
        ("Como encontrar voluntários?", "encontrar voluntarios"),
        ("¿Cómo convencer a los vecinos?", "convencer vecinos"),
        ("Varför är vi här?", "har"),
        ("Perché le persone non vengono?", "persone vengono"),
        ("die men van", "die men van"),
        ("(the) peer", "peer"),
        ("the OR peer", "the | peer"),
        ("-the peer", "peer -the"),
        ("neighb*", "neighb*"),
        ("neighb * peer", "neighb peer"),
        ('"old neighb*"', "[old neighb]*"),
        ('"neighb* "', "neighb*"),
        ('"neighb* old"', "[neighb old]"),
        ('"the*"', "the*"),
        # An address is one word, whatever it contains.
        ("doi: 10.1007/978-3-0_5.", "101007978305"),
        ("see -https://www.peer.org/a-b/?c=d", "see -peerorgabcd"),
        ("(https://peer.org/a OR lab)", "peerorga | lab"),
        ("peer*support", "peer* support"),
        ("peer\0support", "peer support"),
        ("(peer) & support!", "peer support"),
        ("title:peer", "title peer"),
        ("peer + support", "peer support"),
        # Signs of scripts that set no blanks go in pairs; a single one may go on.
        ("日本", "日本"),
        ("日本語", "[日本 本語]"),
        ("日", "日*"),
        ("A型", "[a 型]*"),
        ("血液型A", "[血液 液型 型 a]"),
        ('"日本 語"', "[日本 本 語]*"),
    ],
)
def test_means(text, query):
    assert shown(text) == query


@pytest.mark.parametrize(
    "text",
    ["", " ", "!?", '""', '"', "-", "*", "\0", "OR", "AND", "NOT", "()", "\u0301"],
)
def test_asks_for_nothing(text):
    assert not parse_query(text, folded)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("peer support: what works?", []),
        ("R&D, 24/7 - at 10:30 (or so)", []),
        ("-peer AND (support OR lab*)", []),
        ("AND peer", [query_parser.LEFT_OUT.format("AND")]),
        ("peer AND", [query_parser.LEFT_OUT.format("AND")]),
        ("peer AND AND lab", [query_parser.LEFT_OUT.format("AND")]),
        ("peer AND OR lab", [query_parser.LEFT_OUT.format("AND")]),
        ("peer OR", [query_parser.LEFT_OUT.format("OR")]),
        ("peer NOT", [query_parser.LEFT_OUT.format("NOT")]),
        ("peer NOT AND lab", [query_parser.LEFT_OUT.format("NOT")]),
        ("(peer NOT) lab", [query_parser.LEFT_OUT.format("NOT")]),
        ("(peer", [query_parser.NOT_CLOSED]),
        ("peer)", [query_parser.NOT_OPENED]),
        ('"peer support', [query_parser.NO_END]),
        ('peer"', [query_parser.NO_PHRASE]),
        ('peer "!', [query_parser.NO_PHRASE]),
        ('"peer support*"', []),
        ('"peer* support"', [query_parser.NO_STAR]),
        ('"peer *"', [query_parser.NO_STAR]),
        ("https://peer.org/ doi:10.1017/s1", []),
        ("*phobia", [query_parser.STAR]),
        ("peer + lab", []),
        ("peer +lab", [query_parser.NO_SIGN.format("+")]),
        ("peer | lab", [query_parser.NO_SIGN.format("|")]),
        ("peer && lab", [query_parser.NO_SIGN.format("&&")]),
        ("peer~ lab^2", [query_parser.NO_SIGN.format(sign) for sign in "~^"]),
        ("title:peer", [query_parser.NO_FIELD.format("title")]),
        ("volunteers and not police", [query_parser.SMALL_NOT]),
        (f"{'(' * 9}peer{')' * 9}", [query_parser.TOO_DEEP, query_parser.NOT_OPENED]),
        ("peer " * 33, [query_parser.TOO_MANY]),
    ],
)
def test_what_is_not_understood_is_said(text, sentences):
    assert list(parse_query(text, folded).warnings) == sentences


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("peer", "peer"),
        ("How do we lose fear?", "lose AND fear"),
        ("volunteers AND not police", "volunteers AND NOT police"),
        ('"peer support" -old', "“peer support” AND NOT old"),
        ("trust (health OR care*)", "trust AND (health OR care*)"),
        ("old lab OR young", "(old AND lab) OR young"),
        ("-peer", "NOT peer"),
        ('"vol*"', "“vol*”"),
        ('"vol* un *"', "“vol un”"),
        ("doi:10.1017/S1", "doi:10.1017/S1"),
        ("NOT (old lab)", "NOT (old AND lab)"),
        ("?", ""),
    ],
)
def test_it_says_how_it_was_read(text, meaning):
    assert parse_query(text, folded).meaning == meaning


def test_stop_words_are_named():
    query = parse_query("How do we not fail?", folded)
    assert query.stop_words == ("How", "do", "we", "not")
    assert parse_query("of the", folded).stop_words == ()


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
    assert shown(text, is_typing=True) == query


def test_a_word_has_a_form_in_each_language():
    query = parse_query('"les bénévoles"', stemmed, stemmed_in("fr"))
    [term] = query.wanted
    assert term.forms == (("les", "benevol"), ("fr§le", "fr§benevol"))
    assert [one.text for one in query.single_words] == ["les", "bénévoles"]


def test_exclusions_are_a_query_of_their_own():
    query = parse_query("peer (a -old OR lab) NOT young", folded)
    assert query.exclusions.meaning == "young OR old"
    assert query.without_exclusions.meaning == "peer AND (a OR lab)"
    assert not parse_query("peer", folded).exclusions
    assert not parse_query("-peer OR -lab", folded).without_exclusions


def test_the_wanted_words_may_be_looked_for_in_any_order():
    query = parse_query('"peer support" (labs OR town) -young', folded)
    assert query.in_any_order.meaning == "(peer AND support) AND (labs OR town)"


def test_very_many_words_are_cut():
    text = " ".join(f"word{n}" for n in range(1000))
    assert len(parse_query(text, folded).wanted) == MOST_TERMS


@given(st.text() | st.text('ab "()-*日้ANDORT', max_size=60))
def test_any_text_is_a_query(text):
    query = parse_query(text, folded, stemmed_in("de"))
    assert isinstance(query.meaning, str)
    for term in [*query.wanted, *query.single_words]:
        assert len({len(keys) for keys in term.forms}) == 1
        assert all(
            key.replace("§", "").isalnum() for keys in term.forms for key in keys
        )
