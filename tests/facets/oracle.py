"""What lists show and count, by plain SQL: the truth that the index is held to.

A query is a mapping of parameters to lists of values, as the address of a list has it.
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
FACETS_OF_CASES = [*PARAMETERS, "country", "tag"]


def narrowed(records, query, facet, having):
    """The records that have any of the values, or, where so asked, all of them."""
    conditions = [having(value) for value in query.get(facet, [])]
    if f"{facet}-all" in query:
        for condition in conditions:
            records = records.filter(condition)
    elif conditions:
        any_of_them = conditions[0]
        for condition in conditions[1:]:
            any_of_them |= condition
        records = records.filter(any_of_them)
    return records


def within_years(records, query, field):
    if "from" in query:
        records = records.filter(**{f"{field}__gte": query["from"][0]})
    if "to" in query:
        records = records.filter(**{f"{field}__lte": query["to"][0]})
    return records


def having_tag(slug):
    tagged = TaggedInitiative.objects.filter(
        content_object=OuterRef("pk"), tag__slug=slug
    )
    return Q(Exists(tagged))


def uses(of_cases):
    """Uses of works by public statements of these cases, each with its ``case``."""
    case = Coalesce("finding__initiative", "conflict__initiative")
    return Source.objects.published().annotate(case=case).filter(case__in=of_cases)


class Truth:
    """The answers to queries, with the codebook as it is now."""

    def __init__(self):
        self.codebook = Codebook()

    def cases(self, query):
        """The initiatives of a query, in no order."""
        found = within_years(Initiative.objects.published(), query, "start_year")
        for parameter, scheme in PARAMETERS.items():
            found = narrowed(
                found, query, parameter, partial(self._having_term, scheme)
            )
        found = narrowed(found, query, "country", lambda code: Q(country=code))
        return narrowed(found, query, "tag", having_tag)

    def _having_term(self, scheme, slug):
        """With a term or a narrower one, in whatever way."""
        terms = self.codebook.with_narrower(self.codebook.find(scheme, [slug]))
        findings = Finding.objects.published().filter(initiative=OuterRef("pk"))
        on_term = Q(concept__in=terms) | Q(strategies__in=terms)
        areas = Initiative.service_areas.through.objects.filter(
            initiative=OuterRef("pk"), servicearea__in=terms
        )
        return Q(Exists(findings.filter(on_term))) | Q(Exists(areas))

    def works(self, query):
        """The works of a query, in no order: of the cases that it chooses, if any."""
        found = within_years(Reference.objects.all(), query, "issued_year")
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

        found = narrowed(found, query, "type", lambda kind: Q(type=kind))
        listed = Q(chapter_position__isnull=False)
        found = narrowed(found, query, "chapter", lambda _: listed)
        found = narrowed(found, query, "author", made_by)
        found = narrowed(found, query, "cited", cited)
        return narrowed(found, query, "kind", cited_for)

    def cases_of(self, query):
        """The cases that a query for works chooses, None if it chooses none."""
        names = {"case-from": "from", "case-to": "to"}
        for facet in FACETS_OF_CASES:
            names |= {facet: facet, f"{facet}-all": f"{facet}-all"}
        chosen = {names[name]: query[name] for name in names if name in query}
        filters = [name for name in chosen if not name.endswith("-all")]
        return self.cases(chosen) if filters else None

    def count(self, records_of, query, facet, value):
        """How many records there would be if a value were chosen of a facet.

        Alone, for values widen; with those chosen, where all of them are wanted.
        """
        chosen = query.get(facet, []) if f"{facet}-all" in query else []
        return records_of(query | {facet: [*chosen, value]}).count()


def made_by(slug):
    made = Contribution.objects.filter(person__slug=slug, reference=OuterRef("pk"))
    return Q(Exists(made))


def heard(text):
    """A text as people sort it: no case, no accents, no punctuation."""
    signs = unicodedata.normalize("NFKD", text.casefold())
    letters = (sign for sign in signs if sign.isalnum() or sign.isspace())
    return " ".join("".join(letters).split())


def cases_in_order(found, sort):
    """Primary keys. Of two that are alike in all else the older comes first."""
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
    found = found.with_finding_counts().with_dates()
    keys = [(by(case), heard(case.name), case.pk) for case in found]
    return [key for *_, key in sorted(keys)]


def works_in_order(found, sort):
    """Primary keys. Of two that are alike in all else the older comes first."""
    public = uses(Initiative.objects.published()).order_by().values_list("reference")
    n_cases = dict(public.annotate(n=Count("case", distinct=True)))
    n_findings = dict(public.annotate(n=Count("finding", distinct=True)))
    by = {
        "author": lambda work: 0,
        "newest": lambda work: (work.issued_year is None, -(work.issued_year or 0)),
        "title": lambda work: (heard(work.title), work.pk),
        "updated": lambda work: -work.revised_on.toordinal(),
        "cited": lambda work: (-n_cases.get(work.pk, 0), -n_findings.get(work.pk, 0)),
    }[sort]
    keys = [(by(work), heard(work.key), work.pk) for work in found]
    return [key for *_, key in sorted(keys)]


def figures():
    """How many findings of public cases there are, of which sorts."""
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
