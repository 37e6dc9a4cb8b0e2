"""How pages carry JSON-LD."""

import json

from django import template

register = template.Library()

# What could end a script or open a comment, as the escapes that JSON has for it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.filter
def json_ld(node):
    """JSON that is safe inside ``<script>``, as that of Django's ``json_script`` is."""
    return json.dumps(node, ensure_ascii=False).translate(ESCAPES)
