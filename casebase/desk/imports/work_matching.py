"""Matches the works of a file with stored works and with each other."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from casebase.desk.duplicates.identity_rules import SAME_KEY, are_certainly_one
from casebase.desk.duplicates.normalized_records import (
    NormalizedName,
    NormalizedWork,
    normalize_name,
    normalize_work,
)
from casebase.desk.duplicates.similarity_rules import SAME_DOI, Pair, find_similar_works
from casebase.desk.duplicates.stored_records import normalized_works, works_near
from references.csl import Name, Work, listed_names
from references.models import FormerKey, Reference


@dataclass(frozen=True)
class Match:
    """The key of the work that a work of a file matches, and the reason.

    ``is_stored``: whether the matched work is in the database or in the same file.
    ``is_certain``: whether ``identity_rules`` treat the two as the same work.
    """

    key: str
    is_stored: bool
    reason: str
    is_certain: bool


def find_matches(
    works: Sequence[Work], with_own_key: Collection[int]
) -> dict[int, Match]:
    """Return a dictionary from the index of a work to its match, if it has one.

    A match by DOI is preferred to one by key, and one by key to one by title; a stored
    work is preferred to one in the file. ``with_own_key`` are the indexes of works
    whose key is in the file; other keys were made by the reader, and are not matched.
    """
    owners = find_key_owners({number: works[number].key for number in with_own_key})
    near = find_near_works(works, owners.values())
    # Here, stored works have positive keys and those of the file negative ones.
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
    """Map the key of each work to the key of its best match and the reason."""
    # The first key of a pair is the lower one: the later work, which is in the file.
    # Better matches come last, and overwrite the others.
    ranked = sorted(pairs.items(), key=match_rank)
    return {one: (other, reason) for (one, other), reason in ranked}


def match_rank(pair: tuple[Pair, str]) -> tuple[bool, int]:
    """Rank a shared DOI highest, then a stored work, then the first in the file."""
    (_, other), reason = pair
    return reason == SAME_DOI, other


def find_key_owners(keys: dict[int, str]) -> dict[int, int]:
    """Map each index to the primary key of the stored work that has or had its key."""
    wanted = set(keys.values())
    stored = Reference.objects.filter(key__in=wanted).values_list("key", "pk")
    former = FormerKey.objects.filter(key__in=wanted)
    owners = dict(stored) | dict(former.values_list("key", "reference"))
    return {number: owners[key] for number, key in keys.items() if key in owners}


def find_near_works(works: Sequence[Work], keys: Collection[int]) -> QuerySet[Any]:
    """Return stored works that may match the file, or have these primary keys."""
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
