"""Quotes as pages show them, with what became of their findings since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from initiatives.evidence_grade.rules import Level
from initiatives.models import Finding
from initiatives.plan.content import Quote
from initiatives.schemes import family_of
from initiatives.since_kept import (
    FINDING,
    KeptRecord,
    SinceKept,
    join_texts,
    look_up,
)


@dataclass(frozen=True)
class ShownQuote:
    """A quote in words, and what became of its finding since."""

    quote: Quote
    since: SinceKept | None = None

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
        is_neutral = self.quote.direction == "neutral"
        return "" if is_neutral else names.get(self.quote.direction, "")

    @property
    def grade(self) -> Level | None:
        return self.quote.grade

    @property
    def address(self) -> str:
        return reverse("findings:detail", args=[self.quote.finding])


type Since = Mapping[str, SinceKept]


def find_since(quotes: Iterable[Quote]) -> Since:
    """Return short id → what became of each finding since it was taken over.

    Four queries at most, whatever the number; none without quotes.
    """
    every = {quote.finding: quote for quote in quotes}
    kept = [
        KeptRecord(
            FINDING,
            quote.finding,
            title=quote.case_name,
            text=join_texts(quote.statement, quote.response),
        )
        for quote in every.values()
    ]
    return dict(zip(every, look_up(kept), strict=True))


def show_quotes(quotes: Iterable[Quote], since: Since) -> list[ShownQuote]:
    return [ShownQuote(quote, since.get(quote.finding)) for quote in quotes]
