"""Addresses at which a plan begins with what the reader looks at."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from initiatives.plan.content import FIELDS

register = template.Library()

# The parameters of lists that the start of a plan takes over: see plan/prefill.py.
KNOWN = {*FIELDS, "case"}


@register.filter
def plan_start(parameters):
    """Return the address of a plan that begins with those pairs of parameter and value
    that it takes over; empty if there is none."""
    known = [pair for pair in parameters if pair[0] in KNOWN]
    return f"{reverse('plan:new')}?{urlencode(known)}" if known else ""


@register.filter
def paired(parameter, value):
    """Return a list of one pair, for ``plan_start``."""
    return [(parameter, value)]
