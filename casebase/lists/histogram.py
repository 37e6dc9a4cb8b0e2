"""Counts by year as bars, each of one or more years."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# How many bars there may be, and of how many years one may be.
MOST_BARS = 30
SPANS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
# Of the drawing, in its own measure: its height, and from one bar to the next.
HEIGHT, STEP = 40, 4


@dataclass(frozen=True)
class Bar:
    """So many records from one year to another. Lengths are parts of the drawing."""

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
        """“1990–1994”, or “1990”."""
        span = f"{self.first}–{self.last}"
        return str(self.first) if self.first == self.last else span


@dataclass(frozen=True)
class Histogram:
    """Bars that stand side by side; where nothing is, one of no height."""

    bars: list[Bar]
    height = HEIGHT
    bar_width = STEP - 1

    @property
    def width(self) -> int:
        return STEP * len(self.bars)

    @property
    def told(self) -> str:
        """What the drawing shows, in words."""
        return ", ".join(
            f"{bar.years}: {bar.count:,}" for bar in self.bars if bar.count
        )


def histogram(counts: Mapping[int, int], first: float, last: float) -> Histogram:
    """Of the records of each year; those from ``first`` to ``last`` are chosen."""
    return Histogram(list(bars(counts, first, last)))


def bars(counts: Mapping[int, int], first: float, last: float) -> Iterator[Bar]:
    if not counts:
        return
    earliest, latest = min(counts), max(counts)
    span = next(span for span in SPANS if latest // span - earliest // span < MOST_BARS)
    sums: dict[int, int] = {}
    for year, count in counts.items():
        sums[year // span] = sums.get(year // span, 0) + count
    highest = max(sums.values())
    for place, number in enumerate(range(earliest // span, latest // span + 1)):
        count, begun = sums.get(number, 0), number * span
        # However few, they can be seen.
        height = -(-count * HEIGHT // highest)
        chosen = first <= begun + span - 1 and begun <= last
        yield Bar(begun, begun + span - 1, count, chosen, place * STEP, height)
