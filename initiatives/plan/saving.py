"""Saves the sections of a plan, and says in words why one can’t be saved."""

from collections.abc import Callable
from typing import Any

from django.core import exceptions
from django.http import QueryDict
from pydantic import ValidationError

from casebase.kept.content_types import Part
from casebase.kept.models import Kept
from casebase.whole_numbers import read_number
from initiatives.plan.content import read_section

# Type of an error of pydantic → function of its context that returns a sentence.
SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_too_long": lambda told: (
        f"It is too long: {told['max_length']:,} characters are kept. Shorten it, "
        "then save again."
    ),
    "too_long": lambda told: f"These are too many: {told['max_length']} are kept.",
}


def save_part(kept: Kept, name: str, version: int, part: Part) -> None:
    """Save a section that was read in this version, unless it is so already.

    A form that was sent twice thus changes nothing the second time. Raises
    SectionChangedError and Django’s ValidationError as ``Kept.save_section`` does.
    """
    if read_section(name, kept.section(name).content) != part:
        content = part.model_dump(mode="json", exclude_defaults=True)
        kept.save_section(name, version, content)


def version_of(data: QueryDict) -> int:
    """Return the version in a form; -1, which no section has, if it is none."""
    return read_number(data.get("_version", ""), -1)


def sentences_by_place(error: ValidationError) -> dict[tuple[int | str, ...], str]:
    """Return place in a section → a sentence on what is wrong there."""
    return {
        each["loc"]: SENTENCES.get(each["type"], lambda _: "This can’t be kept.")(
            each.get("ctx", {})
        )
        for each in error.errors()
    }


def sentence_of(error: exceptions.ValidationError) -> str:
    return " ".join(error.messages)
