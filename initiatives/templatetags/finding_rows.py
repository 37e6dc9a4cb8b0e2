"""A tag for findings away from their cases, each rendered once until it changes."""

from functools import partial

from django import template

from casebase.registry import kind_of
from initiatives.models import Finding, Initiative
from initiatives.shortlist.items import id_of
from initiatives.templatetags.shortlist import ids_of
from references.models import Reference

register = template.Library()
TEMPLATE = "initiatives/_finding.html"


@register.simple_tag(takes_context=True)
def finding_row(context, finding, snapshot, level, *, is_listed=False):
    """Return a finding (with list details) as TEMPLATE shows it away from its case.

    All readers get the same, except that it says whether they have kept it. Where words
    were searched for, they are marked, so it is rendered anew.
    """
    inputs = {"finding": finding, "level": level, "is_listed": is_listed}
    found = context.template.engine.get_template(TEMPLATE)
    render = partial(found.render, context.new({**inputs, "elsewhere": True}))
    if hasattr(finding, "marked"):
        return render()
    is_kept = id_of(finding) in ids_of(context)
    key = (TEMPLATE, finding.pk, level, is_listed, is_kept)
    return snapshot.rendered.get_or_render(key, records_of(finding), render)


def records_of(finding):
    """Return all records that a finding shows, as pairs of kind and key."""
    works = {(kind_of(Reference), use.reference_id) for use in finding.sources.all()}
    case = (kind_of(Initiative), finding.initiative_id)
    return {(kind_of(Finding), finding.pk), case, *works}
