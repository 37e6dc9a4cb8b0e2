"""The querysets of cases, findings and the codebook.

A docstring that begins with “…” continues that of its class: “Terms … that have this
slug or once had it.”
"""

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from initiatives.evidence_grade.rules import Level
from initiatives.source_querysets import prefetch_sources
from initiatives.status_transitions import REVIEW


def latest_first(*fields):
    """Order by the fields, descending, with nulls last: databases differ on nulls."""
    return [F(field).desc(nulls_last=True) for field in fields]


def case_dates(path=""):
    """Return the expressions of ``appeared_on`` and ``changed_on`` of cases.

    ``path`` leads to the case: “initiative__”.
    """
    published, revised = f"{path}published_on", f"{path}revised_on"
    appeared_on = Coalesce(published, revised)
    changed_on = Greatest(appeared_on, Coalesce(revised, published))
    return {"appeared_on": appeared_on, "changed_on": changed_on}


class SchemeQuerySet(models.QuerySet):
    """Schemes …"""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def with_sources(self):
        return self.prefetch_related("sources__reference__contributions__person")


class OrganisationQuerySet(models.QuerySet):
    """Organisations …"""

    def get_by_natural_key(self, name):
        return self.get(name=name)


class ConceptQuerySet(models.QuerySet):
    """Terms …"""

    def get_by_natural_key(self, scheme, slug):
        return self.get(scheme=scheme, slug=slug)

    def with_current_or_former_slug(self, slug):
        """… that have this slug or once had it."""
        return self.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).distinct()

    def codable(self):
        """… that findings may be coded with: headings only group others."""
        return self.filter(is_heading=False)

    def without_cases(self):
        """… that a case could have but no case has, whatever its status."""
        findings = self.model._meta.get_field("findings").related_model
        cases = findings._meta.get_field("initiative").related_model
        as_strategy = findings.strategies.through.objects
        as_area = cases.service_areas.through.objects
        return self.codable().exclude(
            Exists(findings.objects.filter(concept=OuterRef("pk")))
            | Exists(as_strategy.filter(strategy=OuterRef("pk")))
            | Exists(as_area.filter(servicearea=OuterRef("pk")))
        )

    def with_sources(self):
        return self.prefetch_related("sources__reference__contributions__person")


class InitiativeQuerySet(models.QuerySet):
    """Initiatives …"""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def with_current_or_former_slug(self, slug):
        """… that have this slug or once had it."""
        return self.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).distinct()

    def published(self):
        """… that readers may see. Every public page starts from this queryset."""
        return self.filter(status="published")

    def withdrawn(self):
        return self.filter(status="withdrawn")

    def cited_by_the_chapter(self):
        """… about which Loeffler (2021), the chapter, cites a work."""
        return self.filter(documentation__is_cited_by_chapter=True).distinct()

    def newest(self):
        """… with the last published first; on one day, the latest sources first."""
        return self.order_by(*latest_first("published_on", "last_source_year"), "name")

    def with_dates(self):
        """… with ``appeared_on`` and ``changed_on``, which are None if unknown.

        They are the days on which readers could first see the case, and its present
        version.
        """
        return self.annotate(**case_dates())

    def recently_changed(self):
        """… that were published or revised on a known day, the latest first."""
        dated = self.with_dates().filter(changed_on__isnull=False)
        return dated.order_by("-changed_on", "name")

    def latest_revision(self):
        """Return the latest date of a revision, None if there is none."""
        return self.aggregate(latest=Max("revised_on"))["latest"]

    def reachable(self):
        """… that have a public address: it shows the case or why it was withdrawn."""
        return self.filter(status__in=["published", "withdrawn"])

    def changeable_by(self, user):
        """… whose status lets the user change them: all cases, or only drafts."""
        if user.has_perm(REVIEW):
            return self
        return self.filter(status="draft")

    def last_sourced_before(self, year):
        """… whose latest source is older than this year."""
        return self.filter(last_source_year__lt=year)

    def in_country(self, code):
        return self.filter(country=code)

    def with_finding_counts(self):
        """… with ``n_findings``, the number of findings that readers may see."""
        findings = self._related_model("findings").objects.published().statements()
        return self.annotate(n_findings=findings.counted_by_case())

    def with_desk_counts(self):
        """… with the counts of the desk, whatever their status.

        ``n_findings`` includes modes, ``n_unsourced`` of them have no source.
        ``in_review_since`` is from the completeness of the case.
        """
        findings = self._related_model("findings").objects
        return self.annotate(
            n_findings=findings.counted_by_case(),
            n_unsourced=findings.unsourced().counted_by_case(),
            in_review_since=F("completeness__in_review_since"),
        )

    def with_card_details(self):
        """… with what a card in a list shows. Two more queries for any number."""
        findings = self._related_model("findings")
        modes = findings.objects.filter(kind="mode").select_related("concept")
        modes = modes.order_by("concept__order", "concept", "pk")
        return self.with_finding_counts().prefetch_related(
            "service_areas",
            Prefetch("findings", modes, to_attr="mode_findings"),
        )

    def with_case_details(self):
        """… with everything a case page shows, in a fixed number of queries."""
        findings = self._related_model("findings").objects.with_sources()
        conflicts = self._related_model("conflicts").objects.with_sources()
        return self.prefetch_related(
            Prefetch("findings", findings),
            "service_areas",
            "involvements__organisation",
            "tags",
            "documentation__reference__contributions__person",
            Prefetch("conflicts", conflicts),
        )

    def with_comparison_details(self):
        """… with what a comparison shows of them, in seven queries for any number."""
        findings = self._related_model("findings").objects.with_sources()
        involvements = self._related_model("involvements").objects
        return self.prefetch_related(
            Prefetch("findings", findings),
            "service_areas",
            Prefetch("involvements", involvements.select_related("organisation")),
            "conflicts",
        )

    def by_former_slug(self, slugs):
        """Return a dictionary from former slug to case; other slugs are missing."""
        cases = self.annotate(former_slug=F("former_slugs__slug"))
        cases = cases.filter(former_slug__in=slugs)
        return {case.former_slug: case for case in cases}

    def _related_model(self, relation):
        return self.model._meta.get_field(relation).related_model


