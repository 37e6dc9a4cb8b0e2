"""The validation errors of model instances, as sentences for the writer of a file."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, reduce
from operator import and_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from casebase.content.constraint_query import records_that_satisfy
from casebase.content.parsed_file import describe_unknown_value

# An error on a field with fewer choices lists them all.
MAX_CHOICES_LISTED = 19
# Longer texts are rarely the same as another.
MAX_CHARS_KEPT = 100

# Pairs of a column and a sentence on what is wrong with its value.
type ColumnErrors = list[tuple[str, str]]


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
    for check in checks:
        try:
            run_check(record, check)
        except ValidationError as error:
            yield from errors_by_column(record, error)
    if constraints and any(violations([combined_constraint(record._meta)], record)):
        for violation in violations(record._meta.constraints, record):
            # The constraints of our models have the column as their error code.
            yield str(violation.code), " ".join(violation.messages)


def validation_errors_of_all(
    records: Sequence[Any], checks: Sequence[str] = ("clean_fields", "clean")
) -> dict[int, ColumnErrors]:
    """Return ``id()`` of a record → its errors, of records of one model.

    As ``validation_errors`` with the constraints, but with one query for all of them.
    """
    found = {id(one): list(validation_errors(one, checks=checks)) for one in records}
    rest = [record for record in records if not found[id(record)]]
    fine = {id(record) for record in without_violations(rest)}
    for record in records:
        if id(record) not in fine:
            found[id(record)] = list(
                validation_errors(record, checks=checks, constraints=True)
            )
    return found


def without_violations(records: Sequence[Any]) -> list[Any]:
    """Return those of the records, of one model, that satisfy all its constraints."""
    if not records:
        return []
    return records_that_satisfy(
        records, combined_constraint(records[0]._meta).condition
    )


def run_check(record: Any, check: str) -> None:
    """Raise ValidationError as this method of the record does."""
    fields = record._meta.fields
    relations = [field.name for field in fields if field.is_relation]
    if check == "clean":
        record.clean()
    elif check == "clean_fields":
        clean = [f.name for f in fields if not f.is_relation and is_clean(f, record)]
        record.clean_fields([*relations, *clean])
    else:
        getattr(record, check)(relations)


def is_clean(field: Any, record: Any) -> bool:
    """Whether a short value fits the column as it is. Equal ones are checked once."""
    value = getattr(record, field.attname)
    if isinstance(value, str) and len(value) > MAX_CHARS_KEPT:
        return False
    is_simple = value is None or isinstance(value, str | int | float)
    # By name of type, as True equals 1.
    return is_simple and is_clean_value(field, value, type(value).__name__)


@lru_cache(maxsize=2**14)
def is_clean_value(field: Any, value: Any, _: str) -> bool:
    if field.blank and value in field.empty_values:
        return True
    try:
        return bool(field.clean(value, None) == value)
    except ValidationError:
        return False


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
