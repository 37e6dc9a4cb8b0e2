"""Strategies behind the barriers that they were used against."""

import html5lib
import pytest
from pytest_django.asserts import assertContains

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import ConceptFactory, FindingFactory

pytestmark = pytest.mark.django_db


def test_strategies_that_many_used_against_the_first_barrier_follow_it(client):
    mistrust = ConceptFactory(label="Mistrust", definition="Councillors fear citizens.")
    fear = ConceptFactory(label="Of risks", definition="Some fear it.")
    dialogue, rare, hidden = (
        ConceptFactory(scheme="strategies", label=label)
        for label in ("Dialogue", "Rare", "Hidden")
    )
    for strategy, status, number in (
        *((dialogue, "published", 3), (rare, "published", 2)),
        (hidden, "draft", 4),
    ):
        for _ in range(number):
            finding = FindingFactory(
                kind="barrier", concept=mistrust, initiative__status=status
            )
            finding.strategies.add(strategy)
    update_derived_data()
    page = client.get("/search/?q=councillors+fear+everything")
    assert page.context["search"].results[0].nearest == [mistrust, dialogue, fear]
    link = f'<a href="{mistrust.get_absolute_url()}">Mistrust</a>'
    assertContains(page, f"Used against {link} in 3 statements")
    # It has all of the words, so it leads anyway.
    page = client.get("/search/?q=mistrust")
    assert page.context["search"].results[0].records == [mistrust]
    html5lib.HTMLParser(strict=True).parse(page.text)
