"""Works that came in and look like a work here, or like one before them in the file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from casebase.desk.duplicates.identity_rules import (
    are_one_by_doi,
    are_one_by_key,
    are_one_by_title,
)
from casebase.desk.duplicates.likeness_rules import (
    SAME_DOI,
    SAME_TITLE,
    Pair,
    WorkMarks,
    alike_works,
    name_marks,
    work_marks,
)
from casebase.desk.quality.duplicate_detection import marks_of
from references.csl import Name, Work, known
from references.models import FormerKey, Reference

SAME_KEY = "same key"
# What two have in common → whether they are one, by all that is known of them.
PROOFS = {
    SAME_DOI: are_one_by_doi,
    SAME_TITLE: are_one_by_title,
    SAME_KEY: are_one_by_key,
}


@dataclass(frozen=True)
class Likeness:
    """The key of the other work, whether that is here, and what both have.

    ``is_certain`` where they are one: they have a DOI, the key of ours, or title, year
    and a name in common, and nothing else about them speaks against it.
    """

    key: str
    is_here: bool
    why: str
    is_certain: bool


def likenesses(
    works: Sequence[Work], with_own_key: Collection[int]
) -> dict[int, Likeness]:
    """By number, of those works that look like another. Six queries.

    A DOI tells more than a key, and a key more than a title; a work here goes before
    one in the file. The key of those that are not ``with_own_key`` was made up here.
    """
    came = [marks_of_work(number, work) for number, work in enumerate(works)]
    owners = owners_of({works[number].key for number in with_own_key})
    near = those_near(works, owners.values())
    keys = {-1 - number: work.key for number, work in enumerate(works)}
    keys |= dict(near.values_list("pk", "key"))
    here: list[WorkMarks] = marks_of(near)
    marks = {each.key: each for each in [*here, *came]}
    pairs = alike_works([*here, *came], {each.key for each in came})
    found = likeliest(pairs)
    for number in with_own_key:
        one, owner = -1 - number, owners.get(works[number].key)
        if owner and found.get(one, (0, ""))[1] != SAME_DOI:
            found[one] = (owner, SAME_KEY)
    return {
        -1 - one: likeness_of(marks[one], marks[other], keys[other], why)
        for one, (other, why) in found.items()
    }


def likeness_of(one: WorkMarks, other: WorkMarks, key: str, why: str) -> Likeness:
    return Likeness(key, other.key > 0, why, is_certain(one, other, why))


def likeliest(pairs: dict[Pair, str]) -> dict[int, tuple[int, str]]:
    """One → the other and why. Of two in the file the first is the other one."""
    # Later works have lower marks.
    ranked = sorted(pairs.items(), key=weight)
    return {one: (other, why) for (one, other), why in ranked}


def weight(pair: tuple[Pair, str]) -> tuple[bool, int]:
    """What counts more comes last: a DOI, and works here before those in the file."""
    (_, other), why = pair
    return why == SAME_DOI, other


def is_certain(one: WorkMarks, other: WorkMarks, why: str) -> bool:
    return why in PROOFS and PROOFS[why](one, other)


def owners_of(keys: Collection[str]) -> dict[str, int]:
    """Key → the work here that has or had it."""
    here = Reference.objects.filter(key__in=keys).values_list("key", "pk")
    former = FormerKey.objects.filter(key__in=keys)
    return dict(here) | dict(former.values_list("key", "reference"))


def marks_of_work(number: int, work: Work) -> WorkMarks:
    people: list[Name] = known([*work.author, *work.editor])
    marks = work_marks(
        *(-1 - number, work.doi or "", work.title, year_of(work)),
        [person.family for person in people if person.family],
        bodies=[person.literal for person in people if person.literal],
        kind=work.type,
        container=work.container_title or "",
        numbers=[work.edition or "", work.volume or "", work.issue or ""],
    )
    makers = [
        name_marks(0, p.family or "", p.given or "", "", p.literal or "")
        for p in known(work.author) or known(work.editor)
    ]
    details = [work.page or "", work.publisher or "", work.url or ""]
    return marks.closer(makers, details)


def those_near(works: Sequence[Work], owners: Collection[int]) -> Any:
    """Works of the same years, or with the same DOIs or keys."""
    years = {year_of(work) for work in works}
    dois = [work.doi.lower() for work in works if work.doi]
    near = Q(issued_year__in=years - {None}) | Q(bare_doi__in=dois) | Q(pk__in=owners)
    if None in years:
        near |= Q(issued_year=None)
    return Reference.objects.alias(bare_doi=Lower("doi")).filter(near)


def year_of(work: Work) -> int | None:
    return work.issued.year if work.issued else None
