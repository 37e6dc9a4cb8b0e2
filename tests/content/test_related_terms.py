"""Which terms are related, in the files of the codebook."""

import pytest

from initiatives.models import Concept
from initiatives.sheet_serializers import term_of
from tests.content.content_folder import BARRIERS

STRATEGIES = "codebook/strategies.yaml"
NEAR = "    near: [stigma, people]\n    strategies: [training, dialogue]\n"
STIGMA = """  - slug: stigma
    former_slugs: []
    label: Stigma
    definition: Shame.
    scope_note: null
    is_heading: false
    broader: people
    order: 30
    questions: []
    sources: []
"""


@pytest.fixture
def related(folder):
    """Return the folder with a barrier that has related terms."""
    folder.edit(
        BARRIERS,
        "    sources: []\n  - slug: mistrust",
        "    sources: []\n" + STIGMA + "  - slug: mistrust",
    )
    folder.edit(
        BARRIERS,
        "        synonyms: []\n        sure: false\n",
        "        synonyms: []\n        sure: false\n" + NEAR,
    )
    return folder


def test_related_terms_are_loaded_in_their_order_and_written_again(related):
    related.load()
    mistrust = Concept.objects.get(slug="mistrust")
    others = [each.other.slug for each in mistrust.related_terms.all()]
    assert others == ["stigma", "people", "training", "dialogue"]
    sheet = term_of(mistrust)
    assert (sheet.near, sheet.strategies) == (
        ["stigma", "people"],
        ["training", "dialogue"],
    )
    assert related.changes() == {}
    related.edit(BARRIERS, "near: [stigma, people]", "near: [people, stigma]")
    assert related.changes() == {"terms": {"mistrust": ["near"]}}
    assert mistrust.related_terms.first().other.slug == "people"
    related.edit(BARRIERS, NEAR.replace("stigma, people", "people, stigma"), "")
    related.load()
    assert not mistrust.related_terms.exists()


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (
            "[stigma, people]",
            "[stigmas]",
            "near.1: “stigmas” is not a term of the scheme barriers",
        ),
        ("[stigma, people]", "[mistrust]", "near.1: A term is not related to itself."),
        (
            "[training, dialogue]",
            "[stigma]",
            "strategies.1: “stigma” is not a term of the scheme strategies",
        ),
        ("[stigma, people]", "[stigma, stigma]", "“stigma” is listed twice."),
    ],
)
@pytest.mark.once
def test_errors_in_related_terms_are_told(related, old, new, error):
    related.edit(BARRIERS, old, new)
    [line] = related.errors()
    assert error in line


@pytest.mark.once
def test_only_barriers_and_risks_have_strategies(folder):
    text = (folder.path / STRATEGIES).read_text()
    first = text.index("    sources:", text.index("terms:"))
    added = f"{text[:first]}    strategies: [training]\n{text[first:]}"
    folder.write(STRATEGIES, added)
    [line] = folder.errors()
    assert "Only barriers and risks have strategies" in line
