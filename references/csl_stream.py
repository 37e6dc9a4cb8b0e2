"""A stream of works in CSL, read from a queryset in chunks.

It reads plain values, because building model instances would take most of the time.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import batched
from typing import Any

from references.csl import Name, Work
from references.csl_serializers import ALL_COLUMNS, NAME_PARTS, build_work
from references.models import Contribution, FormerKey

# The number of works in memory, and before the first byte of a file.
CHUNK_SIZE = 200


def stream_works(references: Any) -> Iterator[Work]:
    """Yield the works of a queryset in its order. Makes two queries for each chunk."""
    rows = references.values("pk", *ALL_COLUMNS).iterator(chunk_size=CHUNK_SIZE)
    for chunk in batched(rows, CHUNK_SIZE):
        keys = [row["pk"] for row in chunk]
        names, former_keys = read_names(keys), read_former_keys(keys)
        for row in chunk:
            pk = row["pk"]
            yield build_work(
                row.__getitem__,
                author=names[pk, "author"],
                editor=names[pk, "editor"],
                former_keys=former_keys[pk],
            )


def read_names(works: list[int]) -> defaultdict[tuple[int, str], list[Name]]:
    """Return a dictionary from the works' primary keys and roles to names in order."""
    names = defaultdict(list)
    columns = (f"person__{part}" for part in NAME_PARTS)
    contributions = Contribution.objects.filter(reference__in=works)
    for work, role, *values in contributions.values_list("reference", "role", *columns):
        parts = zip(NAME_PARTS, values, strict=True)
        names[work, role].append(Name(**{part: value or None for part, value in parts}))
    return names


def read_former_keys(works: list[int]) -> defaultdict[int, list[str]]:
    keys = defaultdict(list)
    former = FormerKey.objects.filter(reference__in=works)
    for work, key in former.values_list("reference", "key"):
        keys[work].append(key)
    return keys
