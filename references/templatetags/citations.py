"""How pages ask for the citation of a work."""

from django import template

from references import citations

register = template.Library()

register.filter("cited", citations.cite)
register.filter("language_name", citations.language_name)
