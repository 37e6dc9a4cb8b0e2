"""Counts by year as bars, each of one or more years."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

MAX_BARS = 30
# Numbers of years that one bar may stand for.
SPANS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
# The height of the drawing and the distance between bars, in units of the drawing.
HEIGHT, STEP = 40, 4


@dataclass(frozen=True)
class YearBar:
    """The records from one year to another. ``x`` and ``height`` are drawing units."""

    first: int
    last: int
    count: int
    is_chosen: bool
    x: int
    height: int
    # Of the list of these records, if there is one.
    address: str = ""

    @property
    def top(self) -> int:
        return HEIGHT - self.height

    @property
    def number(self) -> str:
        return f"{self.count:,}"

    @property
    def years(self) -> str:
        """The years in words: “1990–1994”, or “1990”."""
        span = f"{self.first}–{self.last}"
        return str(self.first) if self.first == self.last else span


@dataclass(frozen=True)
class Histogram:
    """Bars side by side, without gaps: years without records have bars of no height."""

    bars: list[YearBar]
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


@dataclass(frozen=True)
class YearChart:
    """A histogram with its table. ``n_undated`` is the number of records of no year."""

    title: str
    counted: str
    histogram: Histogram
    n_undated: int


def build_histogram(
    counts: Mapping[int, int],
    first: float = -inf,
    last: float = inf,
    address_of: Callable[[int, int], str] = lambda first, last: "",
) -> Histogram:
    """Return the histogram of year → number of records.

    Bars with a year from ``first`` to ``last`` are marked as chosen. ``address_of``
    returns the address of the list of the records from one year to another.
    """
    return Histogram(list(build_bars(counts, first, last, address_of)))


def build_bars(
    counts: Mapping[int, int],
    first: float,
    last: float,
    address_of: Callable[[int, int], str],
) -> Iterator[YearBar]:
    if not counts:
        return
    span, sums = sums_by_span(counts)
    highest = max(sums.values())
    for place, number in enumerate(range(min(sums), max(sums) + 1)):
        count, begun = sums.get(number, 0), number * span
        ended = begun + span - 1
        # Rounded up, so that even the smallest bar is visible.
        height = -(-count * HEIGHT // highest)
        chosen = first <= ended and begun <= last
        address = address_of(begun, ended) if count else ""
        yield YearBar(begun, ended, count, chosen, place * STEP, height, address)


def sums_by_span(counts: Mapping[int, int]) -> tuple[int, dict[int, int]]:
    """Return how many years share a bar, and number of a bar → number of records."""
    earliest, latest = min(counts), max(counts)
    span = next(span for span in SPANS if latest // span - earliest // span < MAX_BARS)
    sums: dict[int, int] = {}
    for year, count in counts.items():
        sums[year // span] = sums.get(year // span, 0) + count
    return span, sums
