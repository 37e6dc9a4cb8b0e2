"""Labels in other languages, as lines that people edit."""

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


def test_lines_say_what_translations_say():
    translations = {"de": GERMAN, "sv": SWEDISH}
    assert format_translations(translations) == LINES
    assert parse_translations(LINES) == translations
    assert format_translations({"sv": SWEDISH, "de": GERMAN}) == LINES


def test_blanks_and_repetitions_are_dropped():
    written = ["", " sv ? :  Misstro ;; ;Misstro ", "de:Misstrauen;Argwohn; a: b"]
    assert parse_translations(written) == {"de": GERMAN, "sv": SWEDISH}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Misstrauen", "“Misstrauen” names no label."),
        ("de:", "“de:” names no label."),
        ("de: ; ", "“de: ;” names no label."),
        ("xx: Misstrauen", "“xx” is none of the languages de, es, fr, it, nl, sv."),
    ],
)
def test_a_line_of_another_form_is_refused(line, sentence):
    with pytest.raises(ValidationError, match=sentence):
        parse_translations(["de: Misstrauen", line] if "xx" in line else [line])


def test_a_language_stands_once():
    with pytest.raises(ValidationError, match="“de” stands here twice"):
        parse_translations(["de: Misstrauen", "de: Argwohn"])


NAMES = st.text("ab ;:?é日", min_size=1).map(str.strip)
NAMES = NAMES.filter(lambda name: name and ";" not in name)


@given(
    st.dictionaries(
        st.sampled_from(sorted(LANGUAGES)),
        st.tuples(st.lists(NAMES, min_size=1, unique=True), st.booleans()),
    )
)
def test_editing_keeps_all_that_was_said(said):
    translations = {
        language: {"label": names[0], "synonyms": names[1:], "sure": sure}
        for language, (names, sure) in said.items()
    }
    field = TranslationsFormField(required=False)
    shown = field.prepare_value(translations)
    assert field.clean(shown) == translations
    assert not field.has_changed(translations, shown)
    assert field.has_changed(translations, f"{shown}\nnothing of the kind")


class CodebookKeeper(Curator):
    group = "Codebook keepers"


@pytest.mark.django_db
def test_they_are_edited_at_the_desk_and_kept_in_history():
    term = Barrier.objects.get(pk=ConceptFactory(translations={"sv": SWEDISH}).pk)
    written_before = {"hidden_labels": "no faith\nburnt", "translations": "xx: Oh"}
    desk = CodebookKeeper()
    refused = desk.change(term, written_before)
    assert "“xx” is none of the languages" in refused.text
    lines = "sv: Misstro\nde: Misstrauen; Argwohn; a: b"
    assert desk.change(term, written_before | {"translations": lines}).url
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
def test_merging_shows_them_as_lines():
    field = next(one for one in TERMS.fields if one.name == "translations")
    assert field.show(ConceptFactory(translations={"de": GERMAN})) == LINES[0]
