"""Works of a file, and the stored works or earlier works of the file they match."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from casebase.desk.duplicates.identity_rules import SAME_KEY, are_certainly_one
from casebase.desk.duplicates.likeness_rules import SAME_DOI, Pair, find_similar_works
from casebase.desk.duplicates.normalized_records import (
    NormalizedName,
    NormalizedWork,
    normalize_name,
    normalize_work,
)
from casebase.desk.duplicates.stored_records import normalized_works, works_near
from references.csl import Name, Work, listed_names
from references.models import FormerKey, Reference


@dataclass(frozen=True)
class Match:
    """The work that a work of a file looks like: its key, and why it does.

    ``is_stored`` if it is in the database, not in the same file. ``is_certain`` if the
    two are one by the rules of ``identity_rules``.
    """

    key: str
    is_stored: bool
    reason: str
    is_certain: bool


def find_matches(
    works: Sequence[Work], with_own_key: Collection[int]
) -> dict[int, Match]:
    """Number of a work → its match, for those that look like another.

    A DOI counts more than a key, and a key more than a title; a stored work comes
    before one in the file. Keys of works that are not ``with_own_key`` were made when
    the file was read, and match nothing.
    """
    owners = find_key_owners({number: works[number].key for number in with_own_key})
    near = find_near_works(works, owners.values())
    # Stored works have positive keys, and those of the file negative ones.
    from_file = [normalize_csl(-1 - number, work) for number, work in enumerate(works)]
    records = {each.key: each for each in [*normalized_works(near), *from_file]}
    file_keys = {each.key for each in from_file}
    found = best_matches(find_similar_works(records.values(), file_keys))
    for number, owner in owners.items():
        if found.get(-1 - number, (0, ""))[1] != SAME_DOI:
            found[-1 - number] = (owner, SAME_KEY)
    names = dict(near.values_list("pk", "key"))
    names |= {-1 - number: work.key for number, work in enumerate(works)}
    return {
        -1 - one: build_match(records[one], records[other], names[other], reason)
        for one, (other, reason) in found.items()
    }


def build_match(
    one: NormalizedWork, other: NormalizedWork, name: str, reason: str
) -> Match:
    return Match(name, other.key > 0, reason, are_certainly_one(one, other, reason))


def best_matches(pairs: dict[Pair, str]) -> dict[int, tuple[int, str]]:
    """One → the other and the reason. Of two in the file, the first is the other."""
    # The lower key of a pair is a work of the file, and later works have lower keys.
    # What counts more comes last, and overwrites the rest.
    ranked = sorted(pairs.items(), key=match_rank)
    return {one: (other, reason) for (one, other), reason in ranked}


def match_rank(pair: tuple[Pair, str]) -> tuple[bool, int]:
    """A DOI counts most, then a stored work, then the first in the file."""
    (_, other), reason = pair
    return reason == SAME_DOI, other


def find_key_owners(keys: dict[int, str]) -> dict[int, int]:
    """Number → primary key of the stored work that has or had the key."""
    wanted = set(keys.values())
    stored = Reference.objects.filter(key__in=wanted).values_list("key", "pk")
    former = FormerKey.objects.filter(key__in=wanted)
    owners = dict(stored) | dict(former.values_list("key", "reference"))
    return {number: owners[key] for number, key in keys.items() if key in owners}


def find_near_works(works: Sequence[Work], keys: Collection[int]) -> QuerySet[Any]:
    """Stored works that may match those of a file, or have these primary keys."""
    years = {issue_year(work) for work in works}
    return works_near(years, {work.doi or "" for work in works}, keys)


def normalize_csl(key: int, work: Work) -> NormalizedWork:
    return normalize_work(
        *(key, work.doi or "", work.title, issue_year(work)),
        kind=work.type,
        container=work.container_title or "",
        numbering=[work.edition or "", work.volume or "", work.issue or ""],
        authors=map(normalize_csl_name, listed_names(work.author)),
        editors=map(normalize_csl_name, listed_names(work.editor)),
        details=[work.page or "", work.publisher or "", work.url or ""],
    )


def normalize_csl_name(name: Name) -> NormalizedName:
    return normalize_name(
        0, name.family or "", name.given or "", "", name.literal or ""
    )


def issue_year(work: Work) -> int | None:
    return work.issued.year if work.issued else None
