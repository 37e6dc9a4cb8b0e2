"""Links of a plan as they are copied and sent to others."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context, path):
    """Return the address of a path of this site with scheme and host."""
    return context.request.build_absolute_uri(path)
