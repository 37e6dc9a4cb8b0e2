"""The filter form of the list of findings."""

import pytest

from casebase.site.statistics import public_statistics
from initiatives.case_page import KIND_TITLES
from initiatives.findings.cases import SHOWN_FACETS
from initiatives.findings.filters import OWN_SCHEMES
from initiatives.schemes import CODED_SCHEMES
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    SourceFactory,
)
from tests.initiatives.findings.listing import (
    barrier,
    counts,
    filtered,
    in_order,
    matches,
    saving,
    weyhe,
)
from tests.once import once_except

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Own facets: parameter → what makes findings with two different values.
OWN = {
    "kind": ({"kind": "saving"}, {"kind": "cost"}),
    "direction": ({"direction": "helped"}, {"direction": "mixed"}),
    "basis": ({"basis": "stated"}, {"basis": "coded"}),
}
VALUES = {name: [fields[name] for fields in two] for name, two in OWN.items()}
TERMS = [words.parameter for words in OWN_SCHEMES]


@pytest.mark.parametrize("name", once_except({"kind"}, OWN))
class TestEveryFacetThatIsAColumn:
    def test_one_value_narrows_two_widen_and_counts_leave_the_choice_out(self, name):
        one, other = (FindingFactory(**fields) for fields in OWN[name])
        first, second = VALUES[name]
        assert matches(f"{name}={first}") == {one}
        assert matches(f"{name}={first}&{name}={second}") == {one, other}
        assert counts(f"{name}={first}", name) == {first: 1, second: 1}

    def test_nonsense_is_an_error_and_finds_nothing(self, name):
        FindingFactory()
        filterset = filtered(f"{name}=nonsense")
        assert list(filterset.matches) == []
        [(_label, message)] = filterset.validation_errors
        assert "nonsense" in message


def with_term(parameter, slug):
    """Create a finding with a term: its own, or a strategy of its response."""
    scheme = next(w.slug for w in OWN_SCHEMES if w.parameter == parameter)
    term = ConceptFactory(scheme=scheme, slug=slug, label=slug.capitalize())
    if parameter == "strategy":
        return barrier(slug=f"of-{slug}", strategies=[term.pk])
    return FindingFactory(kind=parameter, concept=term)


@pytest.mark.parametrize("parameter", once_except({"barrier", "strategy"}, TERMS))
def test_terms_filter_findings_and_are_counted(parameter):
    here, there = with_term(parameter, "here"), with_term(parameter, "there")
    assert matches(f"{parameter}=here") == {here}
    assert matches(f"{parameter}=here&{parameter}=there") == {here, there}
    assert counts(f"{parameter}=here", parameter) == {"here": 1, "there": 1}
    assert filtered(f"{parameter}=nonsense").validation_errors


def test_every_scheme_of_findings_has_a_filter_and_modes_have_none():
    assert {*TERMS} == {*CODED_SCHEMES, "strategy"} - {"mode"}
    assert "mode" not in KIND_TITLES


def test_a_broader_term_finds_its_narrower_ones_and_a_former_slug_still_works():
    broad = ConceptFactory(slug="inside", label="Inside")
    narrow = ConceptFactory(slug="fear", broader=broad)
    finding = FindingFactory(kind="barrier", concept=narrow)
    FormerSlugFactory(concept=broad, slug="within")
    assert matches("barrier=inside") == {finding}
    assert counts("", "barrier") == {"inside": 1, "fear": 1}
    assert matches("barrier=within") == {finding}
    assert filtered("barrier=within").query == "?barrier=inside"


def test_all_of_several_strategies_can_be_required():
    one, two = (
        ConceptFactory(scheme="strategies", slug=slug) for slug in ("one", "two")
    )
    both = barrier(strategies=[one.pk, two.pk])
    FindingFactory(kind="barrier", strategies=[one.pk])
    query = "strategy=one&strategy=two"
    assert len(matches(query)) == 2
    assert matches(f"{query}&strategy-all=1") == {both}
    assert counts(f"{query}&strategy-all=1", "strategy") == {"one": 1, "two": 1}
    assert filtered("kind-all=1").unknown_parameters == ["kind-all"]


@pytest.mark.parametrize("name", ["figure", "locator", "single-work"])
def test_findings_with_a_figure_a_locator_or_a_single_work(name):
    has_all, has_none = saving(), FindingFactory(sources=2)
    assert matches() == {has_all, has_none}
    assert matches(f"{name}=1") == {has_all}
    assert counts("", name) == {"1": 1}
    [(_label, message)] = filtered(f"{name}=yes").validation_errors
    assert message == f"Only “{name}=1” has a meaning, not “yes”."


def test_two_places_in_one_work_are_a_single_work():
    finding = saving()
    SourceFactory(finding=finding, reference=finding.sources.get().reference)
    assert matches("single-work=1") == {finding}
    SourceFactory(finding=finding)
    assert matches("single-work=1") == set()


def test_years_filter_findings_and_are_drawn():
    early, late = (FindingFactory(year=year) for year in (1998, 2014))
    undated = FindingFactory()
    assert matches("from=2000") == {late}
    assert matches("to=2000") == {early}
    assert undated in matches()
    assert filtered("from=2000").histogram.description == "1998: 1, 2014: 1"
    [(_label, message)] = filtered("from=abcd").validation_errors
    assert "four figures" in message


# Filters of cases


