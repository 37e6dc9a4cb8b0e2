"""How pages ask for the citation of a work."""

from django import template

from references import citations, exports

register = template.Library()


@register.simple_tag
def ways_to_take():
    """Every form in which a set of works can be taken away, those in a style first."""
    return exports.ALL_FORMATS.values()


register.filter("cited", citations.cite)
register.filter("language_name", citations.language_name)
