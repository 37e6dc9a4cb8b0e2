"""The expected content of the list of findings, computed by plain SQL."""

from functools import partial

from django.db.models import Count, Exists, OuterRef, Q

from initiatives.models import Conflict, Finding, Initiative, Source
from references.models import Reference
from tests.facets.oracle import (
    FACETS_OF_CASES,
    PARAMETERS,
    Oracle,
    narrow,
    narrow_years,
    sort_text,
    uses,
)

COLUMNS = ("kind", "direction", "basis")
SWITCHES = ("figure", "locator", "single-work", "second-hand", "disputed")
# Schemes whose terms findings have; the other two are those of cases.
OWN_TERMS = [name for name in PARAMETERS if name not in ("mode", "service-area")]
OWN_FACETS = [*OWN_TERMS, *COLUMNS, "grade", "response", *SWITCHES]
# Facet of cases → its parameter in the list of findings.
CASE_PARAMETERS = {
    name: f"case-{name}" if name in OWN_TERMS else name for name in FACETS_OF_CASES
} | {"from": "case-from", "to": "case-to"}


def located():
    sources = Source.objects.filter(finding=OuterRef("pk")).exclude(locator="")
    return Q(Exists(sources))


def switch_condition(name):
    return {
        "figure": Q(figure_value__isnull=False),
        "locator": located(),
        "single-work": Q(pk__in=Finding.objects.on_single_work()),
        "second-hand": ~Q(Exists(read_itself())),
        "disputed": Q(Exists(open_conflicts())),
    }[name]


def read_itself():
    return Source.objects.filter(finding=OuterRef("pk"), via="primary")


def open_conflicts():
    return Conflict.objects.filter(findings=OuterRef("pk"), is_settled=False)


def grade_condition(slug):
    return Q(grade=("thin", "supported", "well").index(slug))


def response_condition(value):
    answered = Q(kind__in=["barrier", "risk"])
    return answered & (~Q(response="") if value == "1" else Q(response=""))


class FindingOracle(Oracle):
    """Correct answers to queries of findings."""

    def findings(self, query):
        """Return the public statements that meet a query, without an order."""
        found = Finding.objects.published().statements()
        found = narrow_years(found, query, "year")
        for name in OWN_TERMS:
            found = narrow(found, query, name, partial(self._on_term, name))
        for name in COLUMNS:
            found = narrow(found, query, name, lambda v, name=name: Q(**{name: v}))
        found = narrow(found, query, "grade", grade_condition)
        found = narrow(found, query, "response", response_condition)
        for name in SWITCHES:
            found = narrow(
                found, query, name, lambda _, name=name: switch_condition(name)
            )
        cases = self.cases(self.query_of_cases(query))
        return found.filter(initiative__in=cases.values("pk"))

    def _on_term(self, name, slug):
        found = self.codebook.find(PARAMETERS[name], [slug])
        terms = self.codebook.with_narrower(found)
        with_strategy = Finding.strategies.through.objects.filter(
            finding=OuterRef("pk"), strategy__in=terms
        )
        return Q(concept__in=terms) | Q(Exists(with_strategy))

    def query_of_cases(self, query):
        chosen = {}
        for name, parameter in CASE_PARAMETERS.items():
            for end in ("", "-all"):
                if f"{parameter}{end}" in query:
                    chosen[f"{name}{end}"] = query[f"{parameter}{end}"]
        return chosen

    def works_behind(self, query):
        """Return the works that these findings rest on, without an order."""
        behind = Source.objects.filter(finding__in=self.findings(query).values("pk"))
        return Reference.objects.filter(Exists(behind.filter(reference=OuterRef("pk"))))


def findings_in_order(findings, sort):
    """Return the primary keys in this order. Ties are sorted by case and position."""
    works = dict(
        Source.objects.filter(finding__isnull=False)
        .order_by()
        .values_list("finding")
        .annotate(n=Count("reference", distinct=True))
    )
    by = {
        "name": lambda finding: 0,
        "year": lambda finding: -(finding.year or 0),
        "sources": lambda finding: -works[finding.pk],
        "updated": lambda finding: (
            -(finding.changed_on.toordinal() if finding.changed_on else 0)
        ),
    }[sort]
    keys = [
        (
            *(by(one), sort_text(one.initiative.name), one.initiative_id),
            *(one.position, one.pk),
        )
        for one in findings.with_dates().select_related("initiative")
    ]
    return [key for *_, key in sorted(keys)]


def citing_counts(work, findings):
    """Return case → number of these findings that rest on the work, most first."""
    rows = uses(Initiative.objects.published())
    rows = rows.filter(reference=work, finding__in=findings.values("pk"))
    counts = (
        rows.order_by().values_list("case").annotate(n=Count("finding", distinct=True))
    )
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))
