"""Lists all errors of an admin form, each with a link to its field."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BaseModelForm, BaseModelFormSet
from django.utils.text import capfirst

register = template.Library()

# The row and field, the error, and an HTML id.
type ErrorLink = tuple[str, str, str]

# The code of an error which only says that inline rows have errors. It is not listed.
IN_ROWS = "rows"


@register.simple_tag
def error_links(
    adminform: Any, inline_admin_formsets: Iterable[Any]
) -> list[ErrorLink]:
    """Return triples of the row and field (may be empty), the error, and an HTML id."""
    inlines = [each.formset for each in inline_admin_formsets]
    links = errors_in(adminform.form, "")
    return [*links, *(link for rows in inlines for link in errors_in_rows(rows))]


def errors_in(form: BaseForm, where: str) -> Iterator[ErrorLink]:
    """Yield the errors of a form and of its nested formset ``sources``.

    ``where`` names the row that the form belongs to, if any.
    """
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


def errors_in_rows(rows: BaseModelFormSet, where: str = "") -> Iterator[ErrorLink]:
    """Yield the errors of a formset, except those of rows to be deleted."""
    name = str(capfirst(rows.model._meta.verbose_name))
    for sentence in rows.non_form_errors():
        yield where or name, sentence, f"{rows.prefix}-group"
    for number, form in enumerate(rows.forms, start=1):
        if not (rows.can_delete and rows._should_delete_form(form)):
            row = row_name(form) or f"{name} #{number}"
            yield from errors_in(form, ": ".join(filter(None, [where, row])))


def row_name(form: BaseModelForm) -> str:
    """Return the heading of a saved row on the page; an empty text for a new row."""
    saved = form.instance.pk
    return (saved and getattr(form, "heading", "")) or ""
