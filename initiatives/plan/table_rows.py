"""Rows of a plan’s table: adding, moving, removing, putting back."""

import secrets

from initiatives.models import Finding
from initiatives.plan.content import MAX_ROWS, Quote, Row, RowKind, Table

KINDS_OF_ROWS = {"barriers": RowKind.BARRIER, "risks": RowKind.RISK}
SCHEMES_OF_ROWS = {kind: scheme for scheme, kind in KINDS_OF_ROWS.items()}


def new_row_id() -> str:
    return secrets.token_hex(4)


def find_row(table: Table, row_id: str) -> Row | None:
    return next((row for row in table.rows if row.id == row_id), None)


def row_of(finding: Finding, quote: Quote) -> Row:
    """Return a row for a barrier or risk that a case met, and its first strategy."""
    strategies = [strategy.slug for strategy in finding.strategies.all()]
    return Row(
        id=new_row_id(),
        kind=RowKind(finding.kind),
        term=finding.concept.slug,
        strategy=strategies[0] if strategies else "",
        quotes=[quote],
    )


def add_row(table: Table, row: Row) -> Row | None:
    """Add a row at the end, and return it; or a row that quotes the same on its term.

    Returns None if the table is full.
    """
    ids = {quote.finding for quote in row.quotes}
    same = [
        other
        for other in table.rows
        if other.term == row.term and ids & {quote.finding for quote in other.quotes}
    ]
    if same:
        return same[0]
    if len(table.rows) >= MAX_ROWS:
        return None
    table.rows.append(row)
    return row


def move_row(table: Table, row_id: str, by: int) -> None:
    """Move a row up (−1) or down (1); at the ends nothing happens."""
    row = find_row(table, row_id)
    if row is None:
        return
    place = table.rows.index(row)
    table.rows.remove(row)
    table.rows.insert(max(place + by, 0), row)


def remove_row(table: Table, row_id: str) -> None:
    """Remove a row, and note it so that it can be put back."""
    if row := find_row(table, row_id):
        table.removed, table.removed_from = row, table.rows.index(row)
        table.rows.remove(row)


def restore_row(table: Table) -> None:
    """Put back the row that was removed last, if there is one and room for it."""
    if table.removed and len(table.rows) < MAX_ROWS:
        table.rows.insert(table.removed_from, table.removed)
        table.removed, table.removed_from = None, 0


def replace_row(table: Table, row: Row) -> None:
    """Put a row in the place of the one with its id; at the end if that is gone."""
    if old := find_row(table, row.id):
        table.rows[table.rows.index(old)] = row
    else:
        table.rows.append(row)
