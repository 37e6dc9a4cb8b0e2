"""Lists that are suggested because a text names values of their filters."""

import pytest
from pytest_django.asserts import assertContains

from casebase.change_tracking.transactions import update_derived_data
from casebase.site.search.asked_lists import asked_lists
from tests.factories import FindingFactory, InitiativeFactory
from tests.initiatives.matrix.opened_lists import opened

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SAVINGS = ("2 findings on savings", "/findings/?kind=saving")
RURAL = ("1 case in a rural area", "/initiatives/?settlement=rural")
GERMANY = ("1 case in Germany", "/initiatives/?country=DE")


@pytest.fixture(autouse=True)
def content():
    village = InitiativeFactory(country="DE", settlement="rural", reach="neighbourhood")
    town = InitiativeFactory(country="GB", settlement="large-city", reach="region")
    FindingFactory(initiative=village, kind="saving")
    FindingFactory(initiative=town, kind="saving")
    FindingFactory(initiative=town, kind="cost")
    InitiativeFactory(country="FR", settlement="small-town", status="review")


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("What did it save?", [SAVINGS]),
        ("savings", [SAVINGS]),
        ("Who did this in a rural area?", [RURAL]),
        ("villages", [RURAL]),
        ("Deutschland", [GERMANY]),
        (
            "What did villages in Germany save?",
            [
                (
                    "1 finding of 1 case in Germany, in a rural area, on savings",
                    "/findings/?country=DE&settlement=rural&kind=saving",
                ),
                SAVINGS,
                RURAL,
                GERMANY,
            ],
        ),
        # Both together have nothing, each has something.
        ("neighborhoods in the UK", [
            ("1 case of neighbourhood reach", "/initiatives/?reach=neighbourhood"),
            ("1 case in the United Kingdom", "/initiatives/?country=GB"),
        ]),
        (
            "in the city",
            [("1 case in a large city or city",
              "/initiatives/?settlement=city&settlement=large-city")],
        ),
        ("our region", [("1 case of regional reach", "/initiatives/?reach=region")]),
        # Nothing public has these, and these name nothing.
        ("France", []),
        ("small towns", []),
        ("Europe", []),
        ("safe -savings", []),
        ("-rural", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_list_is_suggested_by_what_its_filters_are_called(text, lists):
    found = asked_lists(text)
    assert [(one.sentence, one.address) for one in found] == lists


def test_each_opens_as_many_as_it_says():
    for one in asked_lists("What did villages in Germany save, and what did it cost?"):
        cases, findings = opened(one.address, is_linked="/findings/" in one.address)
        records = findings if "/findings/" in one.address else cases
        assert one.sentence.startswith(f"{records.count()} ")


def test_they_stand_beside_the_results(client):
    InitiativeFactory(name="Save our village hall")
    update_derived_data()
    page = client.get("/search/?q=save+village")
    assertContains(page, '<a href="/findings/?kind=saving">2 findings on savings</a>')
    assertContains(page, "Save our village hall</a>")
