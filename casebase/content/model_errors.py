"""What the models say against a record that a file describes."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from operator import and_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from casebase.content.parsed_file import not_among


def complaints(
    record: Any,
    *,
    checks: Sequence[str] = ("clean_fields", "clean"),
    constraints: bool = False,
) -> Iterator[tuple[str, str]]:
    """Pairs of a column and a sentence.

    Relations are not looked at, which spares a query each: loads make them from
    records they hold. Constraints that hold cost a query together, and one that is
    broken makes each cost one.
    """
    relations = [field.name for field in record._meta.fields if field.is_relation]
    for check in checks:
        try:
            getattr(record, check)(*([] if check == "clean" else [relations]))
        except ValidationError as error:
            yield from columns_and_sentences(record, error)
    if constraints and any(broken([every_check(record._meta)], record)):
        for refused in broken(record._meta.constraints, record):
            # The models name the column in the code.
            yield str(refused.code), " ".join(refused.messages)


def broken(constraints: Iterable[Any], record: Any) -> Iterator[ValidationError]:
    for constraint in constraints:
        try:
            constraint.validate(type(record), record)
        except ValidationError as error:
            yield error


@cache
def every_check(options: Any) -> CheckConstraint:
    """All checks of a model in one."""
    conditions = (constraint.condition for constraint in options.constraints)
    return CheckConstraint(condition=reduce(and_, conditions), name="every_check")


def columns_and_sentences(
    record: Any, refused: ValidationError
) -> Iterator[tuple[str, str]]:
    for column, errors in refused.update_error_dict({}).items():
        sentences = (sentence_on(record, column, error) for error in errors)
        # Two validators of one column may say the same.
        for sentence in dict.fromkeys(sentences):
            yield column, sentence


def sentence_on(record: Any, column: str, error: Any) -> str:
    if error.code != "invalid_choice":
        return " ".join(error.messages)
    choices = [str(value) for value, _ in record._meta.get_field(column).flatchoices]
    what = f"none of: {', '.join(choices)}" if len(choices) < 20 else "no known choice"
    return not_among(error.params["value"], choices, what=what)
