"""Short ids for findings and modes whose authors left the id out."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from casebase.content.entries import Entry
from casebase.content.parsed_file import ErrorDetail, KeyPath
from initiatives.models import Finding
from initiatives.models.findings import SHORT_ID_ALPHABET
from initiatives.sheets import CaseSheet

type SheetEntry = Entry[CaseSheet]


def foreign_id_errors(
    entries: list[SheetEntry], seen: set[str]
) -> Iterator[ErrorDetail]:
    """Yield an error for each id that belongs to another finding or another case.

    An id belongs to one finding of one case for ever. ``seen`` has the ids in earlier
    sheets, and gets those of these.
    """
    ids = set().union(*(ids_in(entry.data) for entry in entries))
    findings = Finding.objects.filter(short_id__in=ids).order_by()
    owners = dict(findings.values_list("short_id", "initiative__slug"))
    for entry in entries:
        slug = entry.before.slug if entry.before else None
        for key_path, row in rows_in(entry.data):
            if row.id is None:
                continue
            owner = owners.get(row.id, slug)
            if row.id in seen:
                sentence = f"“{row.id}” stands in these files twice."
                yield entry.error_at(*key_path, "id", sentence=sentence)
            elif owner != slug:
                sentence = f"“{row.id}” belongs to “{owner}”."
                yield entry.error_at(*key_path, "id", sentence=sentence)
            seen.add(row.id)


def assign_ids(entries: list[SheetEntry], used: set[str]) -> list[str]:
    """Give an id to each row without one; the same text always gets the same id.

    ``used`` are the ids in all sheets of the import; the new ones are added to it.
    Returns the slug of the case and the new id, such as “weyhe f2m8kq7x”.
    """
    rows = [
        (entry, row)
        for entry in entries
        for _, row in rows_in(entry.data)
        if row.id is None
    ]
    cases = case_keys(next(candidate_ids(e.data.slug, row)) for e, row in rows)
    for entry, row in rows:
        row.id = next(
            short_id
            for short_id in candidate_ids(entry.data.slug, row)
            if short_id not in used and not belongs_elsewhere(short_id, entry, cases)
        )
        used.add(row.id)
    return [f"{entry.data.slug} {row.id}" for entry, row in rows]


def case_keys(ids: Iterable[str]) -> dict[str, int | None]:
    """Return id → primary key of the case of its finding, or None. One query."""
    known: dict[str, int | None] = dict.fromkeys(ids)
    findings = Finding.objects.filter(short_id__in=list(known)).order_by()
    return known | dict(findings.values_list("short_id", "initiative"))


def belongs_elsewhere(
    short_id: str, entry: SheetEntry, cases: dict[str, int | None]
) -> bool:
    """Whether a finding of another case has the id.

    ``cases`` has the result of ``case_keys`` for most ids; others are added to it.
    """
    if short_id not in cases:
        cases |= case_keys([short_id])
    own = entry.record and entry.record.pk
    return cases[short_id] not in (None, own)


def ids_in(sheet: CaseSheet) -> set[str]:
    return {row.id for _, row in rows_in(sheet) if row.id}


def rows_in(sheet: CaseSheet) -> Iterator[tuple[KeyPath, Any]]:
    """Yield the modes and findings of a sheet, with their key paths."""
    for part in ("modes", "findings"):
        for n, row in enumerate(getattr(sheet, part)):
            yield (part, n), row


def candidate_ids(slug: str, row: Any) -> Iterator[str]:
    """Yield ids computed from the case, the kind and the text, without end."""
    kind = getattr(row, "kind", "mode")
    text = row.term if kind == "mode" else row.statement
    n = 0
    while True:
        digest = sha256("\n".join([slug, kind, text, str(n)]).encode()).digest()
        signs = (SHORT_ID_ALPHABET[byte % len(SHORT_ID_ALPHABET)] for byte in digest)
        yield "f" + "".join(signs)[:7]
        n += 1
