"""What became of a case, a finding or a work since somebody kept it.

Only what readers may see is told: a case before its publication is like one that never
was. Whoever keeps something stores its title and text as ``describe`` returns them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from casebase.history.models import Version
from casebase.registry import kind_of
from initiatives.findings.tombstones import LastCase, find_last_cases
from initiatives.models import Finding, FormerSlug, Initiative
from references.citations import build_citation
from references.models import FormerKey, Reference

CASE, FINDING, WORK = map(kind_of, (Initiative, Finding, Reference))
# What an address can call a record. Anything else is not looked up.
NAME = re.compile(r"[-\w]{1,160}", re.ASCII)
LARGEST_KEY = 2**63 - 1


class Became(StrEnum):
    """What became of a record, for readers."""

    PUBLIC = "public"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    # There never was such a record, or readers never could see it.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class KeptRecord:
    """What was kept of a record.

    ``kind`` is “initiative”, “finding” or “reference”. ``name`` is what addresses call
    it: slug, short id or citekey, also a former one; or a primary key, of a case or a
    work. ``title`` and ``text`` are those of ``describe()`` at that time, ``version``
    is that of ``SinceKept``; all three are None if they were not kept.
    """

    kind: str
    name: str | int
    title: str | None = None
    text: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class Now:
    """What readers can see of a record now.

    ``record`` is set if it is public. ``title`` is its title, or the last one that
    readers saw; ``text`` its text if it is public. ``version`` is the number of the
    latest public version of a case. ``reason`` says why a case was withdrawn.
    ``address`` is that of its page, or of the page that says what became of it.
    """

    became: Became = Became.UNKNOWN
    record: Any = None
    title: str = ""
    text: str = ""
    version: int | None = None
    reason: str = ""
    address: str = ""


@dataclass(frozen=True)
class SinceKept:
    """What was kept of a record, and the record now."""

    kept: KeptRecord
    now: Now

    @property
    def is_public(self) -> bool:
        return self.now.became == Became.PUBLIC

    @property
    def is_renamed(self) -> bool:
        """Whether it is public and has another title; that of a finding is its case."""
        return self.is_public and differ(self.kept.title, self.now.title)

    @property
    def is_reworded(self) -> bool:
        """Whether it is public and has another text than the kept one."""
        return self.is_public and differ(self.kept.text, self.now.text)

    @property
    def is_revised(self) -> bool:
        """Whether a case is public in a later version than the kept one."""
        then, now = self.kept.version, self.now.version
        return self.is_public and None not in (then, now) and then != now

    @property
    def is_as_kept(self) -> bool:
        """Whether there is nothing to say: it is public, and nothing has changed."""
        changed = self.is_renamed or self.is_reworded or self.is_revised
        return self.is_public and not changed


def differ(kept: str | None, now: str) -> bool:
    """Whether a kept text is another than the present one, but for white space."""
    return kept is not None and kept.split() != now.split()


def describe(record: Any) -> tuple[str, str]:
    """Return title and text of a record, as they are kept and compared.

    Of a case its name and summary; of a finding the name of its case, and its statement
    with the response; of a work “Meyer & Grosser 2014” and its citation. Makes no query
    if case or contributors are loaded.
    """
    if isinstance(record, Initiative):
        return record.name, record.summary
    if isinstance(record, Finding):
        return record.initiative.name, join_texts(record.statement, record.response)
    citation = "".join(part.text for part in build_citation(record))
    return record.short_citation, citation


def join_texts(statement: str, response: str) -> str:
    """Return the text of a finding: statement and response, each a paragraph."""
    return "\n\n".join(filter(None, [statement, response]))


type Found = dict[str | int, Now]
type Names = set[str | int]


def look_up(kept: Iterable[KeptRecord]) -> list[SinceKept]:
    """Return what became of each, in the same order.

    At most 18 queries, whatever the number; none for a kind that is missing.
    """
    every = [*kept]
    names: dict[str, Names] = {kind: set() for kind in LOOK_UPS}
    for each in every:
        if each.kind in names and is_name(each.name):
            names[each.kind].add(each.name)
    found = {kind: LOOK_UPS[kind](asked) for kind, asked in names.items() if asked}
    return [
        SinceKept(each, found.get(each.kind, {}).get(each.name, Now()))
        for each in every
    ]


def is_name(name: str | int) -> bool:
    if isinstance(name, int):
        return 0 < name <= LARGEST_KEY
    return bool(NAME.fullmatch(name))


def look_up_cases(names: Names) -> Found:
    """Return name → the case now. At most seven queries."""
    cases = find_records(Initiative.objects.reachable(), "slug", FormerSlug, names)
    keys = {case.pk for case in cases.values() if case.status == "published"}
    versions = latest_versions(keys) if keys else {}
    found = {
        name: public_record(case, versions.get(case.pk))
        if case.status == "published"
        else withdrawn_case(case)
        for name, case in cases.items()
    }
    return found | removed_records(CASE, "initiatives:detail", names - found.keys())


def public_record(record: Any, version: int | None = None) -> Now:
    title, text = describe(record)
    address = record.get_absolute_url()
    return Now(Became.PUBLIC, record, title, text, version, address=address)


def withdrawn_case(case: Any) -> Now:
    return Now(
        Became.WITHDRAWN,
        title=case.name,
        reason=case.status_note,
        address=case.get_absolute_url(),
    )


def latest_versions(keys: Iterable[int]) -> dict[int, int]:
    """Return primary key of a case → number of its latest public version."""
    versions = Version.objects.public().filter(kind=CASE, key__in=keys).order_by()
    return dict(versions.values_list("key").annotate(Max("number")))


def look_up_findings(names: Names) -> Found:
    """Return name → the finding now. At most four queries."""
    ids = {name for name in names if isinstance(name, str)}
    public = Finding.objects.published().filter(short_id__in=ids)
    findings = public.select_related("initiative", "concept")
    found: Found = {each.short_id: public_record(each) for each in findings}
    if missing := ids - found.keys():
        last = find_last_cases(missing)
        found |= {name: lost_finding(name, case) for name, case in last.items()}
    return found


def lost_finding(short_id: str, case: LastCase) -> Now:
    """Return what became of a finding that readers can’t see any more."""
    current = case.current
    is_withdrawn = current is not None and current.status == "withdrawn"
    return Now(
        Became.WITHDRAWN if is_withdrawn else Became.REMOVED,
        title=case.name,
        reason=current.status_note if current and is_withdrawn else "",
        address=reverse("findings:detail", args=[short_id]),
    )


def look_up_works(names: Names) -> Found:
    """Return name → the work now. At most nine queries, and those of contributors."""
    works = Reference.objects.with_contributors()
    current = find_records(works, "key", FormerKey, names)
    removed = removed_records(WORK, "references:detail", names - current.keys())
    # One that was merged into another left its key to that.
    keys: Names = {now.title for now in removed.values()}
    heirs = find_records(works, "key", FormerKey, keys) if keys else {}
    current |= {
        name: heirs[now.title] for name, now in removed.items() if now.title in heirs
    }
    return removed | {name: public_record(work) for name, work in current.items()}


def find_records(
    records: QuerySet[Any], field: str, former_names: Any, names: Names
) -> dict[str | int, Any]:
    """Return name → record, by primary key and by present or former slug or key."""
    keys = {name for name in names if isinstance(name, int)}
    words = names - keys
    found: dict[str | int, Any] = records.in_bulk(keys) if keys else {}
    if words:
        found |= records.in_bulk(words, field_name=field)
    if missing := words - found.keys():
        owner = records.model._meta.model_name
        # Of the former slugs, those of terms have no case.
        asked = {f"{field}__in": missing, f"{owner}__isnull": False}
        former = dict(former_names.objects.filter(**asked).values_list(field, owner))
        owners = records.in_bulk(former.values())
        found |= {name: owners[key] for name, key in former.items() if key in owners}
    return found


def removed_records(kind: str, url_name: str, names: Names) -> Found:
    """Return name → what readers are told of a record that they could see once."""
    if not names:
        return {}
    keys = {name for name in names if isinstance(name, int)}
    called = Q(key__in=keys) | Q(name__in=names - keys)
    versions = Version.objects.public().filter(called, kind=kind).order_by("number")
    removed: Found = {}
    for key, last_name in versions.values_list("key", "name"):
        address = reverse(url_name, args=[last_name])
        now = Now(Became.REMOVED, title=last_name, address=address)
        removed |= dict.fromkeys({key, last_name} & names, now)
    return removed


LOOK_UPS: Mapping[str, Callable[[Names], Found]] = {
    CASE: look_up_cases,
    FINDING: look_up_findings,
    WORK: look_up_works,
}
