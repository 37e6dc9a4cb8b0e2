"""Slips that concern several files, the codebook or works."""

import pytest

from casebase.content.parsed_file import SHOWN
from initiatives.models import Scheme
from references.models import Reference
from tests.content.desk import BARRIERS, SURREY, WEYHE, WORKS


def test_all_slips_are_told_at_once(desk):
    desk.edit(WEYHE, "tags:", "tag:")
    desk.edit(WEYHE, "started: 2007", "started: soon")
    desk.edit(SURREY, "status: review", "status: 1")
    assert desk.refusals() == [
        f"{SURREY}:4: status: This should be text. Does it need quotes?",
        f"{WEYHE}:27: started: This should be a whole number.",
        f"{WEYHE}:1: tags: This key is missing; write it, with null or [] where "
        "nothing is known.",
        f"{WEYHE}:78: tag: There is no such key here.",
    ]


def test_a_long_list_of_slips_is_cut(desk):
    desk.edit(WEYHE, "[dialogue, training]", str([f"t{n}" for n in range(30)]))
    told = desk.refusals()
    assert len(told) == SHOWN + 1
    assert told[-1] == "… and 10 more."


def test_a_translation_has_a_known_language_and_a_name_is_one(desk):
    desk.edit(BARRIERS, "[Argwohn]", "[Argwohn; Zweifel]")
    assert desk.refusals() == [
        f"{BARRIERS}:40: terms.2.translations.de.synonyms.1: "
        "A name has no semicolon: write two names."
    ]
    desk.edit(BARRIERS, "[Argwohn; Zweifel]", "[Argwohn]")
    desk.edit(BARRIERS, "      sv:", "      xx:")
    (told,) = desk.refusals()
    assert told.startswith(f"{BARRIERS}:37: terms.2.translations: ")
    assert "xx" in told


def test_a_published_case_needs_its_sources(desk):
    desk.edit(SURREY, "status: review", "status: published")
    desk.edit(SURREY, "summary: null", "summary: A county.")
    assert desk.refusals() == [
        f"{SURREY}:38: findings.1.sources: A published case needs a source here."
    ]


def test_an_id_belongs_to_one_case_for_ever(loaded):
    loaded.edit(SURREY, "f5555555", "f3333333")
    assert loaded.refusals(SURREY) == [
        f"{SURREY}:28: findings.1.id: “f3333333” belongs to “weyhe”."
    ]


def test_a_former_slug_belongs_to_one_case_for_ever(loaded):
    loaded.edit(SURREY, "slug: surrey", "slug: pro-yougend")
    assert loaded.refusals(SURREY) == [
        f"{SURREY}:1: slug: “pro-yougend” is a former name of “weyhe”; take another."
    ]
    loaded.edit(SURREY, "slug: pro-yougend", "slug: surrey")
    loaded.edit(SURREY, "former_slugs: []", "former_slugs: [pro-yougend]")
    assert loaded.refusals(SURREY) == [
        f"{SURREY}:2: former_slugs: “pro-yougend” is a former name of “weyhe”."
    ]


def test_a_name_of_another_case_is_refused(loaded):
    loaded.edit(SURREY, "name: Services for young people in Surrey", "name: Weyhe")
    loaded.load(SURREY)
    loaded.edit(WEYHE, "name: Streetwatchers in Weyhe", "name: Weyhe")
    assert loaded.refusals(WEYHE) == [
        f"{WEYHE}:3: name: Initiative with this Name already exists."
    ]


def test_two_new_cases_do_not_share_a_former_slug(desk):
    desk.edit(SURREY, "former_slugs: []", "former_slugs: [pro-yougend]")
    assert desk.refusals() == [
        f"{WEYHE}:2: former_slugs: “pro-yougend” stands in these files twice."
    ]


@pytest.mark.parametrize(
    ("was", "slip", "told"),
    [
        (
            "broader: people",
            "broader: peoples",
            "broader: “peoples” is no term of this scheme; did you mean “people”?",
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
            "scheme.sources.1.ref: “meyer-2014” is the key of no work",
        ),
        (
            "slug: barriers",
            "slug: bariers",
            "scheme.slug: “bariers” is none of: barriers",
        ),
        (
            "questions: []",
            "question: []",
            "terms.1.question: There is no such key here.",
        ),
    ],
)
def test_a_slip_in_the_codebook(desk, was, slip, told):
    desk.edit(BARRIERS, was, slip)
    text = (desk.folder / BARRIERS).read_text()
    line = text[: text.rindex(slip)].count("\n") + 1
    refusals = desk.refusals()
    assert any(refusal.startswith(f"{BARRIERS}:{line}: {told}") for refusal in refusals)
    assert not Scheme.objects.exists()


def test_only_change_steps_have_actions(desk):
    desk.edit(BARRIERS, "questions: []", "questions: []\n    actions: [Talk]")
    desk.edit(BARRIERS, "questions: ['", "outputs: []\n    questions: ['")
    assert desk.refusals() == [
        f"{BARRIERS}:16: terms.1: Only change steps have actions and outputs.",
        f"{BARRIERS}:27: terms.2: Only change steps have actions and outputs.",
    ]


def test_a_scheme_stands_in_one_file(desk):
    desk.write("codebook/more.yaml", (desk.folder / BARRIERS).read_bytes())
    assert desk.refusals() == [
        "codebook/more.yaml:2: scheme.slug: “barriers” stands in these files twice."
    ]


def test_a_term_in_use_can_not_become_a_heading(loaded):
    loaded.edit(BARRIERS, "is_heading: false", "is_heading: true")
    assert loaded.refusals(BARRIERS) == [
        f"{BARRIERS}:32: is_heading: Findings are coded with this term; "
        "recode them first."
    ]


@pytest.mark.parametrize(
    ("was", "slip", "told"),
    [
        ('"type": "thesis"', '"type": "thesiss"', "type: “thesiss” is no known choice"),
        ('"title": "Pro', '"titl": "Pro', "titl: There is no such key here."),
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
def test_a_slip_in_a_work(desk, was, slip, told):
    desk.edit(WORKS, was, slip)
    text = (desk.folder / WORKS).read_text()
    line = text[: text.index(slip)].count("\n") + 1
    refusals = desk.refusals()
    assert any(refusal.startswith(f"{WORKS}:{line}: {told}") for refusal in refusals)
    assert not Reference.objects.exists()


def test_slips_that_concern_two_works(desk):
    desk.edit(WORKS, '"id": "dreyer-2011"', '"id": "tisdall-2014"')
    assert desk.refusals(WORKS) == [
        f"{WORKS}:51: id: “tisdall-2014” stands in these files twice."
    ]
    desk.edit(WORKS, '"id": "tisdall-2014"', '"id": "dreyer-2011"')
    desk.edit(WORKS, "78", "106")
    assert desk.refusals(WORKS) == [
        f"{WORKS}:60: custom: Place 106 of the chapter’s list is “meyer-grosser-2014”."
    ]
