"""The parts of charts that repeat, as HTML.

Not templates: a list has hundreds of them, which took a third of the time of its page.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from casebase.charts.bars import Bar, BarChart, Part, Value
from casebase.charts.histogram import Histogram, YearBar

register = template.Library()


@register.filter
def bar_drawing(parts: Iterable[Part]) -> SafeString:
    """Return one bar, of one part or of several.

    What it shows has to stand beside it in words.
    """
    drawn = "".join(drawn_part(part) for part in parts if part.value.n)
    return mark_safe(  # noqa: S308 -- numbers, and texts that are escaped
        f'<svg class="bar" aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def drawn_part(part: Part) -> str:
    name, sign = escape(part.value.name), escape(part.value.sign)
    fill = f"part part--{name}" if name else "part"
    shape = (
        f'<rect class="{fill}" x="{part.start:.2f}%" width="{part.width:.2f}%" '
        'height="100%"/>'
    )
    if not (sign and part.has_room):
        return shape
    classes = f"part__sign part__sign--{name}"
    return (
        f'{shape}<text class="{classes}" x="{part.middle:.2f}%" y="50%">{sign}</text>'
    )


@register.filter
def bar_rows(chart: BarChart) -> SafeString:
    """Return the rows of a chart of bars: a value, its bar, its number, those of parts.

    The numbers of parts are there only if the bars are divided.
    """
    rows = (bar_row(bar, is_divided=bool(chart.columns)) for bar in chart.bars)
    return mark_safe("\n".join(rows))  # noqa: S308 -- each is escaped


def bar_row(bar: Bar, *, is_divided: bool) -> str:
    value, parts = bar.value, bar.parts if is_divided else []
    label = linked(value, escape(value.label)) or f"<span>{escape(value.label)}</span>"
    numbers = "".join(f"<td>{number_of(part.value)}</td>" for part in parts)
    return (
        f'<tr data-family="{escape(bar.family)}"><th scope="row">'
        f'<span class="chart__row">{label} {bar_drawing(bar.parts)}</span></th> '
        f"<td>{value.number}</td> {numbers}</tr>"
    )


def number_of(value: Value) -> str:
    return (linked(value, value.number) or value.number) if value.n else ""


def linked(value: Value | YearBar, words: str) -> str:
    """Return the words as a link to the list of the value; empty without an address."""
    address = escape(value.address)
    return f'<a href="{address}">{words}</a>' if address else ""


@register.filter
def year_bars(histogram: Histogram) -> SafeString:
    """Return the bars of a histogram as shapes, each with its title."""
    shapes = "\n".join(
        f'<rect class="{classes_of(bar)}" x="{bar.x}" y="{bar.top}" '
        f'width="{histogram.bar_width}" height="{bar.height}">'
        f"<title>{bar.years}: {bar.count}</title></rect>"
        for bar in histogram.bars
    )
    return mark_safe(shapes)  # noqa: S308 -- numbers, and words of ours


def classes_of(bar: YearBar) -> str:
    name = "histogram__bar"
    return name if bar.is_chosen else f"{name} {name}--left-out"


@register.filter
def year_rows(histogram: Histogram) -> SafeString:
    """Return the rows of the table of a histogram, without years without records."""
    rows = "".join(
        f'<tr><th scope="row">{linked(bar, bar.years) or bar.years}</th>'
        f"<td>{bar.number}</td></tr>"
        for bar in histogram.bars
        if bar.count
    )
    return mark_safe(rows)  # noqa: S308 -- numbers, and addresses that are escaped
