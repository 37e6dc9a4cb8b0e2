"""Errors that concern several files, the codebook or works."""

import pytest

from casebase.content.parsed_file import MAX_ERRORS_SHOWN
from initiatives.models import Scheme
from references.models import Reference
from tests.content.content_folder import BARRIERS, SURREY, WEYHE, WORKS


@pytest.mark.once
def test_all_errors_are_reported_together(folder):
    folder.edit(WEYHE, "tags:", "tag:")
    folder.edit(WEYHE, "started: 2007", "started: soon")
    folder.edit(SURREY, "status: review", "status: 1")
    assert folder.errors() == [
        f"{SURREY}:4: status: This should be text. Does it need quotes?",
        f"{WEYHE}:29: started: This should be a whole number.",
        f"{WEYHE}:1: tags: This key is missing; write it, with null or [] where "
        "nothing is known.",
        f"{WEYHE}:81: tag: There is no such key.",
    ]


@pytest.mark.once
def test_a_long_list_of_errors_is_cut(folder):
    folder.edit(WEYHE, "[dialogue, training]", str([f"t{n}" for n in range(30)]))
    errors = folder.errors()
    assert len(errors) == MAX_ERRORS_SHOWN + 1
    assert errors[-1] == "… and 10 more."


@pytest.mark.once
def test_a_translation_has_a_known_language_and_single_names(folder):
    folder.edit(BARRIERS, "[Argwohn]", "[Argwohn; Zweifel]")
    assert folder.errors() == [
        f"{BARRIERS}:40: terms.2.translations.de.synonyms.1: "
        "A name has no semicolon: write two names."
    ]
    folder.edit(BARRIERS, "[Argwohn; Zweifel]", "[Argwohn]")
    folder.edit(BARRIERS, "      sv:", "      xx:")
    (error,) = folder.errors()
    assert error.startswith(f"{BARRIERS}:37: terms.2.translations: ")
    assert "xx" in error


def test_findings_of_a_published_case_need_sources(folder):
    folder.edit(SURREY, "status: review", "status: published")
    folder.edit(SURREY, "summary: null", "summary: A county.")
    assert folder.errors() == [
        f"{SURREY}:41: findings.1.sources: A published case needs a source here."
    ]


def test_an_id_belongs_to_one_case_for_ever(loaded):
    loaded.edit(SURREY, "f5555555", "f3333333")
    assert loaded.errors(SURREY) == [
        f"{SURREY}:31: findings.1.id: “f3333333” belongs to “weyhe”."
    ]


def test_a_former_slug_belongs_to_one_case_for_ever(loaded):
    loaded.edit(SURREY, "slug: surrey", "slug: pro-yougend")
    assert loaded.errors(SURREY) == [
        f"{SURREY}:1: slug: “pro-yougend” is a former name of “weyhe”; take another."
    ]
    loaded.edit(SURREY, "slug: pro-yougend", "slug: surrey")
    loaded.edit(SURREY, "former_slugs: []", "former_slugs: [pro-yougend]")
    assert loaded.errors(SURREY) == [
        f"{SURREY}:2: former_slugs: “pro-yougend” is a former name of “weyhe”."
    ]


def test_the_name_of_another_case_is_an_error(loaded):
    loaded.edit(SURREY, "name: Services for young people in Surrey", "name: Weyhe")
    loaded.load(SURREY)
    loaded.edit(WEYHE, "name: Streetwatchers in Weyhe", "name: Weyhe")
    assert loaded.errors(WEYHE) == [
        f"{WEYHE}:3: name: Initiative with this Name already exists."
    ]


def test_two_new_cases_can_not_share_a_former_slug(folder):
    folder.edit(SURREY, "former_slugs: []", "former_slugs: [pro-yougend]")
    assert folder.errors() == [
        f"{WEYHE}:2: former_slugs: “pro-yougend” stands in these files twice."
    ]


