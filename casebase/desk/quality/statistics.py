"""The figures of the desk: what needs work, and the list behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.formats import date_format

from casebase.desk.quality.list_filters import stale
from casebase.desk.quality.models import (
    Completeness,
    Link,
    PersonLikeness,
    WorkLikeness,
)
from casebase.desk.suggestions.models import Suggestion
from initiatives.models import Concept, Finding, Initiative
from references.models import Reference


@dataclass(frozen=True)
class Figure:
    """A number and the list that it counts, which is the desk's own under a filter.

    ``count`` and ``note`` take one query each, at 100,000 cases too: see docs/desk.md.
    """

    label: str
    model: Any
    query: dict[str, str]
    count: Callable[[], int]
    note: Callable[[], str] = str

    @property
    def address(self):
        opts = self.model._meta
        name = f"admin:{opts.app_label}_{opts.model_name}_changelist"
        return reverse(name, query=self.query)

    def is_open_to(self, request):
        desk = admin.site.get_model_admin(self.model)
        return desk.has_view_or_change_permission(request)


def published(**query):
    return {"status__exact": "published"} | query


def in_status(status):
    return lambda: Initiative.objects.filter(status=status).count()


def with_gaps(column):
    return lambda: Completeness.objects.published().lacking(column).count()


def findings(column):
    return lambda: Completeness.objects.published().total(column)


def longest_in_review():
    """“the longest for 12 days”, of those whose day is known."""
    known = Completeness.objects.aggregate(since=Min("in_review_since"))["since"]
    if known is None:
        return ""
    days = (date.today() - known).days
    return f"the longest since {date_format(known)}" if days else "all since today"


def last_look():
    last = Link.objects.aggregate(at=Max("checked_at"))["at"]
    return f"last looked at on {date_format(last)}" if last else "never looked at yet"


FIGURES = {
    "Cases": [
        Figure(
            "Drafts waiting", Initiative, {"status__exact": "draft"}, in_status("draft")
        ),
        Figure(
            "Cases in review",
            Initiative,
            {"status__exact": "review"},
            in_status("review"),
            longest_in_review,
        ),
        Figure(
            "Published cases with gaps: kinds not yet looked for",
            Initiative,
            published(empty="any"),
            with_gaps("empty"),
        ),
        Figure(
            "Published cases with gaps: kinds looked for and not found",
            Initiative,
            published(in_vain="any"),
            with_gaps("in_vain"),
        ),
        Figure(
            f"Published cases, sources over {settings.STALE_AFTER_YEARS} years old",
            Initiative,
            published(latest_source="old"),
            lambda: stale(Initiative.objects.published()).count(),
        ),
    ],
    "Readers": [
        Figure(
            "Suggestions of readers to be answered",
            Suggestion,
            {"state": "open"},
            lambda: Suggestion.objects.open().count(),
        ),
    ],
    "Published findings": [
        Figure(
            "Findings on a single source",
            Finding,
            {"initiative__status__exact": "published", "sources": "one"},
            findings("n_single_source"),
        ),
        Figure(
            "Coded findings without a locator",
            Finding,
            {"initiative__status__exact": "published", "sources": "unlocated"},
            findings("n_unlocated"),
        ),
    ],
    "Codebook and works": [
        Figure(
            "Terms without cases",
            Concept,
            {"cases": "none"},
            lambda: Concept.objects.without_cases().count(),
        ),
        Figure(
            "Works nobody cites",
            Reference,
            {"uses": "none"},
            lambda: Reference.objects.uncited().count(),
        ),
        Figure(
            "Undated works with an address, without a day of reading",
            Reference,
            {"read": "undated"},
            lambda: Reference.objects.missing_accessed_date().count(),
        ),
        Figure(
            "Works that look alike",
            WorkLikeness,
            {"judged": "no"},
            lambda: WorkLikeness.objects.open().count(),
        ),
        Figure(
            "People and bodies that look alike",
            PersonLikeness,
            {"judged": "no"},
            lambda: PersonLikeness.objects.open().count(),
        ),
    ],
    "Links": [
        Figure(
            "Dead links",
            Link,
            {"links": "dead"},
            lambda: Link.objects.dead().count(),
            last_look,
        ),
        Figure(
            "Links moved for good",
            Link,
            {"state__exact": "moved"},
            lambda: Link.objects.moved().count(),
        ),
        Figure(
            "Links never checked",
            Link,
            {"links": "unchecked"},
            lambda: Link.objects.unchecked().count(),
        ),
    ],
}


def figures_for(request):
    """Heading → figures of the lists that the person may see, where there are any."""
    visible = {
        heading: [figure for figure in figures if figure.is_open_to(request)]
        for heading, figures in FIGURES.items()
    }
    return {heading: figures for heading, figures in visible.items() if figures}
