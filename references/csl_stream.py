"""Works of a query in their CSL form, a chunk at a time: for any number of them.

Plain values instead of records: making objects of rows takes longer than all else.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import batched
from typing import Any

from references.csl import Name, Work
from references.csl_serializers import ALL_COLUMNS, NAME_PARTS, build_work
from references.models import Contribution, FormerKey

# Works that are in memory at a time, and that the first byte of a file waits for.
CHUNK_SIZE = 200


def stream_works(references: Any) -> Iterator[Work]:
    """The works of a queryset, in its order. Two queries for each chunk."""
    rows = references.values("pk", *ALL_COLUMNS).iterator(chunk_size=CHUNK_SIZE)
    for chunk in batched(rows, CHUNK_SIZE):
        keys = [row["pk"] for row in chunk]
        people, former_keys = read_names(keys), read_former_keys(keys)
        for row in chunk:
            pk = row["pk"]
            yield build_work(
                row.__getitem__,
                author=people[pk, "author"],
                editor=people[pk, "editor"],
                former_keys=former_keys[pk],
            )


def read_names(works: list[int]) -> defaultdict[tuple[int, str], list[Name]]:
    """The names of those who made a work in a role, in order."""
    people = defaultdict(list)
    parts = (f"person__{part}" for part in NAME_PARTS)
    made = Contribution.objects.filter(reference__in=works)
    for work, role, *values in made.values_list("reference", "role", *parts):
        named = zip(NAME_PARTS, values, strict=True)
        people[work, role].append(
            Name(**{part: value or None for part, value in named})
        )
    return people


def read_former_keys(works: list[int]) -> defaultdict[int, list[str]]:
    keys = defaultdict(list)
    former = FormerKey.objects.filter(reference__in=works)
    for work, key in former.values_list("reference", "key"):
        keys[work].append(key)
    return keys
