"""Tags that show suggestions on a case: credits, and those still open."""

from django import template

register = template.Library()


@register.inclusion_tag("suggestions/_invitation.html")
def invitation(initiative):
    """Show how to suggest a correction, and credit readers. Takes one query."""
    names = initiative.suggestions.credited().values_list("name", flat=True)
    # A reader who helped several times is named once.
    return {"initiative": initiative, "names": list(dict.fromkeys(names))}


@register.inclusion_tag("suggestions/_waiting.html")
def waiting_suggestions(initiative):
    """Show open suggestions on the case's page at the desk. Takes one query."""
    return {"suggestions": initiative.suggestions.open().select_related("finding")}
