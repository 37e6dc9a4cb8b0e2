"""Filters for a plan’s page for paper."""

from django import template

from initiatives.plan.content import Quote
from initiatives.plan.layout import PlanLayout
from initiatives.plan.outputs.texts import describe_quote

register = template.Library()
register.filter("describe_quote", describe_quote)


@register.filter
def cite(layout: PlanLayout, quote: Quote) -> str:
    """Return “[1, p. 24; 2]”."""
    return layout.cite(quote)


@register.filter
def numbers(layout: PlanLayout, quotes: list[Quote]) -> str:
    """Return the numbers of the works of quotes: “1, 2”."""
    return ", ".join(map(str, layout.number_works(quotes)))
