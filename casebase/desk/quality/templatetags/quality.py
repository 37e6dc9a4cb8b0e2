"""What needs work next, on the desk's start page."""

from django import template

from casebase.desk.quality.statistics import figures_for

register = template.Library()


@register.inclusion_tag("quality/_statistics.html", takes_context=True)
def figures(context):
    return {"groups": figures_for(context["request"])}
