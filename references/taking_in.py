"""Works of a file that another program wrote, into the database."""

import re
from bisect import bisect
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from casebase.content.changes import Changes
from casebase.content.written import Place, Refusal, RefusedError, Written
from changes.writing import written_together
from references.as_csl import WITH_WORK, work_of
from references.csl import Work
from references.formats.format import WorkFormat
from references.formats.reading import Reading
from references.importing import import_works
from references.models import FormerKey, Reference

WORDS = re.compile(r"\w+")

type Item = dict[str, Any]


def take_in(
    reading: Reading, kind: WorkFormat, *, update: bool, dry_run: bool
) -> tuple[Changes, list[Refusal]]:
    """Create works that are new and, when told to, update those that differ.

    Gives the changes, and what was not taken as it stands. What a format can't hold is
    no difference, and stays as it is. Raises RefusedError, and writes nothing, when
    works differ and are not to be updated.
    """
    with written_together(act="import"):
        items, differences = compared(reading, kind)
        if differences and not update:
            raise RefusedError(differences)
        doubles = list(without_doubles(items, reading))
        changes, unfit = write(items, reading.written)
        if dry_run:
            transaction.set_rollback(True)
    told = [*reading.refusals, *doubles, *unfit]
    return changes, sorted(told, key=lambda refusal: refusal.line)


def compared(
    reading: Reading, kind: WorkFormat
) -> tuple[dict[int, Item], list[Refusal]]:
    """The CSL items as they should become, by index, and where works here differ."""
    former = dict(FormerKey.objects.values_list("key", "reference__key"))
    keys = [former.get(work.key, work.key) for work in reading.works]
    records = Reference.objects.prefetch_related(*WITH_WORK).filter(key__in=keys)
    here = {record.key: work_of(record) for record in records}
    items: dict[int, Item] = {}
    differences = []
    for index, (key, work) in enumerate(zip(keys, reading.works, strict=True)):
        items[index] = work.to_csl()
        if key in here:
            said = news(work, kind.held(here[key]))
            items[index] = merged(here[key].to_csl(), said)
            if said:
                names = ", ".join(said)
                sentence = f"“{key}” is here already, and differs in: {names}."
                differences.append(on_work(reading.written, index, sentence))
    return items, differences


def on_work(written: Written, index: int, sentence: str) -> Refusal:
    return Refusal(written.path, written.lines[(index,)], "", sentence)


def news(work: Work, held: Work) -> Item:
    """What the file says of a work otherwise than its format would hold it."""
    known = held.to_csl()
    return {
        name: value
        for name, value in work.to_csl().items()
        if name != "id" and known.get(name) != value
    }


def merged(item: Item, said: Item) -> Item:
    custom = {**item.get("custom", {}), **said.get("custom", {})}
    return item | said | ({"custom": custom} if custom else {})


def without_doubles(items: dict[int, Item], reading: Reading) -> Iterator[Refusal]:
    """Take new works away that have the DOI, or title and year, of another one."""
    known: dict[object, str] = {}
    columns = ("key", "doi", "title", "issued_year")
    for key, *marks in Reference.objects.values_list(*columns):
        known |= dict.fromkeys(marks_of(*marks), key)
    keys = set(known.values())
    for index, work in enumerate(reading.works):
        if items[index]["id"] in keys:
            continue
        year = work.issued.year if work.issued else None
        marks = marks_of(work.doi or "", work.title, year)
        if double := next((known[mark] for mark in marks if mark in known), None):
            del items[index]
            sentence = f"“{work.key}” is left out: “{double}” looks like the same work."
            yield on_work(reading.written, index, sentence)
        else:
            known |= dict.fromkeys(marks, work.key)


def marks_of(doi: str, title: str, year: int | None) -> list[object]:
    """What two works don't have in common unless they are one."""
    words = " ".join(WORDS.findall(title.casefold()))
    return [mark for mark in (doi.casefold(), year and (words, year)) if mark]


def write(items: dict[int, Item], written: Written) -> tuple[Changes, list[Refusal]]:
    """Write what the models accept; tell of the others."""
    try:
        return attempt(items, written), []
    except RefusedError as error:
        starts = [written.lines[(index,)] for index in range(len(written.value))]
        unfit = {bisect(starts, refusal.line) - 1 for refusal in error.refusals}
        fit = {index: item for index, item in items.items() if index not in unfit}
        return attempt(fit, written), error.refusals


def attempt(items: dict[int, Item], written: Written) -> Changes:
    """All or, when RefusedError is raised, none."""
    numbers = {index: number for number, index in enumerate(items)}
    lines: dict[Place, int] = {
        (numbers[place[0]], *place[1:]): line
        for place, line in written.lines.items()
        if isinstance(place[0], int) and place[0] in numbers
    }
    with transaction.atomic():
        return import_works(files=[Written(written.path, list(items.values()), lines)])
