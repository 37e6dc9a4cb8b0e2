"""Words of scripts without blanks, and of several languages."""

import pytest

from casebase.change_tracking.transactions import update_derived_data
from casebase.search.queries import matching, snippets
from tests.factories import ConceptFactory, InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("日本の協働による公共サービス", "ja"),
        ("ชุมชนร่วมกันดูแลผู้สูงอายุ", "th"),
        ("주민들이함께 만드는 공공서비스", "ko"),
    ],
)
def test_words_are_found_inside_a_run_of_signs(text, language):
    case = InitiativeFactory(summary=f"It is called {text}.")
    InitiativeFactory(summary="It is called 語学 ยุอา 들민주.")
    update_derived_data()
    words = {
        "ja": ["日本", "協働", "公共サービス", "サービス", "の協", "本", "ス", "日*"],
        "th": ["ชุมชน", "ร่วมกัน", "ผู้สูงอายุ", "สูงอายุ", "อายุ"],
        "ko": ["주민", "민들", "함께", "공공", "서비스"],
    }
    for word in words[language]:
        assert list(matching("initiative", word)) == [case.pk], word
        assert list(matching("initiative", f'called "{word}"')) == [case.pk]
        [[snippet]] = snippets("initiative", [case.pk], word).values()
        marked = "".join(piece for piece, is_marked in snippet.pieces if is_marked)
        assert word.strip("*") in marked


SURE = {"synonyms": [], "sure": True}
TRANSLATIONS = {
    "de": SURE | {"label": "Misstrauen", "synonyms": ["Überforderungen"]},
    "fr": SURE | {"label": "Essoufflement des bénévoles"},
    "sv": SURE | {"label": "Förändringar"},
}


def test_a_term_is_found_in_several_languages():
    term = ConceptFactory(
        label="Mistrust", hidden_labels=["once burnt"], translations=TRANSLATIONS
    )
    other = ConceptFactory(label="Bénévole", scheme="risks")
    update_derived_data()
    texts = (
        "mistrusting",
        '"once burnt"',
        "Misstrauens",
        "Ueberforderung",
        "l'essoufflement",
        "benevole essoufflement",
        '"essoufflement des bénévoles"',
        "förändringen",
        "misstrau*",
    )
    for text in texts:
        assert list(matching("concept", text)) == [term.pk], text
    # A rule of one language joins no words of another.
    assert list(matching("concept", "bénévole")) == [term.pk, other.pk]
    assert not matching("initiative", "misstrauen")
