"""Filters of the desk's lists: each value is a question that has a name."""

from datetime import date

from django.conf import settings
from django.contrib import admin

from casebase.desk.quality.models import Completeness
from initiatives.case_page import KIND_TITLES


class QuestionFilter(admin.SimpleListFilter):
    """``questions``: value → its label, and which of the records it leaves."""

    questions = {}

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _) in self.questions.items()]

    def queryset(self, request, queryset):
        if self.value() in self.questions:
            _, narrowed = self.questions[self.value()]
            return narrowed(queryset)
        return queryset


def lacking(column):
    """The questions of a column of Completeness: any kind, or this one."""

    def of(*kinds):
        def narrowed(cases):
            lack = Completeness.objects.lacking(column, *map(list, kinds))
            return cases.filter(completeness__in=lack)

        return narrowed

    of_kind = {kind: (title, of([kind])) for kind, title in KIND_TITLES.items()}
    return {"any": ("Any kind", of())} | of_kind


class EmptyFilter(QuestionFilter):
    """Gaps that nobody has looked into."""

    title = "gap: not yet looked for"
    parameter_name = "empty"
    questions = lacking("empty")


class InVainFilter(QuestionFilter):
    """Gaps that were looked into."""

    title = "gap: looked for, nothing found"
    parameter_name = "in_vain"
    questions = lacking("in_vain")


def stale(cases):
    return cases.last_sourced_before(date.today().year - settings.STALE_AFTER_YEARS)


class LastSourceFilter(QuestionFilter):
    title = "latest source"
    parameter_name = "latest_source"
    questions = {
        "old": (f"Over {settings.STALE_AFTER_YEARS} years old", stale),
        "unknown": ("Unknown", lambda cases: cases.filter(last_source_year=None)),
    }


def unlocated(findings):
    # The few cases that have any are known: not every source must be looked at.
    known = Completeness.objects.filter(n_unlocated__gt=0).values("initiative")
    return findings.without_locator().filter(initiative__in=known)


class SourcesFilter(QuestionFilter):
    title = "sources"
    parameter_name = "sources"
    questions = {
        "none": ("None", lambda findings: findings.unsourced()),
        "one": ("A single work", lambda findings: findings.on_single_work()),
        "unlocated": ("Coded, no place named", unlocated),
    }


class UsesFilter(QuestionFilter):
    title = "uses"
    parameter_name = "uses"
    questions = {"none": ("Nobody cites it", lambda works: works.uncited())}


class DayOfReadingFilter(QuestionFilter):
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


class StateFilter(QuestionFilter):
    """Links by whether readers are helped; the list has the states one by one, too."""

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