@pytest.mark.once
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "broader: people",
            "broader: peoples",
            "broader: “peoples” is not a term of this scheme; did you mean “people”?",
        ),
        (
            "broader: people",
            "broader: mistrust",
            "broader: A term can’t be its own broader term.",
        ),
        ("order: 20", "order: -1", "order: Ensure this value is greater than or equal"),
        ("slug: mistrust", "slug: people", "slug: “people” stands in these files"),
        ("locator: Intro", f"locator: {'I' * 120}", "scheme.sources.1.locator: Ensure"),
        (
            "- ref: meyer-grosser-2014",
            "- ref: meyer-2014",
            "scheme.sources.1.ref: “meyer-2014” is not the key of a work",
        ),
        (
            "slug: barriers",
            "slug: bariers",
            "scheme.slug: “bariers” is not one of: barriers",
        ),
        (
            "questions: []",
            "question: []",
            "terms.1.question: There is no such key.",
        ),
    ],
)
def test_an_error_in_the_codebook_is_reported_with_its_line(folder, old, new, sentence):
    folder.edit(BARRIERS, old, new)
    text = (folder.path / BARRIERS).read_text()
    line = text[: text.rindex(new)].count("\n") + 1
    start = f"{BARRIERS}:{line}: {sentence}"
    assert any(error.startswith(start) for error in folder.errors())
    assert not Scheme.objects.exists()


@pytest.mark.once
def test_only_change_steps_have_actions(folder):
    folder.edit(BARRIERS, "questions: []", "questions: []\n    actions: [Talk]")
    folder.edit(BARRIERS, "questions: ['", "outputs: []\n    questions: ['")
    assert folder.errors() == [
        f"{BARRIERS}:16: terms.1: Only change steps have actions and outputs.",
        f"{BARRIERS}:27: terms.2: Only change steps have actions and outputs.",
    ]


@pytest.mark.once
def test_a_scheme_can_not_be_in_two_files(folder):
    folder.write("codebook/more.yaml", (folder.path / BARRIERS).read_bytes())
    assert folder.errors() == [
        "codebook/more.yaml:2: scheme.slug: “barriers” stands in these files twice."
    ]


def test_a_term_in_use_can_not_become_a_heading(loaded):
    loaded.edit(BARRIERS, "is_heading: false", "is_heading: true")
    assert loaded.errors(BARRIERS) == [
        f"{BARRIERS}:32: is_heading: Findings are coded with this term; "
        "recode them first."
    ]


@pytest.mark.once
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            '"type": "thesis"',
            '"type": "thesiss"',
            "type: “thesiss” is not a known",
        ),
        ('"title": "Pro', '"titl": "Pro', "titl: There is no such key."),
        (
            '"language": "de"',
            f'"language": "{"d" * 13}"',
            "language: Ensure this value",
        ),
        ('"language": "de"', '"DOI": "doi:10/1"', "DOI: A DOI begins with 10."),
        ('"id": "dreyer-2011"', '"id": "Dreyer"', "id: Use lower-case letters"),
        (
            '"author": [\n      {\n        "family": "Dreyer"',
            f'"author": [\n      {{\n        "family": "{"D" * 101}"',
            "author: Ensure this value has at most 100 characters",
        ),
        ('"author": [', '"former": [], "author": [', "former: There is no such key"),
        ('"issued": {', '"issued": "2011", "accessed": {', "issued: This should be"),
    ],
)
def test_an_error_in_a_work_is_reported_with_its_line(folder, old, new, sentence):
    folder.edit(WORKS, old, new)
    text = (folder.path / WORKS).read_text()
    line = text[: text.index(new)].count("\n") + 1
    start = f"{WORKS}:{line}: {sentence}"
    assert any(error.startswith(start) for error in folder.errors())
    assert not Reference.objects.exists()


def test_two_works_can_not_share_a_key_or_a_position(folder):
    folder.edit(WORKS, '"id": "dreyer-2011"', '"id": "tisdall-2014"')
    assert folder.errors(WORKS) == [
        f"{WORKS}:51: id: “tisdall-2014” stands in these files twice."
    ]
    folder.edit(WORKS, '"id": "tisdall-2014"', '"id": "dreyer-2011"')
    folder.edit(WORKS, "78", "106")
    assert folder.errors(WORKS) == [
        f"{WORKS}:60: custom: Place 106 of the chapter’s list is “meyer-grosser-2014”."
    ]
