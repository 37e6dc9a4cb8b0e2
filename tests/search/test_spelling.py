"""“Did you mean”."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebase.change_tracking.transactions import update_derived_data
from casebase.search.models import Word
from casebase.search.spelling import corrected, is_likely_typo
from tests.factories import ConceptFactory, InitiativeFactory, ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def words():
    InitiativeFactory(
        name="Streetwatchers in Weyhe",
        summary="Neighbours co-produce a night watch; volunteers and councillors help.",
    )
    InitiativeFactory(summary="Each council trusts volunteers, each of them.")
    ReferenceFactory(title="Bürgerbeteiligung: Löffler und die Kommunen")
    update_derived_data()


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("streetwachers", "streetwatchers"),
        ("Volunzeers", "volunteers"),
        ("neighborus", "neighbours"),
        ("niehgbours", "neighbours"),
        ("Buergerbeteiligun", "bürgerbeteiligung"),
        ("lofler", "löffler"),
        ("ko-produce", "co-produce"),
        # The first letter is mistaken least.
        ("wach", "watch"),
        # The rest of the query is unchanged.
        ('"nihgt watch" -trustz', '"night watch" -trusts'),
        ("streetwachers or counciltors", "streetwatchers or councillors"),
    ],
)
def test_is_offered(words, text, better):
    assert corrected(text) == better


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        # A correct word, in another form than in the documents.
        "volunteering",
        "volunter",
        "STREETWATCHERS",
        # Similar to nothing, too short, or not a word.
        "xyzzyqwv",
        "waz",
        # A part of a word, a stop word, or not a word.
        "*eighborus",
        "neighborus*",
        "esto",
        "https://watc.org",
        "watc2024",
        "",
        '"',
    ],
)
def test_is_not_offered(words, text):
    assert corrected(text) is None


def test_a_word_of_another_language_is_known_in_all_its_forms():
    ConceptFactory(
        translations={"de": {"label": "Misstrauens", "synonyms": [], "sure": True}}
    )
    update_derived_data()
    assert corrected("misstrauen") is None
    assert corrected("missträuens") is None
    assert corrected("mistrauens") == "misstrauens"


def test_words_of_what_is_not_published_are_never_offered():
    case = InitiativeFactory(name="Streetwatchers", summary="Beekeepers.")
    update_derived_data()
    assert corrected("beekepers") == "beekeepers"
    case.withdraw(reason="It was another.")
    InitiativeFactory(summary="Gardeners", status="draft")
    update_derived_data()
    assert corrected("beekepers") is None
    assert corrected("gardners") is None
    assert not Word.objects.exists()


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "better", "is_likely"),
    [
        ("volunters help", "volunteers help", True),
        ("volunters nihgt", "volunteers night", False),
        ("naive", "native", False),
        ("Länder", "ladder", False),
    ],
)
def test_a_short_or_accented_word_may_be_one_of_its_own(text, better, is_likely):
    assert is_likely_typo(text, better) is is_likely


@pytest.mark.once
@settings(max_examples=50)
@given(st.text("aeilnorstuvö -\"*'", max_size=30))
def test_what_is_offered_needs_no_second_offer(text):
    InitiativeFactory(summary="Volunteers: no reason, love, salt, öl or sea, nettles.")
    update_derived_data()
    if better := corrected(text):
        assert corrected(better) is None
        assert better != text
