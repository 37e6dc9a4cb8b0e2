"""What became of a finding that readers can't see any more."""

from dataclasses import dataclass
from typing import Any

from casebase.history.content import parse_content
from casebase.history.models import Version
from casebase.registry import kind_of
from initiatives.models import Finding, Initiative


@dataclass(frozen=True)
class LastCase:
    """The case that a finding was part of: its name then, and the case as it is now.

    ``current`` is None if the case was deleted or is hidden.
    """

    name: str
    current: Initiative | None


def find_last_case(short_id: str) -> LastCase | None:
    """Return the case that the finding was on when readers could last see it.

    None if they never could.
    """
    if len(short_id) > Finding._meta.get_field("short_id").max_length:
        return None
    withdrawn = Initiative.objects.withdrawn().filter(
        findings__in=Finding.objects.sourced().filter(short_id=short_id)
    )
    if case := withdrawn.first():
        return LastCase(case.name, case)
    for version in versions_with(short_id):
        content = parse_content(version.content)
        if short_id in public_ids(content):
            current = Initiative.objects.reachable().filter(pk=version.key).first()
            return LastCase(content["name"], current)
    return None


def versions_with(short_id: str) -> Any:
    """Return the public versions of cases that may have the finding, latest first.

    Only superseded ones: what the last version of a case has is not gone. Their texts
    are searched, which no index helps with.
    """
    versions = Version.objects.filter(
        kind=kind_of(Initiative), content__contains=f'"id":"{short_id}"'
    )
    return versions.public().superseded().order_by("-edit", "-pk")


def public_ids(content: dict[str, Any]) -> set[str]:
    """Return the ids of the findings and modes that readers of a version could see."""
    statements = [*content["modes"], *content["findings"]]
    return {each["id"] for each in statements if each["sources"]}
