"""The content of the page on which one row of the table is written."""

from functools import cached_property
from typing import Any

from casebase.kept.models import Kept
from initiatives.models import Finding
from initiatives.plan.closest import ClosestCases, find_terms
from initiatives.plan.content import Row
from initiatives.plan.offers import (
    StrategyOffer,
    offer_measures,
    offer_strategies,
)
from initiatives.plan.row_form import RowForm, version_of_row
from initiatives.plan.shown_quotes import ShownQuote, find_since, show_quotes
from initiatives.plan.table_page import TablePage
from initiatives.plan.table_rows import find_row, new_row_id

# Fields whose values are terms, which are named by their labels.
NAMED_BY_LABELS = ("about", "strategy")


class RowPage(TablePage):
    """A row that is stored, or a new one."""

    def __init__(self, kept: Kept, row_id: str, data: Any = None) -> None:
        super().__init__(kept)
        self.row_id = row_id or new_row_id()
        self.current = find_row(self.table, self.row_id)
        row = self.current or Row(id=self.row_id)
        self.form = RowForm(self.codebook, row, data)
        self.is_conflict = False

    @property
    def version(self) -> Any:
        return version_of_row(self.current)

    @cached_property
    def term(self) -> Any:
        """The barrier or risk that is chosen in the form, or None."""
        scheme, _, slug = str(self.form["about"].value()).partition(":")
        known = scheme in ("barriers", "risks")
        return next(
            iter(find_terms(self.codebook, scheme, [slug]) if known else []), None
        )

    @cached_property
    def closest(self) -> ClosestCases:
        return ClosestCases(self.plan.start, self.snapshot)

    @cached_property
    def strategies(self) -> list[StrategyOffer]:
        return offer_strategies(self.term, self.closest) if self.term else []

    def put_offers_first(self) -> None:
        """Put the strategies that cases used first in the form’s list of them."""
        used = [(each.strategy.slug, each.strategy.label) for each in self.strategies]
        field = self.form.fields["strategy"]
        if used:
            nothing, *others = field.choices
            rest = [choice for choice in others if choice not in used]
            groups = [("Used against it by cases", used), ("Others", rest)]
            field.choices = [nothing, *groups]

    @cached_property
    def measures(self) -> list[Finding]:
        return offer_measures(self.term, self.closest)

    @property
    def quotes(self) -> list[ShownQuote]:
        quotes = self.current.quotes if self.current else []
        return show_quotes(quotes, find_since(quotes))

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """Pairs of a label and what somebody else saved, where that differs."""
        if not (self.is_conflict and self.current):
            return []
        ours, theirs = self.form.cleaned.model_dump(), self.current.model_dump()
        pairs = [
            (str(field.label), str(theirs[name] or "nothing"))
            for name, field in self.form.fields.items()
            if name not in NAMED_BY_LABELS and ours[name] != theirs[name]
        ]
        for name, scheme in (
            ("term", "barriers"),
            ("term", "risks"),
            ("strategy", "strategies"),
        ):
            terms = find_terms(self.codebook, scheme, [theirs[name]])
            if ours[name] != theirs[name] and terms:
                pairs.append((terms[0].words.singular.capitalize(), terms[0].label))
        return pairs