@pytest.mark.parametrize("name", SHOWN_FACETS)
def test_facets_of_cases_count_findings(name):
    one, other, elsewhere = two_of_one_case()
    value = CASE_VALUES[name]
    assert matches(f"{name}={value}") == {one, other}
    assert counts("", name)[value] == 2
    assert counts("kind=barrier", name).get(value) is None
    assert counts(f"{name}={value}", "kind") == {"outcome": 2}
    assert filtered(f"{name}=nonsense").validation_errors
    assert elsewhere not in matches(f"{name}={value}")


def two_of_one_case():
    """Return two findings of a case with CASE_VALUES, and one of another."""
    area, mode = (
        ConceptFactory(scheme=scheme, slug=slug)
        for scheme, slug in (("service-areas", "health"), ("modes", "co-design"))
    )
    case = weyhe(
        country="FI",
        settlement="town",
        reach="nation",
        service_areas=[area.pk],
        tags=["night"],
    )
    FindingFactory(initiative=case, kind="mode", concept=mode)
    return *FindingFactory.create_batch(2, initiative=case), barrier()


CASE_VALUES = {
    "country": "FI",
    "settlement": "town",
    "reach": "nation",
    "service-area": "health",
    "mode": "co-design",
    "tag": "night",
}


def test_filters_of_both_have_a_prefix_for_cases():
    case = weyhe(start_year=2007)
    met = barrier(initiative=case)
    outcome, other = FindingFactory(initiative=case, year=1990), FindingFactory()
    assert matches("barrier=mistrust") == {met}
    assert matches("case-barrier=mistrust") == {met, outcome}
    assert matches("case-barrier=mistrust&kind=outcome") == {outcome}
    assert matches("case-from=2000") == {met, outcome}
    assert matches("from=1990&case-from=2000") == {outcome}
    assert filtered("case-barrier=no&case-page=2").unknown_parameters == ["case-page"]
    assert [label for label, _ in filtered("case-barrier=no").validation_errors] == [
        "Barriers"
    ]
    assert other in matches()


def test_the_address_has_the_filters_of_cases_and_the_form_hides_what_no_facet_shows():
    weyhe(country="FI")
    barrier()
    query = "tag=night&case-barrier=mistrust&country=FI&kind=barrier&sort=year&page=1"
    filterset = filtered(query.replace("tag=night&", ""))
    assert filterset.query == "?case-barrier=mistrust&country=FI&kind=barrier&sort=year"
    assert filterset.hidden_parameters == [("case-barrier", "mistrust")]
    assert [(chip.label, chip.query) for chip in filterset.chips][:2] == [
        ("Mistrust", "?country=FI&kind=barrier&sort=year"),
        ("Finland", "?case-barrier=mistrust&kind=barrier&sort=year"),
    ]


def test_the_works_behind_findings_have_their_filters():
    case = weyhe(country="FI")
    finding = saving(initiative=case)
    saving(initiative=case, figure_value=None, figure_unit="", figure_period="")
    saving()
    query = filtered(
        "kind=saving&figure=1&country=FI&case-q=weyhe&sort=year"
    ).works_query
    assert query == "?finding-kind=saving&finding-figure=1&case-q=weyhe&country=FI"
    assert filtered("").works_query == ""
    assert finding in matches("kind=saving&figure=1&country=FI")


# The whole list


def test_its_total_is_the_number_of_findings_on_the_home_page():
    case = weyhe()
    saving(initiative=case)
    FindingFactory(initiative=case, sources=0)
    FindingFactory(initiative=case, kind="mode")
    assert len(matches()) == public_statistics()["statements"] == 1


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_findings_of_hidden_cases_are_neither_listed_nor_counted(status):
    area = ConceptFactory(scheme="service-areas", slug="health")
    hidden = InitiativeFactory(
        status=status,
        status_note="Why.",
        country="FI",
        service_areas=[area.pk],
        tags=["night"],
    )
    barrier(initiative=hidden, year=2014)
    filterset = filtered("case-tag=night")
    assert list(filtered().matches) == []
    for facet in filterset.facets:
        assert {option.count for option in facet.options} <= {0}, facet.name
    assert filtered().histogram.bars == []


def test_orders():
    late = InitiativeFactory(name="Zebra", revised_on="2026-11-24")
    early = InitiativeFactory(name="Åbo", revised_on="2020-01-01")
    zebra = FindingFactory(initiative=late, year=1990, sources=2)
    last = FindingFactory(initiative=early, position=2, year=2014)
    first = FindingFactory(initiative=early, position=1)
    assert in_order() == [first, last, zebra]
    assert in_order("sort=year") == [last, zebra, first]
    assert in_order("sort=sources") == [zebra, first, last]
    assert in_order("sort=updated") == [zebra, first, last]
    assert filtered("sort=nonsense").validation_errors


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "1 finding"),
        ("kind=saving&figure=1", "1 finding on savings, with a figure"),
        (
            "kind=saving&country=GB&from=2010",
            "0 findings of 0 cases in the United Kingdom, on savings, of 2010 or later",
        ),
        (
            "direction=helped&basis=coded&locator=1&single-work=1",
            "1 finding with the result helped, coded by us, with a page or section, "
            "resting on a single work",
        ),
        ("kind=nonsense", "Nothing to show"),
    ],
)
def test_the_query_in_words(query, sentence):
    saving()
    assert filtered(query).sentence == sentence
