"""A version as the desk labels it: the record's fields, and the statements in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst


@dataclass
class RecordPart:
    """The record itself, or one of its statements: texts by the labels of fields.

    Parts of two versions with equal keys are the same part. The record itself
    has an empty key, noun and heading.
    """

    key: str
    noun: str
    heading: str
    fields: dict[str, str] = field(default_factory=dict)


def record_part(fields: dict[str, str]) -> RecordPart:
    """The part that stands for the record itself."""
    return RecordPart("", "", "", fields)


def field_label(model: Any, column: str) -> str:
    """The name that the desk's form gives the field."""
    return str(capfirst(model._meta.get_field(column).verbose_name))


def format_value(model: Any, column: str, value: Any) -> str:
    """The value of a content as the desk shows it, with a line for each of a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return join_lines(map(str, value))
    model_field = model._meta.get_field(column)
    if model_field.get_internal_type() == "DateField":
        return str(date_format(date.fromisoformat(value), "j F Y"))
    return str(dict(model_field.flatchoices or ()).get(value, value))


def format_fields(
    model: Any, content: Mapping[str, Any], columns: Mapping[str, str]
) -> dict[str, str]:
    """Label → text; ``columns`` leads from keys of the content to columns."""
    return {
        field_label(model, column): format_value(model, column, content.get(key))
        for key, column in columns.items()
    }


def same_names(*columns: str) -> dict[str, str]:
    """Key → column, for columns that the content calls as the model does."""
    return {column: column for column in columns}


def join_lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
