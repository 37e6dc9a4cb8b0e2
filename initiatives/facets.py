"""Which terms, countries and tags a set of initiatives has. Knows nothing of HTTP.

Plain SQL, one query for each kind of link: the truth that a faster index is held to.
"""

from collections import Counter, defaultdict

from initiatives.models import Finding, Initiative, TaggedInitiative


def cases_by_concept(initiatives, codebook):
    """Concept key → keys of the initiatives that have it or a narrower term.

    Three queries: terms of findings, strategies of responses, service areas.
    """
    cases = defaultdict(set)
    for concept, initiative in _pairs(initiatives):
        for key in codebook.with_broader(concept):
            cases[key].add(initiative)
    return cases


def _pairs(initiatives):
    chosen = initiatives.order_by().values("pk")
    findings = Finding.objects.published().filter(initiative__in=chosen)
    areas = Initiative.service_areas.through.objects
    yield from (
        findings.filter(concept__isnull=False)
        .order_by()
        .values_list("concept", "initiative")
        .distinct()
    )
    yield from (
        findings.filter(strategies__isnull=False)
        .order_by()
        .values_list("strategies", "initiative")
        .distinct()
    )
    yield from areas.filter(initiative__in=chosen).values_list(
        "servicearea", "initiative"
    )


def count_by_country(initiatives):
    """ISO code → number of initiatives. One query."""
    return Counter(initiatives.order_by().values_list("country", flat=True))


def count_by_tag(initiatives):
    """Slug of a tag → number of initiatives. One query."""
    tagged = TaggedInitiative.objects.filter(
        content_object__in=initiatives.order_by().values("pk")
    )
    return Counter(tagged.values_list("tag__slug", flat=True))
