"""Counts by year as bars, each of one or more years."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAX_BARS = 30
# Numbers of years that one bar may stand for.
SPANS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
# The height of the drawing and the distance between bars, in units of the drawing.
HEIGHT, STEP = 40, 4


@dataclass(frozen=True)
class Bar:
    """The records from one year to another. ``x`` and ``height`` are drawing units."""

    first: int
    last: int
    count: int
    is_chosen: bool
    x: int
    height: int

    @property
    def top(self) -> int:
        return HEIGHT - self.height

    @property
    def years(self) -> str:
        """The years in words: “1990–1994”, or “1990”."""
        span = f"{self.first}–{self.last}"
        return str(self.first) if self.first == self.last else span


@dataclass(frozen=True)
class Histogram:
    """Bars side by side, without gaps: years without records have bars of no height."""

    bars: list[Bar]
    height = HEIGHT
    bar_width = STEP - 1

    @property
    def width(self) -> int:
        return STEP * len(self.bars)

    @property
    def description(self) -> str:
        """The counts in words, for readers who can't see the drawing."""
        return ", ".join(
            f"{bar.years}: {bar.count:,}" for bar in self.bars if bar.count
        )


def build_histogram(counts: Mapping[int, int], first: float, last: float) -> Histogram:
    """Return the histogram of year → number of records.

    Bars with a year from ``first`` to ``last`` are marked as chosen.
    """
    return Histogram(list(build_bars(counts, first, last)))


def build_bars(counts: Mapping[int, int], first: float, last: float) -> Iterator[Bar]:
    if not counts:
        return
    earliest, latest = min(counts), max(counts)
    span = next(span for span in SPANS if latest // span - earliest // span < MAX_BARS)
    sums: dict[int, int] = {}
    for year, count in counts.items():
        sums[year // span] = sums.get(year // span, 0) + count
    highest = max(sums.values())
    for place, number in enumerate(range(earliest // span, latest // span + 1)):
        count, begun = sums.get(number, 0), number * span
        # Rounded up, so that even the smallest bar is visible.
        height = -(-count * HEIGHT // highest)
        chosen = first <= begun + span - 1 and begun <= last
        yield Bar(begun, begun + span - 1, count, chosen, place * STEP, height)
