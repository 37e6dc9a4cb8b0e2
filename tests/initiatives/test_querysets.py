"""The querysets of cases, findings and sources."""

from datetime import date

import pytest

from initiatives.models import Concept, Finding, Initiative, Source
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    SchemeFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

HIDDEN = ["draft", "review", "withdrawn"]


def hidden_case(status):
    return InitiativeFactory(status=status, status_note="Why.")


def test_only_published_cases_are_public():
    published = InitiativeFactory()
    for status in HIDDEN:
        hidden_case(status)
    assert list(Initiative.objects.published()) == [published]


def test_withdrawn_cases_have_public_addresses_too():
    published, withdrawn = InitiativeFactory(), hidden_case("withdrawn")
    hidden_case("draft")
    assert list(Initiative.objects.withdrawn()) == [withdrawn]
    assert set(Initiative.objects.reachable()) == {published, withdrawn}


@pytest.mark.parametrize("status", HIDDEN)
def test_findings_of_hidden_cases_are_not_public(status):
    FindingFactory(initiative=hidden_case(status))
    assert not Finding.objects.published().exists()


def test_only_findings_with_a_source_are_public():
    sourced, unsourced = FindingFactory(sources=2), FindingFactory(sources=0)
    assert list(Finding.objects.published()) == [sourced]
    assert list(Finding.objects.sourced()) == [sourced]
    assert list(Finding.objects.unsourced()) == [unsourced]


def test_a_source_of_a_conflict_is_not_one_of_a_finding():
    finding = FindingFactory(sources=0)
    SourceFactory(conflict=ConflictFactory(initiative=finding.initiative))
    assert list(Finding.objects.unsourced()) == [finding]


@pytest.mark.parametrize("status", HIDDEN)
def test_sources_of_published_cases_and_the_codebook_are_public(status):
    hidden = hidden_case(status)
    SourceFactory(finding=FindingFactory(initiative=hidden, sources=0))
    SourceFactory(conflict=ConflictFactory(initiative=hidden))
    public = [
        SourceFactory(),
        SourceFactory(conflict=ConflictFactory()),
        SourceFactory(concept=ConceptFactory()),
        SourceFactory(scheme=SchemeFactory()),
    ]
    assert set(Source.objects.published()) == set(public)


def test_cases_in_a_country():
    finland = InitiativeFactory(country="FI")
    InitiativeFactory(country="DE")
    assert list(Initiative.objects.in_country("FI")) == [finland]


def test_modes_are_not_statements():
    FindingFactory(kind="mode")
    lesson = FindingFactory(kind="lesson")
    assert list(Finding.objects.statements()) == [lesson]


def test_finding_counts_include_only_public_statements():
    case = InitiativeFactory()
    FindingFactory.create_batch(2, initiative=case)
    FindingFactory(initiative=case, sources=0)
    FindingFactory(initiative=case, kind="mode")
    assert Initiative.objects.with_finding_counts().get().n_findings == 2


def test_desk_counts_include_everything():
    case = InitiativeFactory(status="draft")
    FindingFactory(initiative=case, kind="mode")
    FindingFactory(initiative=case, sources=0)
    InitiativeFactory(name="Z, of which nothing is known")
    counts = Initiative.objects.with_desk_counts().values_list
    assert list(counts("n_findings", "n_unsourced")) == [(2, 1), (0, 0)]


def test_cases_are_dated_by_publication_and_by_revision():
    InitiativeFactory(name="Undated")
    InitiativeFactory(name="Hidden", revised_on="2026-05-01", status="review")
    for name, published_on, revised_on in [
        ("Revised before it appeared", "2026-03-01", "2026-01-01"),
        ("Appeared", "2026-02-01", None),
        ("Revised", None, "2026-04-01"),
        ("Revised since", "2020-01-01", "2026-02-15"),
    ]:
        InitiativeFactory(name=name, published_on=published_on, revised_on=revised_on)
    changed = Initiative.objects.published().recently_changed()
    assert [(case.name, case.changed_on.isoformat()) for case in changed] == [
        ("Revised", "2026-04-01"),
        ("Revised before it appeared", "2026-03-01"),
        ("Revised since", "2026-02-15"),
        ("Appeared", "2026-02-01"),
    ]
    assert changed[2].appeared_on == date(2020, 1, 1)


@pytest.mark.parametrize("model", [Initiative, Concept])
def test_a_record_is_found_by_current_and_former_slugs(model):
    record = InitiativeFactory() if model is Initiative else ConceptFactory()
    first = record.slug
    record.rename(slug="second")
    record.rename(slug="third")
    for slug in (first, "second", "third"):
        assert list(model.objects.with_current_or_former_slug(slug)) == [record]
    assert not model.objects.with_current_or_former_slug("fourth").exists()


def case_with_details(n):
    case = InitiativeFactory(tags=["water"])
    for _ in range(n):
        strategies = [ConceptFactory(scheme="strategies")]
        coded = {"kind": "barrier", "strategies": strategies, "sources": 2}
        finding = FindingFactory(initiative=case, **coded)
        for source in finding.sources.all():
            ContributionFactory(reference=source.reference)
        SourceFactory(conflict=ConflictFactory(initiative=case))
        InvolvementFactory(initiative=case)
        DocumentationFactory(initiative=case)
        case.service_areas.add(ConceptFactory(scheme="service-areas"))
    return case


@pytest.mark.parametrize("n", [1, 5])
def test_a_case_with_its_details_needs_no_more_queries(django_assert_num_queries, n):
    case_with_details(n)
    with django_assert_num_queries(15):
        case = Initiative.objects.with_case_details().get()
    with django_assert_num_queries(0):
        [*case.findings.all(), *case.tags.all(), *case.service_areas.all()]
        for finding in case.findings.all():
            assert finding.concept.words.slug == "barriers"
            assert len(finding.strategies.all()) == 1
            assert [s.reference.short_citation for s in finding.sources.all()]
            assert [finding.figure, finding.period, finding.is_answered]
        assert [str(each) for each in case.involvements.all()]
        assert [d.reference.short_citation for d in case.documentation.all()]
        assert [str(s) for c in case.conflicts.all() for s in c.sources.all()]
        assert [case.place, case.years]


@pytest.mark.parametrize("n", [1, 5])
def test_five_cards_need_no_more_queries_than_one(django_assert_num_queries, n):
    for _ in range(n):
        FindingFactory(initiative=case_with_details(1), kind="mode")
    with django_assert_num_queries(3):
        cases = list(Initiative.objects.with_card_details())
    with django_assert_num_queries(0):
        assert [[f.concept.label for f in case.mode_findings] for case in cases]
        assert [list(case.service_areas.all()) for case in cases]
