"""The content of the page of a plan’s table."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebase.kept.models import Kept
from initiatives.codebook import Codebook
from initiatives.plan.closest import find_terms
from initiatives.plan.content import TABLE, Row, Table, read_section
from initiatives.plan.page import PlanPage
from initiatives.plan.shown_quotes import (
    ShownQuote,
    Since,
    find_since,
    show_quotes,
)
from initiatives.plan.table_rows import SCHEMES_OF_ROWS


@dataclass(frozen=True)
class ShownRow:
    """A row of the table in words, with the terms that it names."""

    row: Row
    term: Any
    strategy: Any
    quotes: list[ShownQuote]

    @property
    def label(self) -> str:
        """What it is about, to tell it from other rows."""
        return str(self.term or self.row.obstacle or self.row.kind)


def show_row(codebook: Codebook, row: Row, since: Since) -> ShownRow:
    terms = find_terms(codebook, SCHEMES_OF_ROWS[row.kind], [row.term])
    strategies = find_terms(codebook, "strategies", [row.strategy])
    return ShownRow(
        row,
        next(iter(terms), None),
        next(iter(strategies), None),
        show_quotes(row.quotes, since),
    )


class TablePage(PlanPage):
    """The rows of the table, and the barriers and risks that could become rows."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept, TABLE)

    @cached_property
    def table(self) -> Table:
        table: Table = read_section(TABLE, self.kept.section(TABLE).content)
        return table

    @cached_property
    def rows(self) -> list[ShownRow]:
        since = find_since(quote for row in self.table.rows for quote in row.quotes)
        return [show_row(self.codebook, row, since) for row in self.table.rows]

    @property
    def removed(self) -> ShownRow | None:
        row = self.table.removed
        return show_row(self.codebook, row, {}) if row else None

    @property
    def named_terms(self) -> list[tuple[str, Any]]:
        """Pairs of a value for the form of a row and a term named at the start.

        Without those that have a row.
        """
        start = self.plan.start
        named = {"barriers": start.barriers, "risks": start.risks}
        used = {(SCHEMES_OF_ROWS[row.kind], row.term) for row in self.table.rows}
        return [
            (f"{scheme}:{term.slug}", term)
            for scheme, slugs in named.items()
            for term in find_terms(self.codebook, scheme, slugs)
            if (scheme, term.slug) not in used
        ]
