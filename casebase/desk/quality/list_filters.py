"""Filters of the desk's lists, by what is missing in records."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet

from casebase.desk.quality.models import Completeness
from initiatives.case_page import KIND_TITLES


class QuestionFilter(admin.SimpleListFilter):
    """A filter with named questions: value → its label and a filter of a queryset."""

    questions: Mapping[str, tuple[str, Callable[[QuerySet[Any]], QuerySet[Any]]]] = {}

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _) in self.questions.items()]

    def queryset(self, request, queryset):
        if self.value() in self.questions:
            _, filter_records = self.questions[self.value()]
            return filter_records(queryset)
        return queryset


def gap_questions(column):
    """Return the questions on a column of Completeness: any kind, or a certain one."""

    def build_filter(*kinds):
        def filter_cases(cases):
            lacking = Completeness.objects.lacking(column, *map(list, kinds))
            return cases.filter(completeness__in=lacking)

        return filter_cases

    by_kind = {
        kind: (title, build_filter([kind])) for kind, title in KIND_TITLES.items()
    }
    return {"any": ("Any kind", build_filter())} | by_kind


class NotLookedForFilter(QuestionFilter):
    """Cases by the kinds of finding that nobody has looked for yet."""

    title = "gap: not yet looked for"
    parameter_name = "empty"
    questions = gap_questions("empty")


class NothingFoundFilter(QuestionFilter):
    """Cases by the kinds of finding that were looked for and not found."""

    title = "gap: looked for, nothing found"
    parameter_name = "in_vain"
    questions = gap_questions("in_vain")


def filter_stale(cases):
    """Return the cases whose latest source is over STALE_AFTER_YEARS old."""
    return cases.last_sourced_before(date.today().year - settings.STALE_AFTER_YEARS)


class LastSourceFilter(QuestionFilter):
    title = "latest source"
    parameter_name = "latest_source"
    questions = {
        "old": (f"Over {settings.STALE_AFTER_YEARS} years old", filter_stale),
        "unknown": ("Unknown", lambda cases: cases.filter(last_source_year=None)),
    }


def filter_unlocated(findings):
    # Completeness says which few cases have any, so that not every source is read.
    cases = Completeness.objects.filter(n_unlocated__gt=0).values("initiative")
    return findings.without_locator().filter(initiative__in=cases)


class SourcesFilter(QuestionFilter):
    title = "sources"
    parameter_name = "sources"
    questions = {
        "none": ("None", lambda findings: findings.unsourced()),
        "one": ("A single work", lambda findings: findings.on_single_work()),
        "unlocated": ("Coded, no place named", filter_unlocated),
    }


class CitedFilter(QuestionFilter):
    title = "uses"
    parameter_name = "uses"
    questions = {"none": ("Nobody cites it", lambda works: works.uncited())}


class AccessedDateFilter(QuestionFilter):
    title = "day of reading"
    parameter_name = "read"
    questions = {
        "undated": (
            "Unknown, of undated pages",
            lambda works: works.missing_accessed_date(),
        )
    }


class CasesFilter(QuestionFilter):
    title = "cases"
    parameter_name = "cases"
    questions = {"none": ("None", lambda terms: terms.without_cases())}


class LinkStateFilter(QuestionFilter):
    """Dead or unchecked links. Another filter of the list has the single states."""

    title = "dead or alive"
    parameter_name = "links"
    questions = {
        "dead": ("Dead", lambda links: links.dead()),
        "unchecked": ("Never checked", lambda links: links.unchecked()),
    }


class RefutedFilter(QuestionFilter):
    title = "judgement"
    parameter_name = "judged"
    questions = {
        "no": ("Not yet", lambda pairs: pairs.open()),
        "yes": ("Not the same", lambda pairs: pairs.filter(is_refuted=True)),
    }


class SecondSourceFilter(QuestionFilter):
    """Findings by what one independent source would do for their grade."""

    title = "an independent source"
    parameter_name = "gain"
    questions = {
        "two": (
            "would raise the grade by two levels",
            lambda findings: findings.filter(levels_to_gain=2),
        ),
        "one": (
            "would raise the grade by one level",
            lambda findings: findings.filter(levels_to_gain=1),
        ),
    }
