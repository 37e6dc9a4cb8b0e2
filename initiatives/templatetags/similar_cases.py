"""The closest cases, on the page of a case."""

from django import template

from initiatives.similar.nearest import nearest_cases

register = template.Library()


@register.inclusion_tag("initiatives/similar/_nearest.html")
def cases_like(initiative):
    return {"initiative": initiative, "nearest": nearest_cases(initiative)}
