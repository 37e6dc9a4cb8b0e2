"""How pages name cases, and the casebase, to machines."""

from django import template

from initiatives import record_metadata
from references.metadata.coins import context_object

register = template.Library()


# Parts of pages get the request as an attribute of their context, never as a variable.
@register.simple_tag(takes_context=True)
def case_coins(context, case):
    """The context object of a case."""
    return context_object(
        record_metadata.case_work(case, context.request.build_absolute_uri)
    )
