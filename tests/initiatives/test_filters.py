"""The filter form of the list of initiatives."""

import pytest
from django.http import QueryDict

from casebase.change_tracking.transactions import update_derived_data
from initiatives.filters import InitiativeFilter
from initiatives.models import Concept, Initiative
from initiatives.schemes import CODED_SCHEMES, SCHEMES
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
)
from tests.once import once_except

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PARAMETERS = [words.parameter for words in SCHEMES.values()]
# In these ways terms belong to cases: of their findings, of responses, their own.
WAYS = {"barrier", "strategy", "service-area"}


def filtered(query=""):
    cases = Initiative.objects.published().with_card_details()
    return InitiativeFilter(QueryDict(query), cases)


def matches(query=""):
    """Return the records as a set, because names with numbers sort otherwise."""
    return set(filtered(query).matches)


def in_order(query=""):
    return list(filtered(query).matches)


def counts(query, name):
    facet = next(f for f in filtered(query).facets if f.name == name)
    return {option.value: option.count for option in facet.options if option.count}


def case_with(parameter, slug, **fields):
    """Create a case with a term of the scheme that has this parameter."""
    [scheme] = [one.slug for one in SCHEMES.values() if one.parameter == parameter]
    concept = Concept.objects.filter(scheme=scheme, slug=slug).first()
    concept = concept or ConceptFactory(
        scheme=scheme, slug=slug, label=slug.capitalize()
    )
    case = InitiativeFactory(**fields)
    if parameter == "service-area":
        case.service_areas.add(concept.pk)
    elif parameter == "strategy":
        FindingFactory(
            initiative=case, kind="barrier", response="So.", strategies=[concept.pk]
        )
    else:
        FindingFactory(initiative=case, kind=parameter, concept=concept)
    return case


@pytest.mark.parametrize("parameter", once_except(WAYS, PARAMETERS))
class TestEveryTermFacet:
    def test_one_value_narrows_the_list(self, parameter):
        with_term = case_with(parameter, "here")
        case_with(parameter, "elsewhere")
        assert matches(f"{parameter}=here") == {with_term}

    def test_two_values_widen_the_list(self, parameter):
        cases = [case_with(parameter, "here"), case_with(parameter, "there")]
        case_with(parameter, "elsewhere")
        assert matches(f"{parameter}=here&{parameter}=there") == set(cases)

    def test_counts_ignore_the_choice_in_the_same_facet(self, parameter):
        case_with(parameter, "here", country="DE")
        case_with(parameter, "there", country="DE")
        case_with(parameter, "there", country="FI")
        both = {"here": 1, "there": 2}
        assert counts(f"{parameter}=here", parameter) == both
        assert counts("country=DE", parameter) == {"here": 1, "there": 1}
        assert counts(f"{parameter}=here", "country") == {"DE": 1}

    def test_an_unknown_value_is_an_error_and_finds_nothing(self, parameter):
        case_with(parameter, "here")
        filterset = filtered(f"{parameter}=nonsense")
        assert list(filterset.matches) == []
        [(_label, message)] = filterset.validation_errors
        assert "nonsense" in message


@pytest.mark.parametrize("kind", once_except({"barrier"}, CODED_SCHEMES))
def test_a_case_with_two_findings_of_a_term_counts_once(kind):
    case = case_with(kind, "here")
    finding = case.findings.get()
    FindingFactory(initiative=case, kind=kind, concept=finding.concept)
    assert counts("", kind) == {"here": 1}
    assert matches(f"{kind}=here") == {case}


def test_two_facets_narrow_the_list():
    both = case_with("barrier", "mistrust", country="DE")
    case_with("barrier", "mistrust", country="FI")
    InitiativeFactory(country="DE")
    assert matches("barrier=mistrust&country=DE") == {both}


def test_a_broader_term_includes_its_narrower_ones():
    health = ConceptFactory(scheme="service-areas", slug="health")
    mental = ConceptFactory(scheme="service-areas", slug="mental", broader=health)
    InitiativeFactory(service_areas=[mental.pk, health.pk])
    InitiativeFactory(service_areas=[mental.pk])
    assert counts("", "service-area") == {"health": 2, "mental": 2}
    assert len(matches("service-area=health")) == 2


