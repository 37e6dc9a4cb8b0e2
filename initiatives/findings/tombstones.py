"""What became of a finding that readers can't see any more."""

from collections.abc import Iterable
from dataclasses import dataclass

from casebase.history.content import parse_content
from casebase.history.models import Version
from initiatives.models import Finding, Initiative, RemovedFinding


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
    removed = RemovedFinding.objects.select_related("version").filter(short_id=short_id)
    if gone := removed.first():
        content = parse_content(gone.version.content)
        current = Initiative.objects.reachable().filter(pk=gone.version.key).first()
        return LastCase(content["name"], current)
    return None


def note_removed(replaced: Iterable[tuple[Version, Version]]) -> None:
    """Keep the ids of findings that readers saw in a version, and not in the next one.

    ``replaced`` are pairs of both, of cases. One query, if there are any.
    """
    gone = {
        short_id: RemovedFinding(short_id=short_id, version=before)
        for before, after in replaced
        for short_id in public_ids(before) - public_ids(after)
    }
    RemovedFinding.objects.bulk_create(
        gone.values(),
        update_conflicts=True,
        unique_fields=["short_id"],
        update_fields=["version"],
    )


def public_ids(version: Version) -> set[str]:
    """Return the ids of the findings and modes that readers of a version could see."""
    if not version.is_public:
        return set()
    content = parse_content(version.content)
    statements = [*content["modes"], *content["findings"]]
    return {each["id"] for each in statements if each["sources"]}
