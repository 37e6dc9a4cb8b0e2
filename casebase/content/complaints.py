"""What the models say against a record that a file describes."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from casebase.content.written import not_among


def complaints(
    record: Any,
    *,
    checks: Sequence[str] = ("clean_fields", "clean"),
    constraints: bool = False,
) -> Iterator[tuple[str, str]]:
    """Pairs of a column and a sentence.

    Relations are not looked at, which spares a query each: loads make them from
    records they hold. Constraints cost a query each.
    """
    relations = [field.name for field in record._meta.fields if field.is_relation]
    for check in checks:
        try:
            getattr(record, check)(*([] if check == "clean" else [relations]))
        except ValidationError as error:
            yield from columns_and_sentences(record, error)
    for constraint in record._meta.constraints if constraints else ():
        try:
            constraint.validate(type(record), record)
        except ValidationError as error:
            # The models name the column in the code.
            yield str(error.code), " ".join(error.messages)


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
