"""Filters for what reference managers read in a page: COinS and ids of unAPI."""

from django import template

from references.csl_serializers import serialize_cited_work
from references.metadata.coins import context_object
from references.metadata.record_page import unapi_id

register = template.Library()
register.filter("context_object", context_object)
register.filter("unapi_id", unapi_id)


@register.filter
def coins(reference):
    """Return the context object of a work. No query after ``with_contributors()``."""
    return context_object(serialize_cited_work(reference))
