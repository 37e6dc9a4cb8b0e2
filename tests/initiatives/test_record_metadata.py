"""Cases as items and as JSON-LD."""

from datetime import date

import pytest

from initiatives.record_metadata import build_case_node, case_work, format_years
from references.partial_date import PartialDate
from tests.factories import ConceptFactory, InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def absolute(path):
    return f"https://casebase.example{path}"


@pytest.fixture
def weyhe():
    area = ConceptFactory(scheme="service-areas", slug="safety", label="Safety")
    return InitiativeFactory(
        slug="weyhe",
        name="Streetwatchers",
        region="Lower Saxony",
        latitude=52.98,
        longitude=8.87,
        start_year=2008,
        published_on=date(2026, 1, 2),
        revised_on=date(2026, 11, 24),
        service_areas=[area],
        tags=["night"],
    )


def test_a_case_is_an_item_by_casebase(weyhe):
    assert case_work(weyhe, absolute).to_csl() == {
        "id": "casebase-weyhe",
        "type": "webpage",
        "title": "Streetwatchers",
        "author": [{"literal": "Casebase"}],
        "issued": {"date-parts": [[2026, 11, 24]]},
        "container-title": "Casebase",
        "genre": "Case study",
        "URL": "https://casebase.example/initiatives/weyhe/",
        "language": "en-GB",
    }


def test_a_case_without_revision_has_the_day_it_came_out(weyhe):
    weyhe.revised_on = None
    assert case_work(weyhe, absolute).issued == PartialDate(2026, 1, 2)
    weyhe.published_on = None
    assert case_work(weyhe, absolute).issued is None


def test_a_case_is_told_with_place_and_time(weyhe):
    told = build_case_node(weyhe, [], absolute)
    assert told["datePublished"] == "2026-01-02"
    assert told["dateModified"] == "2026-11-24"
    assert told["temporalCoverage"] == "2008/.."
    assert told["keywords"] == ["night"]
    assert [term["name"] for term in told["about"]] == ["Safety"]
    assert told["isPartOf"]["@type"] == "Dataset"
    assert told["spatialCoverage"] == {
        "@type": "Place",
        "name": "Weyhe, Lower Saxony, Germany",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Weyhe",
            "addressRegion": "Lower Saxony",
            "addressCountry": "DE",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 52.98, "longitude": 8.87},
    }


def test_a_place_on_the_equator_keeps_its_point(weyhe):
    weyhe.latitude = weyhe.longitude = 0.0
    geo = build_case_node(weyhe, [], absolute)["spatialCoverage"]["geo"]
    assert (geo["latitude"], geo["longitude"]) == (0.0, 0.0)


def test_a_case_without_point_and_years_says_neither(weyhe):
    weyhe.latitude = weyhe.longitude = weyhe.start_year = None
    told = build_case_node(weyhe, [], absolute)
    assert "geo" not in told["spatialCoverage"]
    assert "temporalCoverage" not in told


@pytest.mark.parametrize(
    ("start", "end", "interval"),
    [(2008, 2020, "2008/2020"), (2008, None, "2008/.."), (None, 2020, "../2020")],
)
def test_years_are_an_interval(weyhe, start, end, interval):
    weyhe.start_year, weyhe.end_year = start, end
    assert format_years(weyhe) == interval
