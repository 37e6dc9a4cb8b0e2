"""Bars: one for each value, all in proportion, each of one part or of several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

# The rows of a chart of many values.
MOST_SHOWN = 8
# The narrowest part with a sign, of a bar that is 100 wide.
ROOM_FOR_A_SIGN = 10


@dataclass(frozen=True)
class Value:
    """A number of records, what they have in common, and the address of their list.

    ``name`` is that of its fill and its sign in the style sheets, such as “helped”;
    ``sign`` is what stands in its part of a bar.
    """

    label: str
    n: int
    address: str = ""
    name: str = ""
    sign: str = ""

    @property
    def number(self) -> str:
        return f"{self.n:,}"


@dataclass(frozen=True)
class Part:
    """A value as a part of a bar. ``start`` and ``width`` are from 0 to 100."""

    value: Value
    start: float
    width: float

    @property
    def middle(self) -> float:
        return self.start + self.width / 2

    @property
    def has_room(self) -> bool:
        """Whether a sign fits into it, in a bar of any table."""
        return self.width >= ROOM_FOR_A_SIGN


def stack(values: Iterable[Value], whole: int | None = None) -> list[Part]:
    """Return the values as parts of one bar, side by side.

    The bar is as long as their share of ``whole``; without it, they fill it.
    """
    values = list(values)
    whole = whole or sum(value.n for value in values) or 1
    starts = accumulate((value.n for value in values), initial=0)
    return [
        Part(value, 100 * start / whole, 100 * value.n / whole)
        for value, start in zip(values, starts, strict=False)
    ]


@dataclass(frozen=True)
class Bar:
    """The bar of a value. ``family`` is its colour family in the style sheets."""

    value: Value
    parts: list[Part]
    family: str


@dataclass(frozen=True)
class BarChart:
    """Bars one below the other; also a table, with a row for each.

    ``counted`` is what the numbers count (“cases”). ``columns`` are the parts that bars
    consist of, each as a value of the whole chart; none if bars are not divided.
    ``n_more`` is the number of values that are left out.
    """

    title: str
    counted: str
    bars: list[Bar]
    columns: list[Value]
    n_more: int = 0


def bar_chart(
    title: str,
    counted: str,
    values: Iterable[Value],
    *,
    family: str = "neutral",
    most: int | None = None,
) -> BarChart:
    """Return a chart of the values; the largest one fills its row.

    Only the first ``most`` are shown, and are compared with the largest of these.
    """
    values = list(values)
    shown = values[:most]
    longest = max((value.n for value in shown), default=0)
    bars = [Bar(value, stack([value], longest), family) for value in shown]
    return BarChart(title, counted, bars, [], len(values) - len(shown))


def divided_bar_chart(
    title: str,
    counted: str,
    rows: Sequence[tuple[Value, Sequence[Value], str]],
    *,
    most: int | None = None,
) -> BarChart:
    """Return a chart whose bars consist of parts.

    A row is a value, its parts and its family. Rows have the same parts, in the same
    order, also those of no records. Parts that no row has are left out. Only the first
    ``most`` rows are shown.
    """
    shown = rows[:most]
    longest = max((value.n for value, _, _ in shown), default=0)
    columns_of_parts = zip(*(parts for _, parts, _ in shown), strict=True)
    totals = [sum(part.n for part in column) for column in columns_of_parts]
    kept = [place for place, n in enumerate(totals) if n]
    bars = [
        Bar(value, stack([parts[place] for place in kept], longest), family)
        for value, parts, family in shown
    ]
    columns = [replace(shown[0][1][p], n=totals[p], address="") for p in kept]
    return BarChart(title, counted, bars, columns, len(rows) - len(shown))
