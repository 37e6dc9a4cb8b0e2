"""Reads a plan from a JSON file, which may come from anywhere: docs/plan-files.md."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from initiatives.plan.content import SHAPE, Plan

# A plan has up to 200 kB, and its file also has citations and addresses.
MAX_FILE_BYTES = 400_000
# More sentences than these help nobody.
MAX_SENTENCES = 10
NO_PLAN = (
    "This is no plan of a Casebase: it has no “casebase_plan”. Bring in the JSON file "
    "that a plan was downloaded as."
)
OTHER_SHAPE = (
    "The plan is of shape {}, and this Casebase reads shape {}. Ask for the plan in "
    "that shape, or bring it in where it is from."
)
# Type of an error of pydantic → what to say, with the values of its context.
SENTENCES = {
    "missing": "is missing.",
    "extra_forbidden": "is not known here.",
    "string_type": "is not a text.",
    "string_too_long": "is longer than {max_length} characters.",
    "string_pattern_mismatch": "has signs that it may not have.",
    "too_long": "has more than {max_length} entries.",
    "enum": "is none of these: {expected}.",
    "value_error": "is not right: {error}.",
}
OTHERWISE = "is not what it should be."


class PlanFileError(ValueError):
    """A file is no plan; ``args`` are sentences for readers."""


class Head(BaseModel):
    """What says that a file is a plan. All else may be missing."""

    shape: int = Field(alias="casebase_plan")


class Whole(BaseModel):
    """A file with a plan. What was added for readers is not looked at."""

    model_config = ConfigDict(extra="ignore")

    plan: Plan


def read_plan_file(data: bytes) -> Plan:
    """Return the plan in a file. Raises PlanFileError."""
    if len(data) > MAX_FILE_BYTES:
        size = f"{len(data) // 1000:,} kB"
        limit = f"{MAX_FILE_BYTES // 1000} kB"
        raise PlanFileError(f"The file has {size}, and a plan has {limit} at most.")
    # Some programs put a mark before the text.
    text = data.removeprefix(b"\xef\xbb\xbf")
    try:
        head = Head.model_validate_json(text)
    except ValidationError as error:
        raise PlanFileError(describe_head_error(error.errors()[0])) from error
    if head.shape != SHAPE:
        raise PlanFileError(OTHER_SHAPE.format(head.shape, SHAPE))
    try:
        return Whole.model_validate_json(text).plan
    except ValidationError as error:
        raise PlanFileError(*list_sentences(error)) from error


def describe_head_error(error: Any) -> str:
    if error["type"] == "json_invalid":
        where = error["ctx"]["error"]
        return f"The file is not JSON, or not all of it: {where}."
    return NO_PLAN


def list_sentences(error: ValidationError) -> Iterator[str]:
    """Yield what is wrong and where, the first few of many."""
    errors = error.errors(include_url=False, include_input=False)
    for each in errors[:MAX_SENTENCES]:
        sentence = SENTENCES.get(each["type"], OTHERWISE)
        yield f"{name_place(each['loc'])} {sentence.format(**each.get('ctx', {}))}"
    if (n := len(errors) - MAX_SENTENCES) > 0:
        yield f"There are {n} more like these."


def name_place(place: tuple[int | str, ...]) -> str:
    """Return “table → rows, 3 → by”: numbers count from 1, as people do."""
    names: list[str] = []
    for part in place:
        if isinstance(part, int) and names:
            names[-1] += f", {part + 1}"
        elif part != "[key]":
            names.append(str(part)[:100])
    return f"“{' → '.join(names)}”"
