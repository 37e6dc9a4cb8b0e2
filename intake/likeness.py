"""Works that came in and look like a work here, or like one before them in the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from references.csl import Work, known
from references.models import FormerKey, Reference
from upkeep.alike import WorkMarks, alike_works, work_marks
from upkeep.likenesses import marks_of

SAME_KEY, SAME_DOI = "same key", "same DOI"


@dataclass(frozen=True)
class Likeness:
    """The key of the other work, whether that is here, and what both have."""

    key: str
    is_here: bool
    why: str


def likenesses(works: Sequence[Work]) -> dict[int, Likeness]:
    """By number, of those works that look like another. Five queries.

    A DOI tells more than a key, and a key more than a title; a work here goes before
    one in the file.
    """
    came = [marks_of_work(number, work) for number, work in enumerate(works)]
    near = those_near(works)
    keys = dict(near.values_list("pk", "key"))
    here: list[WorkMarks] = marks_of(near)
    pairs = alike_works([*here, *came], {marks.key for marks in came})
    like: dict[int, Likeness] = {}
    # Later works have lower marks, so of two in the file the first is the other one.
    for (one, other), why in sorted(pairs.items(), key=weight):
        is_here = other in keys
        key = keys[other] if is_here else works[-1 - other].key
        like[-1 - one] = Likeness(key, is_here, why)
    return like | by_key(works, like)


def weight(pair: tuple[tuple[int, int], str]) -> tuple[bool, int]:
    """What counts more comes last: a DOI, and works here before those in the file."""
    (_, other), why = pair
    return why == SAME_DOI, other


def by_key(works: Sequence[Work], like: dict[int, Likeness]) -> dict[int, Likeness]:
    """Those with a key that a work here has or had, unless their DOI says more."""
    wanted = [work.key for work in works]
    here = Reference.objects.filter(key__in=wanted).values_list("key", "key")
    former = FormerKey.objects.filter(key__in=wanted)
    owners = dict(here) | dict(former.values_list("key", "reference__key"))
    return {
        number: Likeness(owners[work.key], True, SAME_KEY)
        for number, work in enumerate(works)
        if work.key in owners and not (number in like and like[number].why == SAME_DOI)
    }


def marks_of_work(number: int, work: Work) -> WorkMarks:
    people = known([*work.author, *work.editor])
    surnames = [person.literal or person.family or "" for person in people]
    return work_marks(-1 - number, work.doi or "", work.title, year_of(work), surnames)


def those_near(works: Sequence[Work]) -> Any:
    """Works of the same years, or with the same DOIs."""
    years = {year_of(work) for work in works}
    dois = [work.doi.lower() for work in works if work.doi]
    near = Q(issued_year__in=years - {None}) | Q(bare_doi__in=dois)
    if None in years:
        near |= Q(issued_year=None)
    return Reference.objects.alias(bare_doi=Lower("doi")).filter(near)


def year_of(work: Work) -> int | None:
    return work.issued.year if work.issued else None
