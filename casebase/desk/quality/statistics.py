"""The figures on the desk's start page: what needs work, each with its list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.formats import date_format

from casebase.desk.quality.list_filters import filter_stale
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
    """A number, and the list of the records that it counts.

    The list is the admin's list of ``model``, filtered by ``query``. ``count`` and
    ``note`` take one query each, which stays fast at 100,000 cases: see docs/desk.md.
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

    def is_visible_to(self, request):
        model_admin = admin.site.get_model_admin(self.model)
        return model_admin.has_view_or_change_permission(request)


def published_query(**query):
    return {"status__exact": "published"} | query


def count_in_status(status):
    return lambda: Initiative.objects.filter(status=status).count()


def count_published_with_gaps(column):
    return lambda: Completeness.objects.published().lacking(column).count()


def total_of_published(column):
    return lambda: Completeness.objects.published().total(column)


def describe_longest_review():
    """Return since when the longest review has lasted, or "" if no date is known."""
    since = Completeness.objects.aggregate(since=Min("in_review_since"))["since"]
    if since is None:
        return ""
    days = (date.today() - since).days
    return f"the longest since {date_format(since)}" if days else "all since today"


def describe_last_check():
    last = Link.objects.aggregate(at=Max("checked_at"))["at"]
    return f"last looked at on {date_format(last)}" if last else "never looked at yet"


FIGURES = {
    "Cases": [
        Figure(
            "Drafts waiting",
            Initiative,
            {"status__exact": "draft"},
            count_in_status("draft"),
        ),
        Figure(
            "Cases in review",
            Initiative,
            {"status__exact": "review"},
            count_in_status("review"),
            describe_longest_review,
        ),
        Figure(
            "Published cases with gaps: kinds not yet looked for",
            Initiative,
            published_query(empty="any"),
            count_published_with_gaps("empty"),
        ),
        Figure(
            "Published cases with gaps: kinds looked for and not found",
            Initiative,
            published_query(in_vain="any"),
            count_published_with_gaps("in_vain"),
        ),
        Figure(
            f"Published cases, sources over {settings.STALE_AFTER_YEARS} years old",
            Initiative,
            published_query(latest_source="old"),
            lambda: filter_stale(Initiative.objects.published()).count(),
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
            total_of_published("n_single_source"),
        ),
        Figure(
            "Coded findings without a locator",
            Finding,
            {"initiative__status__exact": "published", "sources": "unlocated"},
            total_of_published("n_unlocated"),
        ),
        Figure(
            "Findings that an independent source would raise by two levels",
            Finding,
            {"initiative__status__exact": "published", "gain": "two"},
            total_of_published("n_to_gain"),
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
            "Likely duplicate works",
            WorkLikeness,
            {"judged": "no"},
            lambda: WorkLikeness.objects.open().count(),
        ),
        Figure(
            "Likely duplicate names",
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
            describe_last_check,
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


def visible_figures(request):
    """Return heading → figures whose lists the user may see, without empty groups."""
    visible = {
        heading: [figure for figure in figures if figure.is_visible_to(request)]
        for heading, figures in FIGURES.items()
    }
    return {heading: figures for heading, figures in visible.items() if figures}
