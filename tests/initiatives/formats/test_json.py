"""Exports in JSON and GeoJSON."""

import json

import pytest

from casebase import __version__
from initiatives.formats import export_schema
from initiatives.formats.tables import CASE_COLUMNS
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    SourceFactory,
)
from tests.initiatives.formats.exporting import SITE, exported, parsed, weyhe

pytestmark = pytest.mark.django_db


def full_case():
    """Create a case without an empty list."""
    case = weyhe()
    area = ConceptFactory(scheme="service-areas", slug="safety", label="Safety")
    case.service_areas.add(area)
    case.tags.add("night")
    InvolvementFactory(initiative=case)
    DocumentationFactory(initiative=case)
    SourceFactory(conflict=ConflictFactory(initiative=case), via="")
    outreach = ConceptFactory(scheme="strategies", slug="outreach")
    case.findings.get().strategies.add(outreach)
    return case


def test_every_object_has_the_keys_of_the_schema():
    full_case()
    [case] = parsed("json")["cases"]
    finding = case["findings"][0]
    found = {
        "Case": case,
        "Place": case["place"],
        "Organisation": case["organisations"][0],
        "Work": case["works"][0],
        "Conflict": case["conflicts"][0],
        "Finding": finding,
        "Figure": finding["figure"],
        "Source": finding["sources"][0],
        "Term": finding["term"],
    }
    for name, record in found.items():
        assert list(record) == list(getattr(export_schema, name).__annotations__), name
    for term in (*case["service_areas"], *finding["strategies"]):
        assert term.keys() == finding["term"].keys()
    assert case["conflicts"][0]["sources"][0].keys() == finding["sources"][0].keys()


def test_a_finding_contains_its_sources():
    weyhe()
    [finding] = parsed("json")["cases"][0]["findings"]
    assert finding["address"] == f"{SITE}/initiatives/streetwatchers-weyhe/#f2345678"
    assert finding["term"] == {
        "scheme": "barriers",
        "slug": "mistrust",
        "label": "Mistrust",
    }
    assert finding["figure"] == {"value": 805, "unit": "hours", "period": "2007/2008"}
    assert finding["sources"][0] == {
        "citekey": "meyer-grosser-2014",
        "title": "Streetwatcher",
        "year": 2014,
        "doi": None,
        "work_address": f"{SITE}/references/meyer-grosser-2014/",
        "locator": "Outcomes",
        "page_read": "https://govint.example/weyhe",
        "read_as": "primary",
        "standing": None,
        "is_peer_reviewed": None,
    }
    assert finding["sources"][1]["page_read"] is None


def test_unknown_values_are_null_and_lists_without_entries_are_empty():
    FindingFactory()
    [case] = parsed("json")["cases"]
    for key in ("challenge", "started", "ended", "co_producers", "revised_on"):
        assert case[key] is None
    for key in ("tags", "target_groups", "works", "conflicts", "not_found"):
        assert case[key] == []
    finding = case["findings"][0]
    assert (finding["term"], finding["figure"], finding["response"]) == (None,) * 3


def test_the_file_describes_itself():
    FindingFactory(initiative=full_case(), kind="mode")
    file = parsed("json", "country=DE&sort=year")
    assert list(file) == ["casebase", "cases", "counts"]
    assert file["casebase"] == {
        "title": "Casebase: an open knowledge base of co-production initiatives",
        "query": "1 case in Germany",
        "address": f"{SITE}/initiatives/?country=DE&sort=year",
        "made_on": file["casebase"]["made_on"],
        "version": __version__,
        "licence": "CC BY 4.0",
        "licence_address": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert file["counts"] == {"cases": 1, "findings": 1, "modes": 1, "sources": 4}


def test_texts_are_not_changed():
    hostile = '=1+1 "quoted" \\ Łódź\u2028\r\n</script>' * 2_000
    FindingFactory(statement=hostile, initiative__summary=hostile)
    assert parsed("json")["cases"][0]["findings"][0]["statement"] == hostile
    InitiativeFactory.create(latitude=1, longitude=2, summary=hostile)
    assert parsed("geojson")["features"][0]["properties"]["summary"] == hostile
    assert "Łódź" in exported("json").decode()


def test_a_point_has_its_longitude_first():
    weyhe()
    [feature] = parsed("geojson")["features"]
    assert feature["type"] == "Feature"
    assert feature["id"] == "streetwatchers-weyhe"
    assert feature["geometry"] == {"type": "Point", "coordinates": [8.87, 52.99]}
    assert list(feature["properties"]) == list(CASE_COLUMNS)
    assert feature["properties"]["barriers"] == "mistrust"


def test_cases_without_a_point_are_left_out_and_counted():
    InitiativeFactory(latitude=0, longitude=0, place_note="The middle of the region.")
    InitiativeFactory.create_batch(2)
    file = parsed("geojson", "country=DE")
    assert file["type"] == "FeatureCollection"
    [feature] = file["features"]
    assert feature["geometry"]["coordinates"] == [0, 0]
    assert feature["properties"]["place_note"] == "The middle of the region."
    assert file["counts"] == {"cases": 1, "cases_without_point": 2}
    assert file["casebase"]["query"] == "3 cases in Germany"


def test_an_export_without_cases_is_valid():
    assert parsed("json")["cases"] == []
    assert parsed("geojson")["features"] == []
    assert parsed("geojson")["counts"] == {"cases": 0, "cases_without_point": 0}


def test_each_case_is_on_a_line_of_its_own():
    InitiativeFactory.create_batch(3)
    head, *cases, tail = exported("json").decode().splitlines()
    assert head.endswith('"cases": [')
    assert [json.loads(line.rstrip(","))["name"] for line in cases]
    assert tail.startswith("], ")
