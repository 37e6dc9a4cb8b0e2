"""How pages carry what machines read on them."""

import json

from django import template

from casebase.metadata.page_description import unapi_id
from references.csl_serializers import cited_work
from references.metadata.coins import context_object

register = template.Library()

# What could end the block of a script or open a comment; JSON knows these escapes.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.filter
def json_ld(graph):
    """Safe inside ``<script>``, as Django's own ``json_script`` is."""
    return json.dumps(graph, ensure_ascii=False).translate(ESCAPES)


register.filter("context_object", context_object)
register.filter("unapi_id", unapi_id)


@register.filter
def coins(reference):
    """The context object of a record. No query after ``with_contributors()``."""
    return context_object(cited_work(reference))