def test_a_former_slug_filters_and_its_chip_removes_it():
    case = case_with("barrier", "mistrust")
    FormerSlugFactory(concept=case.findings.get().concept, slug="distrust")
    filterset = filtered("barrier=distrust&country=DE")
    assert list(filterset.matches) == [case]
    assert [(chip.label, chip.query) for chip in filterset.chips] == [
        ("Mistrust", "?country=DE"),
        ("Germany", "?barrier=distrust"),
    ]


def test_countries_filter_and_are_counted():
    weyhe, helsinki = InitiativeFactory(), InitiativeFactory(country="FI")
    InitiativeFactory(country="GB")
    assert matches("country=FI") == {helsinki}
    assert matches("country=FI&country=DE") == {weyhe, helsinki}
    assert counts("country=FI", "country") == {"DE": 1, "FI": 1, "GB": 1}


def test_a_country_without_cases_is_valid_but_an_unknown_one_is_not():
    InitiativeFactory()
    kenya = filtered("country=KE")
    assert list(kenya.matches) == []
    assert kenya.validation_errors == []
    assert filtered("country=XX").validation_errors == [
        ("Country", "“XX” is not a country code.")
    ]


def test_tags_filter_and_are_counted():
    night = InitiativeFactory(tags=["night-time"])
    young = InitiativeFactory(tags=["young people"])
    InitiativeFactory(tags=["sport"])
    assert matches("tag=night-time") == {night}
    assert matches("tag=night-time&tag=young-people") == {night, young}
    assert counts("tag=sport", "tag") == {
        "night-time": 1,
        "young-people": 1,
        "sport": 1,
    }
    assert filtered("tag=nonsense").validation_errors == [
        ("Tag", "There is no tag “nonsense”.")
    ]


def test_years_filter_by_the_start():
    old, new = InitiativeFactory(start_year=1992), InitiativeFactory(start_year=2016)
    InitiativeFactory(start_year=None)
    assert matches("from=2000") == {new}
    assert matches("to=2000") == {old}
    assert matches("from=1992&to=2016") == {old, new}


@pytest.mark.parametrize("nonsense", ["abcd", "12", "99999", "2010.5", "-2010", "%00"])
def test_an_invalid_year_is_an_error(nonsense):
    InitiativeFactory()
    filterset = filtered(f"from={nonsense}")
    assert list(filterset.matches) == []
    assert [label for label, _ in filterset.validation_errors] == ["Begun since"]


@pytest.mark.parametrize(
    "query", ["sort=nonsense", "page=-1", "page=0", "page=x", "q=%00", "q=" + "x" * 201]
)
def test_an_invalid_order_page_or_query_is_an_error(query):
    InitiativeFactory()
    filterset = filtered(query)
    assert list(filterset.matches) == []
    assert len(filterset.validation_errors) == 1


def test_every_error_is_listed():
    filterset = filtered("country=XX&page=-1&barrier=nonsense&from=abcd")
    labels = [label for label, _ in filterset.validation_errors]
    assert sorted(labels) == ["Barriers", "Begun since", "Country", "Page"]


def test_unknown_parameters_are_listed_unless_mailings_add_them():
    assert filtered("countri=DE&utm_source=letter").unknown_parameters == ["countri"]


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_unpublished_cases_are_neither_shown_nor_counted(status):
    case_with("barrier", "mistrust", status=status, status_note="Why.", tags=["night"])
    assert matches() == matches("barrier=mistrust") == set()
    for name in ("barrier", "country", "tag"):
        assert counts("", name) == {}


def test_a_finding_without_a_source_does_not_count():
    mistrust = ConceptFactory(slug="mistrust")
    FindingFactory(kind="barrier", concept=mistrust, sources=0)
    assert counts("", "barrier") == {}
    assert matches("barrier=mistrust") == set()


