"""Labels in other languages, edited as lines."""

import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from casebase.desk.merging.mergeable import TERMS
from casebase.history.models import Version
from casebase.registry import kind_of
from initiatives.history.current_names import CurrentNames
from initiatives.history.parts import parts_of_term
from initiatives.models import Barrier, Concept
from initiatives.translations import (
    LANGUAGES,
    TranslationsFormField,
    format_translations,
    parse_translations,
)
from tests.desk import Curator
from tests.factories import ConceptFactory

GERMAN = {"label": "Misstrauen", "synonyms": ["Argwohn", "a: b"], "sure": True}
SWEDISH = {"label": "Misstro", "synonyms": [], "sure": False}
LINES = ["de: Misstrauen; Argwohn; a: b", "sv?: Misstro"]


def test_translations_become_lines_and_lines_translations():
    translations = {"de": GERMAN, "sv": SWEDISH}
    assert format_translations(translations) == LINES
    assert parse_translations(LINES) == translations
    assert format_translations({"sv": SWEDISH, "de": GERMAN}) == LINES


def test_blanks_and_repetitions_are_dropped():
    lines = ["", " sv ? :  Misstro ;; ;Misstro ", "de:Misstrauen;Argwohn; a: b"]
    assert parse_translations(lines) == {"de": GERMAN, "sv": SWEDISH}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Misstrauen", "“Misstrauen” names no label."),
        ("de:", "“de:” names no label."),
        ("de: ; ", "“de: ;” names no label."),
        ("xx: Misstrauen", "“xx” is not one of the languages de, es, fr, it, nl, sv."),
    ],
)
def test_an_invalid_line_is_an_error(line, sentence):
    with pytest.raises(ValidationError, match=sentence):
        parse_translations(["de: Misstrauen", line] if "xx" in line else [line])


def test_a_repeated_language_is_an_error():
    with pytest.raises(ValidationError, match="“de” is listed twice"):
        parse_translations(["de: Misstrauen", "de: Argwohn"])


NAMES = st.text("ab ;:?é日", min_size=1).map(str.strip)
NAMES = NAMES.filter(lambda name: name and ";" not in name)


@given(
    st.dictionaries(
        st.sampled_from(sorted(LANGUAGES)),
        st.tuples(st.lists(NAMES, min_size=1, unique=True), st.booleans()),
    )
)
def test_the_form_field_changes_nothing(names_by_language):
    translations = {
        language: {"label": names[0], "synonyms": names[1:], "sure": sure}
        for language, (names, sure) in names_by_language.items()
    }
    field = TranslationsFormField(required=False)
    shown = field.prepare_value(translations)
    assert field.clean(shown) == translations
    assert not field.has_changed(translations, shown)


def test_a_form_with_an_invalid_translation_has_changed():
    field = TranslationsFormField(required=False)
    assert field.has_changed({}, "nothing of the kind")


class CodebookKeeper(Curator):
    group = "Codebook keepers"


@pytest.mark.django_db
def test_translations_are_edited_at_the_desk_and_in_the_history():
    term = Barrier.objects.get(pk=ConceptFactory(translations={"sv": SWEDISH}).pk)
    invalid = {"hidden_labels": "no faith\nburnt", "translations": "xx: Oh"}
    desk = CodebookKeeper()
    response = desk.change(term, invalid)
    assert "“xx” is not one of the languages" in response.text
    lines = "sv: Misstro\nde: Misstrauen; Argwohn; a: b"
    assert desk.change(term, invalid | {"translations": lines}).url
    term.refresh_from_db()
    assert term.hidden_labels == ["no faith", "burnt"]
    assert term.translations == {"de": GERMAN, "sv": SWEDISH | {"sure": True}}
    last = Version.objects.filter(kind=kind_of(Concept)).order_by("pk").last()
    content = json.loads(last.content)
    assert content["hidden_labels"] == ["no faith", "burnt"]
    [part] = parts_of_term(content, CurrentNames())
    assert (
        part.fields["In other languages"]
        == "de: Misstrauen; Argwohn; a: b\nsv: Misstro"
    )


@pytest.mark.django_db
def test_merging_shows_translations_as_lines():
    field = next(one for one in TERMS.fields if one.name == "translations")
    assert field.format(ConceptFactory(translations={"de": GERMAN})) == LINES[0]
