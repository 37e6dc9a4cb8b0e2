"""The options of a facet as HTML.

Not a template: a list has hundreds of options, which took most of the time of its page.
"""

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from casebase.lists.facet_choices import Facet, Option

register = template.Library()


@register.filter
def option_items(facet: Facet, nouns: Sequence[str]) -> SafeString:
    """Return the options of a facet as items of a list.

    ``nouns`` are the singular and the plural of the records that are counted.
    """
    name, one, many = escape(facet.name), escape(nouns[0]), escape(nouns[1])
    items = (
        option_item(name, each, one if each.count == 1 else many)
        for each in facet.options
    )
    return mark_safe("\n".join(items))  # noqa: S308 -- each is escaped


def option_item(name: str, option: Option, noun: str) -> str:
    """Return an option as HTML; the name and the noun are escaped."""
    classes = [f"facet__option--depth-{option.depth}"] if option.depth else []
    classes += [] if option.count else ["facet__option--none"]
    attribute = f' class="{" ".join(classes)}"' if classes else ""
    checked = " checked" if option.is_chosen else ""
    value = escape(option.value)
    return (
        f'<li{attribute}><label><input type="checkbox" id="{name}-{value}" '
        f'name="{name}" value="{value}"{checked}> <span>{escape(option.label)}</span> '
        f'<span class="count">{option.count:,}<span class="visually-hidden"> {noun}'
        "</span></span></label></li>"
    )
