"""Filters for the texts of pages."""

from django import template
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst

register = template.Library()


@register.filter
def with_noun(number: int, nouns: str) -> str:
    """Return a number with its noun, as “1 case” or “1,204 cases” for “case,cases”."""
    singular, plural = nouns.split(",")
    return f"{number:,} {singular if number == 1 else plural}"


@register.filter
def lower_first(label: str) -> str:
    """Return a label with a small first letter, unless it begins with an acronym."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


@register.filter
def hidden_words(statement: str, words: str) -> str:
    """Return the first words of a statement, for those who hear one control of many.

    ``words`` stand before them. Nothing is said without a statement.
    """
    if not statement:
        return ""
    shortened = Truncator(capfirst(statement)).words(8, truncate=" …")
    return format_html(
        '<span class="visually-hidden"> {} “{}”</span>', words, shortened
    )
