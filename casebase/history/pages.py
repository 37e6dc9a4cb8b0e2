"""What the pages of the history show: versions in a list, and two beside each other."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from casebase.history.differences import differences, summary
from casebase.history.model_history import KINDS, as_content
from casebase.history.models import Version
from casebase.registry import kind_of
from initiatives.history.current_names import NamesOfToday
from initiatives.models import PROXIES, Concept

ON_A_PAGE = 20


@dataclass
class Step:
    """From one version of a record to another; the earlier may be none."""

    before: Version | None
    after: Version
    names: NamesOfToday

    @cached_property
    def changes(self):
        contents = [
            as_content(v.content) if v else {} for v in (self.before, self.after)
        ]
        return differences(self.after.kind, *contents, self.names)

    @property
    def versions(self):
        return [version for version in (self.before, self.after) if version]

    @property
    def summary(self):
        """What changed, in a sentence."""
        if self.after.is_end:
            return "Deleted"
        if self.before is None:
            return "First version"
        return "Made again" if self.before.is_end else summary(self.changes)


def steps(versions):
    """Each version, the latest first, as a step from the one before it."""
    names = NamesOfToday()
    return [
        Step(before, after, names)
        for after, before in zip(versions, [*versions[1:], None], strict=False)
    ]


def steps_on(page, versions):
    """The steps that a page of the versions shows. One query."""
    start = (page.number - 1) * ON_A_PAGE
    shown = list(versions[start : start + ON_A_PAGE + 1])
    return steps(shown)[:ON_A_PAGE]


def desk_model(version):
    """The model whose page at the desk shows the record."""
    if version.kind == kind_of(Concept):
        return PROXIES[version.name.partition("/")[0]]
    return KINDS[version.kind].model


def desk_address(version, since=""):
    """Of what the version changed, at the desk; or of all that changed since another.

    ``since`` is the number of that, or any text.
    """
    opts = desk_model(version)._meta
    page, numbers = "history", {}
    if version.number > 1:
        start = since if since.isdecimal() and int(since) else version.number - 1
        page, numbers = "compare", {"from": start, "to": version.number}
    name = f"admin:{opts.app_label}_{opts.model_name}_{page}"
    return reverse(name, args=[version.key], query=numbers)
