"""The validation errors of model instances, as sentences for the writer of a file."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from operator import and_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from casebase.content.parsed_file import describe_unknown_value

# An error on a field with fewer choices lists them all.
MAX_CHOICES_LISTED = 19


def validation_errors(
    record: Any,
    *,
    checks: Sequence[str] = ("clean_fields", "clean"),
    constraints: bool = False,
) -> Iterator[tuple[str, str]]:
    """Yield pairs of a column and a sentence on what is wrong with its value.

    ``checks`` names the methods of the record to call. Relations are not validated,
    which saves a query for each: importers assign records that they have fetched. One
    query checks all constraints; only if it fails is each of them checked by itself.
    """
    relations = [field.name for field in record._meta.fields if field.is_relation]
    for check in checks:
        try:
            getattr(record, check)(*([] if check == "clean" else [relations]))
        except ValidationError as error:
            yield from errors_by_column(record, error)
    if constraints and any(violations([combined_constraint(record._meta)], record)):
        for violation in violations(record._meta.constraints, record):
            # The constraints of our models have the column as their error code.
            yield str(violation.code), " ".join(violation.messages)


def violations(constraints: Iterable[Any], record: Any) -> Iterator[ValidationError]:
    for constraint in constraints:
        try:
            constraint.validate(type(record), record)
        except ValidationError as error:
            yield error


@cache
def combined_constraint(options: Any) -> CheckConstraint:
    """Return one constraint with the conditions of all constraints of a model."""
    conditions = (constraint.condition for constraint in options.constraints)
    return CheckConstraint(condition=reduce(and_, conditions), name="all_constraints")


def errors_by_column(record: Any, error: ValidationError) -> Iterator[tuple[str, str]]:
    for column, errors in error.update_error_dict({}).items():
        sentences = (describe_model_error(record, column, each) for each in errors)
        # Two validators of one column may have the same message.
        for sentence in dict.fromkeys(sentences):
            yield column, sentence


def describe_model_error(record: Any, column: str, error: Any) -> str:
    if error.code != "invalid_choice":
        return " ".join(error.messages)
    choices = [str(value) for value, _ in record._meta.get_field(column).flatchoices]
    is_short = len(choices) <= MAX_CHOICES_LISTED
    what = f"not one of: {', '.join(choices)}" if is_short else "not a known choice"
    return describe_unknown_value(error.params["value"], choices, what=what)
