"""Findings of cases for tests, and the list of findings that a query gives."""

from django.http import QueryDict

from initiatives.findings.filters import FindingFilter
from initiatives.models import Finding
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)


def filtered(query=""):
    findings = Finding.objects.published().statements().with_list_details()
    return FindingFilter(QueryDict(query), findings)


def matches(query=""):
    return set(filtered(query).matches)


def in_order(query=""):
    return list(filtered(query).matches)


def counts(query, name):
    facet = next(facet for facet in filtered(query).facets if facet.name == name)
    return {option.value: option.count for option in facet.options if option.count}


def saving(**fields):
    """Create a saving of 805 hours, on page 24 of a work."""
    figure = {"figure_value": 805, "figure_unit": "hours", "figure_period": "2014"}
    fields = {"statement": "Patrols saved the police 805 hours."} | figure | fields
    finding = FindingFactory(kind="saving", direction="helped", sources=0, **fields)
    work = ReferenceFactory(title="Streetwatcher", issued_year=2014)
    SourceFactory(finding=finding, reference=work, locator="P. 24")
    return finding


def barrier(slug="mistrust", **fields):
    """Create a finding on a barrier, with a response that helped."""
    concept = ConceptFactory(slug=slug, label=slug.capitalize())
    answer = {"response": "They were asked to take part.", "direction": "helped"}
    return FindingFactory(kind="barrier", concept=concept, **(answer | fields))


def weyhe(**fields):
    names = {"slug": "weyhe", "name": "Streetwatchers in Weyhe"}
    return InitiativeFactory(**(names | fields))
