"""The expected content and counts of lists, computed by plain SQL.

A query is a mapping of parameters to lists of values, as in the address of a list.
"""

import unicodedata
from functools import partial

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from initiatives.codebook import Codebook
from initiatives.models import (
    Finding,
    Initiative,
    Source,
    TaggedInitiative,
    country_names,
)
from initiatives.schemes import SCHEMES
from references.models import Contribution, Reference

PARAMETERS = {words.parameter: words.slug for words in SCHEMES.values()}
# Facets that are columns of the case.
COLUMNS = ("country", "settlement", "reach")
FACETS_OF_CASES = [*PARAMETERS, *COLUMNS, "tag"]


def narrow(records, query, facet, condition_of):
    """Return the records that have any of the values, or all if the query says so."""
    conditions = [condition_of(value) for value in query.get(facet, [])]
    if f"{facet}-all" in query:
        for condition in conditions:
            records = records.filter(condition)
    elif conditions:
        any_of_them = conditions[0]
        for condition in conditions[1:]:
            any_of_them |= condition
        records = records.filter(any_of_them)
    return records


def narrow_years(records, query, field):
    if "from" in query:
        records = records.filter(**{f"{field}__gte": query["from"][0]})
    if "to" in query:
        records = records.filter(**{f"{field}__lte": query["to"][0]})
    return records


def column_condition(column, value):
    return Q(**{column: value})


def tag_condition(slug):
    tagged = TaggedInitiative.objects.filter(
        content_object=OuterRef("pk"), tag__slug=slug
    )
    return Q(Exists(tagged))


def uses(of_cases):
    """Return the sources of public statements of these cases, with their ``case``."""
    case = Coalesce("finding__initiative", "conflict__initiative")
    return Source.objects.published().annotate(case=case).filter(case__in=of_cases)


class Oracle:
    """Correct answers to queries, with the current codebook."""

    def __init__(self):
        self.codebook = Codebook()

    def cases(self, query):
        """Return the initiatives that meet a query, without an order."""
        found = narrow_years(Initiative.objects.published(), query, "start_year")
        for parameter, scheme in PARAMETERS.items():
            found = narrow(found, query, parameter, partial(self._having_term, scheme))
        for column in COLUMNS:
            found = narrow(found, query, column, partial(column_condition, column))
        return narrow(found, query, "tag", tag_condition)

    def _having_term(self, scheme, slug):
        """Return the condition of having a term or a narrower one, in any role."""
        terms = self.codebook.with_narrower(self.codebook.find(scheme, [slug]))
        findings = Finding.objects.published().filter(initiative=OuterRef("pk"))
        on_term = Q(concept__in=terms) | Q(strategies__in=terms)
        areas = Initiative.service_areas.through.objects.filter(
            initiative=OuterRef("pk"), servicearea__in=terms
        )
        return Q(Exists(findings.filter(on_term))) | Q(Exists(areas))

    def works(self, query):
        """Return the works that meet a query, without an order.

        If it chooses cases, they are the works behind these cases.
        """
        found = narrow_years(Reference.objects.all(), query, "issued_year")
        public, chosen = Initiative.objects.published(), self.cases_of(query)
        behind = uses(public if chosen is None else chosen)
        if chosen is not None:
            found = found.filter(Exists(behind.filter(reference=OuterRef("pk"))))

        def cited(slug):
            by_case = uses(public.filter(slug=slug))
            return Q(Exists(by_case.filter(reference=OuterRef("pk"))))

        def cited_for(kind):
            for_kind = behind.filter(finding__kind=kind, reference=OuterRef("pk"))
            return Q(Exists(for_kind))

        found = narrow(found, query, "type", lambda kind: Q(type=kind))
        listed = Q(chapter_position__isnull=False)
        found = narrow(found, query, "chapter", lambda _: listed)
        found = narrow(found, query, "author", made_by)
        found = narrow(found, query, "cited", cited)
        return narrow(found, query, "kind", cited_for)

    def cases_of(self, query):
        """Return the cases that a query of works chooses; None if it chooses none."""
        names = {"case-from": "from", "case-to": "to"}
        for facet in FACETS_OF_CASES:
            names |= {facet: facet, f"{facet}-all": f"{facet}-all"}
        chosen = {names[name]: query[name] for name in names if name in query}
        filters = [name for name in chosen if not name.endswith("-all")]
        return self.cases(chosen) if filters else None

    def count(self, records_of, query, facet, value):
        """Return how many records there would be if a value of a facet were chosen.

        It is counted alone, or with the values chosen already if all are required.
        """
        chosen = query.get(facet, []) if f"{facet}-all" in query else []
        return records_of(query | {facet: [*chosen, value]}).count()


def made_by(slug):
    made = Contribution.objects.filter(person__slug=slug, reference=OuterRef("pk"))
    return Q(Exists(made))


def sort_text(text):
    """Return a text without case, accents and punctuation."""
    signs = unicodedata.normalize("NFKD", text.casefold())
    letters = (sign for sign in signs if sign.isalnum() or sign.isspace())
    return " ".join("".join(letters).split())


def cases_in_order(cases, sort):
    """Return the primary keys in this order. Ties are sorted by key."""
    places = {code: place for place, (code, _) in enumerate(country_names())}
    by = {
        "name": lambda case: 0,
        "year": lambda case: -(case.start_year or 0),
        "country": lambda case: places[case.country],
        "findings": lambda case: -case.n_findings,
        "updated": lambda case: (
            -(case.changed_on.toordinal() if case.changed_on else 0)
        ),
    }[sort]
    cases = cases.with_finding_counts().with_dates()
    keys = [(by(case), sort_text(case.name), case.pk) for case in cases]
    return [key for *_, key in sorted(keys)]


def works_in_order(works, sort):
    """Return the primary keys in this order. Ties are sorted by key."""
    public = uses(Initiative.objects.published()).order_by().values_list("reference")
    n_cases = dict(public.annotate(n=Count("case", distinct=True)))
    n_findings = dict(public.annotate(n=Count("finding", distinct=True)))
    by = {
        "author": lambda work: 0,
        "newest": lambda work: (work.issued_year is None, -(work.issued_year or 0)),
        "title": lambda work: (sort_text(work.title), work.pk),
        "updated": lambda work: -work.revised_on.toordinal(),
        "cited": lambda work: (-n_cases.get(work.pk, 0), -n_findings.get(work.pk, 0)),
    }[sort]
    keys = [(by(work), sort_text(work.key), work.pk) for work in works]
    return [key for *_, key in sorted(keys)]


def statistics():
    """Return name → number of findings of public cases, by several conditions."""
    findings = Finding.objects.published()
    statements = findings.statements()
    of_public_cases = Finding.objects.of_public_cases().statements()
    n_works = Count("sources__reference", distinct=True)
    return {
        "statements": statements.count(),
        "modes": findings.filter(kind="mode").count(),
        "unsourced": of_public_cases.unsourced().count(),
        "stated": statements.filter(basis="stated").count(),
        "coded": statements.filter(basis="coded").count(),
        "single_work": statements.annotate(n=n_works).filter(n=1).count(),
        "secondary_only": statements.exclude(sources__via="primary").count(),
    }
