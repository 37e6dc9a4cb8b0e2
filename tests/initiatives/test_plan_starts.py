"""Links that begin a plan with what a page shows."""

import re
from html import unescape

import pytest

from initiatives.templatetags.plan_starts import KNOWN
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LINK = re.compile(r'<a class="button" href="(/plan/\?[^"]+)" rel="nofollow">')


@pytest.fixture(autouse=True)
def content():
    barrier = ConceptFactory(slug="fog")
    talks = ConceptFactory(scheme="strategies", slug="talks")
    case = InitiativeFactory(slug="bees", country="DE", settlement="rural")
    FindingFactory(
        initiative=case, kind="barrier", concept=barrier, strategies=[talks.pk]
    )
    FindingFactory(kind="barrier", concept=barrier)
    for scheme in ("risks", "modes", "service-areas", "change-steps"):
        ConceptFactory(scheme=scheme, slug="fog")
    ConceptFactory(slug="weather", is_heading=True)


@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("/barriers/fog/", "barrier=fog"),
        ("/risks/fog/", "risk=fog"),
        ("/modes/fog/", "mode=fog"),
        ("/service-areas/fog/", "service-area=fog"),
        ("/initiatives/bees/", "case=bees"),
        (
            "/initiatives/?country=DE&barrier=fog&strategy=talks&sort=year",
            "barrier=fog&country=DE",
        ),
        ("/map/?settlement=rural", "settlement=rural"),
        ("/findings/?kind=barrier&barrier=fog&country=DE", "country=DE&barrier=fog"),
        ("/matrix/?barrier=fog", "barrier=fog"),
        ("/similar/?barrier=fog&barrier-matters=little", "barrier=fog"),
        ("/similar/?case=bees", "case=bees"),
        # A plan can take nothing over from these.
        ("/strategies/talks/", None),
        ("/change-steps/fog/", None),
        ("/barriers/weather/", None),
        ("/initiatives/?strategy=talks", None),
        ("/initiatives/", None),
        ("/matrix/", None),
    ],
)
def test_a_plan_begins_with_what_a_page_shows(client, address, start):
    page = client.get(address)
    assert page.status_code == 200
    found = [unescape(link) for link in LINK.findall(page.text)]
    assert found == ([f"/plan/?{start}"] if start else [])


def test_the_plan_takes_all_of_it_over(client):
    values = dict.fromkeys(KNOWN, "fog") | {
        **{"country": "DE", "settlement": "rural", "reach": "region"},
        "case": "bees",
    }
    plan = client.get("/plan/", values)
    assert plan.context["prefill"].unknown == []
    assert client.get("/plan/", {"strategy": "talks"}).context["prefill"].unknown
