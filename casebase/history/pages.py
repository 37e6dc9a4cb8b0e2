"""The content of the pages of the history: a list of versions, and two compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse

from casebase.history.content import parse_content
from casebase.history.differences import PartChange, differences, summarize
from casebase.history.model_history import versioned
from casebase.history.models import Version

ON_A_PAGE = 20


@dataclass
class Step:
    """The change from one version of a record to a later one; the first may be missing.

    ``names`` is the argument of differences().
    """

    before: Version | None
    after: Version
    names: Any = None

    @cached_property
    def changes(self) -> list[PartChange]:
        before, after = (
            parse_content(version.content) if version else {}
            for version in (self.before, self.after)
        )
        return differences(self.after.kind, before, after, self.names)

    @property
    def versions(self) -> list[Version]:
        return [version for version in (self.before, self.after) if version]

    @property
    def summary(self) -> str:
        """What changed, in a sentence."""
        if self.after.is_deletion:
            return "Deleted"
        if self.before is None:
            return "First version"
        if self.before.is_deletion:
            return "Made again"
        return summarize(self.after.kind, self.changes)


def steps(versions: Sequence[Version]) -> list[Step]:
    """Each version of a record, the latest first, as a step from the one before it."""
    names = versioned[versions[0].kind].current_names() if versions else None
    return [
        Step(before, after, names)
        for after, before in zip(versions, [*versions[1:], None], strict=False)
    ]


def steps_on(page: Page, versions: QuerySet[Any]) -> list[Step]:
    """The steps that a page of the versions shows. One query."""
    start = (page.number - 1) * ON_A_PAGE
    shown = list(versions[start : start + ON_A_PAGE + 1])
    return steps(shown)[:ON_A_PAGE]


def admin_model(version: Version) -> Any:
    """The model whose admin pages show the record."""
    return versioned[version.kind].admin_model(version.name)


def desk_address(version: Version, since: str = "") -> str:
    """The admin page that shows what the version changed, or all that changed since.

    ``since`` is the number of an earlier version, as text; other texts count as none.
    """
    opts = admin_model(version)._meta
    page, numbers = "history", {}
    if version.number > 1:
        start = since if since.isdecimal() and int(since) else version.number - 1
        page, numbers = "compare", {"from": start, "to": version.number}
    name = f"admin:{opts.app_label}_{opts.model_name}_{page}"
    return reverse(name, args=[version.key], query=numbers)
