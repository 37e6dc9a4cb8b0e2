"""The page of a suggestion shows the statement as the reader saw it."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from initiatives.models import Finding
from tests.desk import Curator
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    ReferenceFactory,
    SourceFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "https://street.example/"
BARRIER = {
    "kind": "barrier",
    "statement": "Neighbours feared them.",
    "response": "They met.",
    "direction": "mixed",
    "year": 2014,
    "figure_value": 12,
    "figure_unit": "hours",
    "figure_period": "2013/2014",
}


def page_of_suggestion(**fields):
    """The page of a suggestion on a finding with these fields, and the finding."""
    finding = FindingFactory(**fields | {"sources": 0})
    work = ReferenceFactory(title="A street at night")
    SourceFactory(finding=finding, reference=work, locator="P. 24", url=PAGE)
    SourceFactory(finding=finding)
    return finding, SuggestionFactory(
        initiative=finding.initiative, finding=finding, quoted=finding.statement
    )


def test_the_details_of_the_statement_are_shown():
    term = ConceptFactory(scheme="barriers", label="Mistrust")
    finding, suggestion = page_of_suggestion(concept=term, **BARRIER)
    response = Curator().open(suggestion)
    for words in (
        "<blockquote>Neighbours feared them.</blockquote>",
        f'">{finding.initiative.name}</a></dd>',
        "<dd>Barrier: Mistrust</dd>",
        "<dd>They met.</dd>",
        "<dt>Result</dt><dd>Mixed, coded</dd>",
        "<dd>12 hours, 2013–2014</dd>",
        "<dd>2014</dd>",
        "A street at night</a>, P. 24, ",
        f'<a href="{PAGE}" rel="noopener noreferrer">the page read</a>',
    ):
        assertContains(response, words)
    assertNotContains(response, "Changed since")


def test_a_changed_statement_is_shown_old_and_new():
    finding, suggestion = page_of_suggestion(**BARRIER)
    Finding.objects.filter(pk=finding.pk).update(statement="Neighbours trust them.")
    response = Curator().open(suggestion)
    assertContains(response, "<blockquote>Neighbours feared them.</blockquote>")
    assertContains(response, "it now says:</strong> Neighbours trust them.")


def test_a_statement_without_details_is_shown():
    finding = FindingFactory(sources=0, figure_value=12, figure_unit="hours")
    suggestion = SuggestionFactory(
        initiative=finding.initiative, finding=finding, quoted=finding.statement
    )
    response = Curator().open(suggestion)
    assertContains(response, "<dt>Direction</dt><dd>Neutral, coded</dd>")
    assertContains(response, "<dd>12 hours</dd>")
    assertContains(response, "<dd>None</dd>")


def test_a_deleted_statement_is_still_quoted():
    curator = Curator()
    response = curator.open(SuggestionFactory(quoted="Neighbours feared them."))
    assertContains(response, "<blockquote>Neighbours feared them.</blockquote>")
    assertContains(response, "The statement is no longer on the case.")
    assertContains(curator.open(SuggestionFactory()), "The page of the whole case.")
