"""What a case says of those who helped it, and how to."""

from django import template

register = template.Library()


@register.inclusion_tag("suggestions/_invitation.html")
def invitation(initiative):
    """One query."""
    names = initiative.suggestions.credited().values_list("name", flat=True)
    # The first time each helped.
    return {"initiative": initiative, "names": list(dict.fromkeys(names))}


@register.inclusion_tag("suggestions/_waiting.html")
def waiting_suggestions(initiative):
    """What readers suggest on a case, for its page at the desk. One query."""
    return {"suggestions": initiative.suggestions.open().select_related("finding")}
