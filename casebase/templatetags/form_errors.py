"""The errors of a form at the desk in one place, each with the way to its field."""

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst

register = template.Library()

# Of an error that only says that rows have errors of their own.
IN_ROWS = "rows"


@register.simple_tag
def error_links(adminform, inline_admin_formsets):
    """Triples: row and field (may be empty), what is wrong, and the id of the field."""
    inlines = [each.formset for each in inline_admin_formsets]
    links = errors_in(adminform.form, "")
    return [*links, *(link for rows in inlines for link in errors_in_rows(rows))]


def errors_in(form, where):
    """Those of a form, and of the rows that it carries: its ``sources``."""
    for name, errors in form.errors.as_data().items():
        bound = None if name == NON_FIELD_ERRORS else form[name]
        label = str(capfirst(bound.label)) if bound else ""
        place = ": ".join(filter(None, [where, label]))
        target = bound or next(iter(form.visible_fields()), None)
        for error in errors:
            if error.code != IN_ROWS:
                yield place, " ".join(error.messages), target.auto_id if target else ""
    if rows := getattr(form, "sources", None):
        yield from errors_in_rows(rows, where)


def errors_in_rows(rows, where=""):
    """Those of a formset. A row that is to be deleted has none."""
    name = str(capfirst(rows.model._meta.verbose_name))
    for sentence in rows.non_form_errors():
        yield where or name, sentence, f"{rows.prefix}-group"
    for number, form in enumerate(rows.forms, start=1):
        if not (rows.can_delete and rows._should_delete_form(form)):
            row = name_of(form) or f"{name} #{number}"
            yield from errors_in(form, ": ".join(filter(None, [where, row])))


def name_of(form):
    """How the page calls a row that was saved before; nothing for a new one."""
    saved = form.instance.pk
    return (saved and getattr(form, "heading", "")) or ""
