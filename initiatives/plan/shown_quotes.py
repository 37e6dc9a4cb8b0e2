"""Quotes as pages show them, with what became of their findings since."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from initiatives.evidence_grade.rules import Level
from initiatives.models import Finding
from initiatives.plan.content import Quote
from initiatives.schemes import family_of


@dataclass(frozen=True)
class ShownQuote:
    """A quote in words. ``question`` and ``row`` say where it stands."""

    quote: Quote

    @property
    def family(self) -> str:
        return family_of(self.quote.kind)

    @property
    def label(self) -> str:
        """Its kind and term: “Barrier: Mistrust”."""
        kind = dict(Finding.Kind.choices).get(self.quote.kind, self.quote.kind)
        return f"{kind}: {self.quote.term}" if self.quote.term else kind

    @property
    def result(self) -> str:
        """What came of it in words; empty if it speaks for nothing."""
        names = dict(Finding.Direction.choices)
        is_neutral = self.quote.direction == Finding.Direction.NEUTRAL
        return "" if is_neutral else names.get(self.quote.direction, "")

    @property
    def grade(self) -> Level | None:
        known = {level.value for level in Level}
        return Level(self.quote.grade) if self.quote.grade in known else None

    @property
    def address(self) -> str:
        return reverse("findings:detail", args=[self.quote.finding])


def show_quotes(quotes: Iterable[Quote]) -> list[ShownQuote]:
    return [ShownQuote(quote) for quote in quotes]
