"""Addresses as they are copied and sent to others."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context: Any, path: str) -> str:
    """Return the address of a path of this site with scheme and host."""
    address: str = context.request.build_absolute_uri(path)
    return address
