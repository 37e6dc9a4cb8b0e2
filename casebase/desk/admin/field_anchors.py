"""Where on the page of a case the field stands that a gap is about."""

from initiatives.models import Finding


def anchored(gaps, context):
    """Pairs of a gap and the id of its field; empty where the page has no such field.

    ``context`` is that of Django's page of a case.
    """
    form = context["adminform"].form
    rows = {}
    for inline in context["inline_admin_formsets"]:
        if inline.opts.model is Finding and inline.has_change_permission:
            rows = {row.instance.pk: row for row in inline.formset.initial_forms}
    return [
        (gap, id_of(gap, rows.get(gap.record.pk) if is_row(gap) else form))
        for gap in gaps
    ]


def is_row(gap):
    return isinstance(gap.record, Finding)


def id_of(gap, form):
    if form is None:
        return ""
    if gap.field == "sources":
        # There always is a blank one where there is none yet.
        form, name = form.sources.forms[0], "reference"
    else:
        name = gap.field
    return form[name].auto_id if name in form.fields else ""
