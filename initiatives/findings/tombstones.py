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
    return find_last_cases([short_id]).get(short_id)


def find_last_cases(short_ids: Iterable[str]) -> dict[str, LastCase]:
    """Return id of a finding → the case that it was on when readers last saw it.

    For findings that readers can't see now. Three queries at most; those that readers
    never saw are missing.
    """
    ids = {*short_ids}
    findings = Finding.objects.sourced().filter(short_id__in=ids)
    withdrawn = findings.filter(initiative__in=Initiative.objects.withdrawn())
    found = {
        finding.short_id: LastCase(finding.initiative.name, finding.initiative)
        for finding in withdrawn.select_related("initiative")
    }
    rows = RemovedFinding.objects.select_related("version")
    removed = [*rows.filter(short_id__in=ids - found.keys())]
    keys = {each.version.key for each in removed}
    cases = Initiative.objects.reachable().in_bulk(keys)
    for each in removed:
        name = parse_content(each.version.content)["name"]
        found[each.short_id] = LastCase(name, cases.get(each.version.key))
    return found


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
