"""The HTML ids of the fields that the gaps of a case are about."""

from initiatives.models import Finding


def with_field_ids(gaps, context):
    """Return pairs of a gap and the HTML id of its field, "" if there is none.

    ``context`` is the template context of the change page of a case.
    """
    form = context["adminform"].form
    rows = {}
    for inline in context["inline_admin_formsets"]:
        if inline.opts.model is Finding and inline.has_change_permission:
            rows = {row.instance.pk: row for row in inline.formset.initial_forms}
    return [
        (gap, field_id(gap, rows.get(gap.record.pk) if is_in_finding(gap) else form))
        for gap in gaps
    ]


def is_in_finding(gap):
    return isinstance(gap.record, Finding)


def field_id(gap, form):
    if form is None:
        return ""
    if gap.field == "sources":
        # The formset of a finding without sources has a blank form.
        form, name = form.sources.forms[0], "reference"
    else:
        name = gap.field
    return form[name].auto_id if name in form.fields else ""
