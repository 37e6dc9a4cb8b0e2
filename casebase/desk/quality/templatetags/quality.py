"""The tag that shows on the desk's start page what needs work."""

from django import template

from casebase.desk.quality.statistics import visible_figures

register = template.Library()


@register.inclusion_tag("quality/_statistics.html", takes_context=True)
def figures(context):
    return {"groups": visible_figures(context["request"])}