class FindingQuerySet(models.QuerySet):
    """Findings …"""

    def get_by_natural_key(self, short_id):
        return self.get(short_id=short_id)

    def published(self):
        """… that readers may see: of a published case, and with a source."""
        return self.of_public_cases().sourced()

    def of_public_cases(self):
        """… of published cases, also without a source. Readers may see their number."""
        # Not by a join: SQLite would find some findings by way of all public cases.
        cases = self.model._meta.get_field("initiative").related_model.objects
        case = cases.published().filter(pk=OuterRef("initiative"))
        return self.filter(Exists(case))

    def sourced(self):
        return self.filter(self._has_source())

    def unsourced(self):
        return self.filter(~self._has_source())

    def on_single_work(self):
        """… that rest on a single work, with any number of sources in it."""
        works = self._sources().order_by().values("finding")
        n = works.annotate(n=Count("reference", distinct=True)).values("n")
        return self.alias(n_works=Subquery(n)).filter(n_works=1)

    def without_locator(self):
        """… that a curator coded, with sources none of which has a locator."""
        located = Exists(self._sources().exclude(locator=""))
        return self.sourced().filter(~located, basis="coded")

    def statements(self):
        """… except modes, which classify the case and are not counted as findings."""
        return self.exclude(kind="mode")

    def counted_by_grade(self):
        """Return a list of their numbers, in the order of the levels."""
        counts = dict(self.order_by().values_list("grade").annotate(n=Count("pk")))
        return [counts.get(level, 0) for level in Level]

    def counted_by_case(self):
        """Return an expression for their number, to annotate initiatives with."""
        counted = self.filter(initiative=OuterRef("pk")).order_by()
        counted = counted.values("initiative").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0)

    def _has_source(self):
        return Exists(self._sources())

    def _sources(self):
        sources = self.model._meta.get_field("sources").related_model
        return sources.objects.filter(finding=OuterRef("pk"))

    def on_terms(self, concepts, initiatives):
        """… of these initiatives that have a concept as their term or as a strategy."""
        on_term = Q(concept__in=concepts) | Q(strategies__in=concepts)
        return (
            self.filter(on_term, initiative__in=initiatives)
            .exclude(kind="mode")
            .select_related("concept")
            .order_by("initiative", "position", "pk")
            .distinct()
        )

    def with_sources(self):
        """… with what a page shows of them: term, strategies, sources, works, grade."""
        conflicts = self.model._meta.get_field("conflicts").related_model.objects
        open_ones = conflicts.filter(findings=OuterRef("pk"), is_settled=False)
        return (
            self.select_related("concept")
            .annotate(is_disputed=Exists(open_ones))
            .prefetch_related("strategies", prefetch_sources(self.model))
        )

    def with_list_details(self):
        """… with what a list shows of them and of their cases."""
        return self.with_sources().select_related("concept", "initiative")

    def with_dates(self):
        """… with ``appeared_on`` and ``changed_on`` of their cases."""
        return self.annotate(**case_dates("initiative__"))

    def recently_changed(self):
        """… of cases that were published or revised on a known day, latest first."""
        dated = self.with_dates().filter(changed_on__isnull=False)
        return dated.order_by("-changed_on", "initiative__name", "position", "pk")