def test_words_narrow_the_list_and_combine_with_facets():
    case = case_with("barrier", "mistrust", summary="Timebank.", country="FI")
    case_with("barrier", "mistrust", summary="Library.", country="FI")
    both = {case, case_with("barrier", "stigma", name="Timebanks", country="DE")}
    update_derived_data()
    assert matches("q=timebank") == both
    assert matches("q=timebank&barrier=mistrust") == {case}
    assert matches("q=library&country=DE") == set()
    assert counts("q=timebank", "country") == {"DE": 1, "FI": 1}
    assert filtered("q=%21%3F").validation_errors == [
        ("Words", "“!?” has no word to look for.")
    ]


def test_with_words_the_best_match_comes_first():
    third = InitiativeFactory(name="A", summary="Peers in the town.")
    second = InitiativeFactory(name="B", summary="Peers help peers in the town.")
    first = InitiativeFactory(name="Peers")
    update_derived_data()
    best_first = [first, second, third]
    assert in_order("q=peer") == in_order("q=peer&sort=relevance") == best_first
    assert in_order("q=peer&sort=name") == [third, second, first]
    # Cases can’t be ranked by a word that they lack, so the list keeps its own order.
    assert in_order("q=-nowhere") == [third, second, first]
    assert filtered("q=peer").sort == "relevance"
    assert filtered("").sort == "name"
    [(label, _)] = filtered("sort=relevance").validation_errors
    assert label == "Sort by"


def test_another_spelling_is_suggested_if_it_finds_more():
    case_with("barrier", "mistrust", summary="Beekeepers.", country="FI")
    case_with("barrier", "mistrust", summary="Gardeners.", country="DE")
    update_derived_data()
    filterset = filtered("q=beekepers&country=FI&page=3")
    assert (filterset.better_words, filterset.better_query) == (
        "beekeepers",
        "?q=beekeepers&country=FI",
    )
    for query in ("q=beekepers&country=DE", "q=beekeepers", "q=!!", "country=FI"):
        assert filtered(query).better_words is None
    kept = filtered("q=beekeepers")
    assert kept.better_query == kept.query_without_exclusions == "?q=beekeepers"


def test_every_order_sorts_the_list():
    first = InitiativeFactory(name="A", start_year=1990, country="GB")
    second = InitiativeFactory(name="B", start_year=2010, country="DE")
    FindingFactory(initiative=second)
    third = InitiativeFactory(name="C", start_year=None, country="FI")
    by_name = [first, second, third]
    assert in_order() == in_order("sort=name") == by_name
    assert in_order("sort=year") == [second, first, third]
    # By the names of countries: Finland, Germany, United Kingdom.
    assert in_order("sort=country") == [third, second, first]
    assert in_order("sort=findings") == [second, first, third]


def test_the_query_in_words():
    InitiativeFactory()
    case_with("barrier", "mistrust", country="NL", start_year=2012)
    ConceptFactory(slug="stigma", label="Shame and fear")
    assert filtered().sentence == "2 cases"
    sentence = "1 case that met the barrier “Mistrust”"
    assert filtered("barrier=mistrust").sentence == sentence
    assert (
        filtered("barrier=mistrust&barrier=stigma&country=NL&from=2010").sentence
        == f"{sentence} or “Shame and fear”, in the Netherlands, "
        "begun in 2010 or later"
    )


def test_a_chip_removes_its_own_value_and_the_page_number():
    InitiativeFactory(start_year=2000)
    filterset = filtered("country=DE&country=FI&from=1990&sort=year&page=1")
    assert {chip.label: chip.query for chip in filterset.chips} == {
        "Germany": "?country=FI&from=1990&sort=year",
        "Finland": "?country=DE&from=1990&sort=year",
        "begun in 1990 or later": "?country=DE&country=FI&sort=year",
    }


def test_a_case_in_the_list_has_the_findings_it_was_found_by():
    case = case_with("barrier", "mistrust")
    FindingFactory(initiative=case)
    [shown] = filtered("barrier=mistrust").current_page.object_list
    assert shown.reasons == [case.findings.get(kind="barrier")]
    [shown] = filtered("country=DE").current_page.object_list
    assert shown.reasons == []
