"""So many works in one database, fetched in each format. Prints the rows as JSON.

python -m bench.configured bench.works 10000 FOLDER
"""

import json
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import batched
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from django.db import connection, transaction

from bench import serving
from bench.citations import FIXTURE, varied
from references.csl import Work
from references.formats import FORMATS
from references.loading import column_values
from references.models import Contribution, Reference
from references.person_names import get_or_create_people

STREAMS = [name for name, form in FORMATS.items() if not form.is_buffered]
PATIENCE = 600
BLOCK = 1 << 16


class Fetched(NamedTuple):
    """Seconds to the first byte and to the last, and the number of bytes."""

    first: float
    whole: float
    length: int


def main() -> None:
    size = int(sys.argv[1])
    fill(size)
    known = {"database": connection.vendor, "works": size}
    with serving.casebase() as server:
        rows = [known | row for row in files(server, 5 if size <= 10_000 else 1)]
    json.dump(rows, sys.stdout)


def files(server: serving.Server, times: int) -> Iterator[dict[str, Any]]:
    """``first`` and ``whole`` in seconds, ``length`` in bytes, ``peak`` in MB."""
    for name in STREAMS:
        path = f"/references/export/{name}/"
        fetch(server.port, path)
        taken = [fetch(server.port, path) for _ in range(times)]
        yield {
            "format": name,
            "first": median(each.first for each in taken),
            "whole": median(each.whole for each in taken),
            "length": taken[0].length,
            "peak": server.peak(),
        }


def fetch(port: int, path: str) -> Fetched:
    """Raises RuntimeError for anything but a file."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    began = perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"{path} answers {answer.status}")
    length = len(answer.read(1))
    first = perf_counter() - began
    while block := answer.read(BLOCK):
        length += len(block)
    return Fetched(first, perf_counter() - began, length)


def fill(size: int) -> None:
    """The works of fixtures/ under varied names, as often as it takes."""
    serving.set_up()
    items = json.loads(FIXTURE.read_text())
    with transaction.atomic():
        for numbers in batched(range(size), 2_000):
            pour([Work.model_validate(varied(items, number)) for number in numbers])


def pour(works: list[Work]) -> None:
    columns = [column_values(work) | {"chapter_position": None} for work in works]
    records = Reference.objects.bulk_create(Reference(**each) for each in columns)
    people = get_or_create_people(
        name for work in works for name in work.author + work.editor
    )
    Contribution.objects.bulk_create(
        Contribution(reference=record, person=people[name], role=role, position=place)
        for record, work in zip(records, works, strict=True)
        for role in ("author", "editor")
        for place, name in enumerate(getattr(work, role), start=1)
    )


if __name__ == "__main__":
    main()
