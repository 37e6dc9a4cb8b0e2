"""A tag for parts of a list's page that are rendered once for all its pages."""

from typing import Any

from django import template

from casebase.lists.kept_parts import MOST, kept_parts, key_of

register = template.Library()
# What parts get of the page. Nothing in them may depend on the reader.
INPUTS = ("filter", "address", "charts")


@register.simple_tag(takes_context=True)
def kept_part(context: Any, name: str) -> str:
    """Return the part as ``include`` with INPUTS renders it.

    It is rendered once for a snapshot and a query, since which page is shown does not
    matter to it.
    """
    inputs = {given: context.get(given) for given in INPUTS}
    kept = kept_parts(inputs["filter"].snapshot)
    key = (name, inputs["address"], *key_of(inputs["filter"]))
    if (part := kept.get(key)) is None:
        found = context.template.engine.get_template(name)
        part = found.render(context.new(inputs))
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = part
    return part
