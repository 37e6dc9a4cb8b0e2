"""The models of cases, organisations, documentation and former slugs."""

import pytest
from django.core.exceptions import ValidationError

from initiatives.models import Initiative
from tests.constraints import assert_accepted, assert_rejected, invalid_fields
from tests.factories import (
    ConceptFactory,
    DocumentationFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    InvolvementFactory,
    OrganisationFactory,
    ReferenceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "end"), [(2007, 2020), (2007, 2007), (None, 2020), (2007, None)]
)
def test_a_case_may_end_when_or_after_it_starts(start, end):
    assert_accepted(InitiativeFactory(), start_year=start, end_year=end)


def test_a_case_can_not_end_before_it_starts():
    words = "The end year is before the start year."
    assert_rejected(InitiativeFactory(), words, start_year=2008, end_year=2007)


@pytest.mark.parametrize(
    "place",
    [
        {"locality": "Weyhe", "region": "", "country": "DE"},
        {"locality": "", "region": "Lower Saxony", "country": "DE"},
        {"locality": "", "region": "", "country": "", "status": "draft"},
    ],
)
def test_a_published_case_with_a_country_and_a_town_or_region_is_valid(place):
    assert_accepted(InitiativeFactory(), **place)


@pytest.mark.parametrize(
    "place",
    [
        {"locality": "Weyhe", "country": ""},
        {"locality": "", "region": "", "country": "DE"},
    ],
)
def test_a_published_case_without_a_place_is_invalid(place):
    words = "A published case needs a country, and a locality or region."
    assert_rejected(InitiativeFactory(), words, **place)


def test_only_a_draft_may_lack_a_summary():
    assert_accepted(InitiativeFactory(status="draft"), summary="")
    assert_rejected(
        InitiativeFactory(), "A published case needs a summary.", summary=""
    )


def test_a_withdrawn_case_needs_a_reason():
    assert_accepted(
        InitiativeFactory(), status="withdrawn", status_note="They asked us to."
    )
    words = "Say in the status note why the case was withdrawn"
    assert_rejected(InitiativeFactory(), words, status="withdrawn")


def test_a_point_needs_latitude_and_longitude():
    assert_accepted(InitiativeFactory(), latitude=60.17, longitude=24.94)
    words = "A point needs both latitude and longitude."
    assert_rejected(InitiativeFactory(), words, latitude=60.17)
    assert_rejected(InitiativeFactory(), words, longitude=24.94)


@pytest.mark.parametrize(
    "fields",
    [
        {"slug": "export"},
        {"slug": "Weyhe Street"},
        {"start_year": 1799},
        {"end_year": 2101},
        {"last_source_year": 20144},
        {"latitude": 90.1, "longitude": 0},
        {"latitude": 0, "longitude": -180.1},
        {"country": "XX"},
        {"status": "lost"},
    ],
)
def test_an_impossible_value_is_invalid(fields):
    assert invalid_fields(InitiativeFactory(), **fields) <= fields.keys()


def test_names_and_slugs_are_unique():
    case = InitiativeFactory()
    words = "already exists"
    assert_rejected(InitiativeFactory(), words, name=case.name)
    assert_rejected(
        InitiativeFactory(), "is or was the address of another", slug=case.slug
    )


def test_an_organisation_can_not_have_a_role_twice():
    first = InvolvementFactory(role="funder")
    again = {"initiative": first.initiative, "organisation": first.organisation}
    assert_accepted(InvolvementFactory(**again, role="evaluator"))
    words = "This organisation has this role already."
    assert_rejected(InvolvementFactory(), words, **again, role="funder")


def test_a_work_can_not_be_listed_twice():
    first = DocumentationFactory()
    assert_accepted(DocumentationFactory(), reference=first.reference)
    same = {"initiative": first.initiative, "reference": first.reference}
    assert_rejected(DocumentationFactory(), "This work is listed already.", **same)


def test_names_of_organisations_are_unique():
    organisation = OrganisationFactory(name="City of Helsinki")
    assert_rejected(OrganisationFactory(), "already exists", name=organisation.name)


def test_a_former_slug_has_one_owner():
    words = "A former slug belongs to one case or term."
    assert_rejected(FormerSlugFactory(), words, concept=ConceptFactory())
    assert_rejected(FormerSlugFactory(), words, initiative=None)


def test_a_former_slug_belongs_to_one_case():
    former = FormerSlugFactory()
    assert_rejected(
        FormerSlugFactory(), "Another case once had this slug.", slug=former.slug
    )
    assert_accepted(FormerSlugFactory(concept=ConceptFactory()), slug=former.slug)


def test_a_term_can_not_have_a_former_slug_twice():
    former = FormerSlugFactory(concept=ConceptFactory())
    assert_accepted(
        FormerSlugFactory(concept=ConceptFactory(scheme="risks")), slug=former.slug
    )
    again = FormerSlugFactory(concept=former.concept)
    assert_rejected(again, "already exists", slug=former.slug)


def test_a_case_can_not_have_a_tag_twice():
    case = InitiativeFactory(tags=["water", "Water"])
    case.tags.add("water")
    assert [tag.name for tag in case.tags.all()] == ["water"]
    [tagged] = case.tagged.all()
    tagged.pk = None
    assert_rejected(tagged, "already exists")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        (
            {"locality": "Weyhe", "region": "Lower Saxony", "country": "DE"},
            "Weyhe, Lower Saxony, Germany",
        ),
        (
            {"locality": "London", "region": "London, England", "country": "GB"},
            "London, England, United Kingdom",
        ),
        ({"locality": "Kehl", "region": "", "country": "DE"}, "Kehl, Germany"),
        ({"locality": "", "region": "", "country": "GB"}, "United Kingdom"),
        ({"locality": "", "region": "", "country": ""}, ""),
    ],
)
def test_a_place_consists_of_its_known_parts(fields, place):
    assert Initiative(**fields).place == place


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (2007, 2020, "2007–2020"),
        (2007, 2007, "2007"),
        (2007, None, "since 2007"),
        (None, 2020, "until 2020"),
        (None, None, ""),
    ],
)
def test_years_show_what_is_known(start, end, years):
    assert Initiative(start_year=start, end_year=end).years == years


def test_findings_of_a_published_case_need_sources():
    case = FindingFactory(sources=1).initiative
    case.full_clean()
    FindingFactory(initiative=case, sources=0)
    with pytest.raises(ValidationError, match="without a source"):
        case.full_clean()


def test_lists_of_texts_are_edited_one_a_line():
    case = InitiativeFactory(target_groups=[" residents ", "", "people\nin need"])
    case.refresh_from_db()
    assert case.target_groups == ["residents", "people", "in need"]
    case.target_groups = "one\r\n\r\ntwo"
    case.full_clean()
    assert case.target_groups == ["one", "two"]
    assert Initiative().target_groups == []


def test_cases_and_organisations_are_found_by_their_natural_keys():
    for record in (InitiativeFactory(), OrganisationFactory()):
        assert type(record).objects.get_by_natural_key(*record.natural_key()) == record


def test_records_have_readable_names():
    involvement = InvolvementFactory(organisation__name="RAY", role="funder")
    assert str(involvement) == "RAY: funder"
    assert str(involvement.organisation) == "RAY"
    assert str(InitiativeFactory(name="Weyhe")) == "Weyhe"
    assert str(FormerSlugFactory(slug="weyhe")) == "weyhe"
    assert str(DocumentationFactory(reference=ReferenceFactory(key="a-1"))) == "a-1"
