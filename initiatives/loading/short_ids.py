"""Short ids for findings and modes of sheets written by hand."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from casebase.content.entries import Entry
from casebase.content.parsed_file import Place, Refusal
from initiatives.models import Finding
from initiatives.models.findings import SHORT_ID_ALPHABET
from initiatives.sheets import Sheet

type SheetEntry = Entry[Sheet]


def refuse_foreign_ids(entries: list[SheetEntry]) -> Iterator[Refusal]:
    """An id belongs to one statement of one case, for ever."""
    findings = Finding.objects.filter(short_id__in=ids_in(entries))
    owners = dict(findings.values_list("short_id", "initiative__slug"))
    seen: set[str] = set()
    for entry in entries:
        slug = entry.before.slug if entry.before else None
        for place, row in rows_of(entry.form):
            if row.id is None:
                continue
            owner = owners.get(row.id, slug)
            if row.id in seen:
                sentence = f"“{row.id}” stands in these files twice."
                yield entry.refusal(*place, "id", sentence=sentence)
            elif owner != slug:
                sentence = f"“{row.id}” belongs to “{owner}”."
                yield entry.refusal(*place, "id", sentence=sentence)
            seen.add(row.id)


def give_ids(entries: list[SheetEntry]) -> list[str]:
    """Give ids to rows without one, always the same to the same; names those given."""
    taken = ids_in(entries)
    given = []
    for entry in entries:
        for _, row in rows_of(entry.form):
            if row.id is None:
                row.id = next(
                    mark
                    for mark in candidates(entry.form.slug, row)
                    if mark not in taken and not belongs_elsewhere(mark, entry)
                )
                taken.add(row.id)
                given.append(f"{entry.form.slug} {row.id}")
    return given


def ids_in(entries: list[SheetEntry]) -> set[str]:
    rows = (row for entry in entries for _, row in rows_of(entry.form))
    return {row.id for row in rows if row.id}


def rows_of(sheet: Sheet) -> Iterator[tuple[Place, Any]]:
    """Modes and findings, with their places."""
    for part in ("modes", "findings"):
        for n, row in enumerate(getattr(sheet, part)):
            yield (part, n), row


def candidates(slug: str, row: Any) -> Iterator[str]:
    kind = getattr(row, "kind", "mode")
    text = row.term if kind == "mode" else row.statement
    n = 0
    while True:
        digest = sha256("\n".join([slug, kind, text, str(n)]).encode()).digest()
        signs = (SHORT_ID_ALPHABET[byte % len(SHORT_ID_ALPHABET)] for byte in digest)
        yield "f" + "".join(signs)[:7]
        n += 1


def belongs_elsewhere(mark: str, entry: SheetEntry) -> bool:
    same = Finding.objects.filter(short_id=mark)
    return bool(same.exclude(initiative=entry.record).exists())
