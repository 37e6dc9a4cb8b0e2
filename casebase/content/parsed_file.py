"""Parsed files that people wrote, and errors that name the file, line and key."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, StringConstraints, ValidationError

MAX_BYTES = 5_000_000
# A curator corrects a file from the top; later errors often repeat an earlier one.
MAX_ERRORS_SHOWN = 20

# The keys and list indexes that lead to a part of a file: ("findings", 3, "term").
type KeyPath = tuple[str | int, ...]
# Pairs of the key path of a wrong value and a sentence on what is wrong with it.
type Errors = Iterator[tuple[KeyPath, str]]

# Pydantic's error type → what we say instead.
SENTENCES_BY_TYPE = {
    "missing": "This key is missing; write it, with null or [] where nothing is known.",
    "extra_forbidden": "There is no such key.",
    "string_type": "This should be text. Does it need quotes?",
    "string_too_short": "This is empty; where nothing is known, write null.",
    "int_type": "This should be a whole number.",
    "float_type": "This should be a number.",
    "bool_type": "This should be true or false.",
    "list_type": "This should be a list.",
    "model_type": "This should have keys with values of their own.",
}


@dataclass(frozen=True)
class ErrorDetail:
    """One thing that is wrong with a file, with the line and the field."""

    path: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        parts = [f"{self.path}:{self.line}", self.field, self.sentence]
        return ": ".join(part for part in parts if part)


class InvalidFileError(Exception):
    """Files can’t be imported; ``errors`` has everything that is wrong with them."""

    def __init__(self, errors: Iterable[ErrorDetail]) -> None:
        self.errors = list(errors)
        super().__init__(self.errors)

    def __str__(self) -> str:
        lines = [str(error) for error in self.errors[:MAX_ERRORS_SHOWN]]
        if len(self.errors) > MAX_ERRORS_SHOWN:
            lines.append(f"… and {len(self.errors) - MAX_ERRORS_SHOWN} more.")
        return "\n".join(lines)

    @classmethod
    def for_file(cls, path: Path | str, sentence: str, line: int = 1) -> Self:
        """Return the exception for a single error that concerns no single field."""
        return cls([ErrorDetail(str(path), line, "", sentence)])


@dataclass(frozen=True)
class ParsedFile:
    """The content of a file or of a part of it, with the line of every part.

    ``lines`` has the key paths of the whole file, counted from 1. ``root`` is the key
    path of this part.
    """

    path: str
    value: Any
    lines: dict[KeyPath, int]
    root: KeyPath = ()

    def parts(self, *key_path: str | int) -> Iterator["ParsedFile"]:
        """Yield the entries of the list at this key path."""
        entries = self.value
        for key in key_path:
            entries = entries[key]
        for index, entry in enumerate(entries):
            root = (*self.root, *key_path, index)
            yield ParsedFile(self.path, entry, self.lines, root)

    def error_at(self, key_path: KeyPath, sentence: str) -> ErrorDetail:
        """Return an error, at the line of the part or of the nearest part around it."""
        located = (*self.root, *key_path)
        while located and located not in self.lines:
            located = located[:-1]
        line = self.lines.get(located, 1)
        return ErrorDetail(self.path, line, dotted_path(key_path), sentence)

    def validate_as[Schema: BaseModel](self, schema: type[Schema]) -> Schema:
        """Return the value as the schema. Raises InvalidFileError with all errors."""
        try:
            return schema.model_validate(self.value)
        except ValidationError as invalid:
            raise InvalidFileError(
                self.error_at(error["loc"], describe_error(error))
                for error in invalid.errors()
            ) from None


def reject_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("This contains a NUL character; remove it.")
    return text


Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(reject_nul)]


def dotted_path(key_path: KeyPath) -> str:
    """“findings.4.term”: people count the entries of a list from 1."""
    return ".".join(
        str(step + 1) if isinstance(step, int) else step for step in key_path
    )


def describe_error(error: Any) -> str:
    """Return a sentence for one of the errors that Pydantic lists."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["input"] is None:
        return "This field is required."
    return SENTENCES_BY_TYPE.get(error["type"], f"{error['msg']}.")


def describe_unknown_value(value: str, known: Iterable[str], *, what: str) -> str:
    """“trustt” is not a term of barriers; did you mean “trust”?"""
    near = get_close_matches(value, known, n=1)
    return f"“{value}” is {what}" + (f"; did you mean “{near[0]}”?" if near else ".")


def raise_errors(errors: Iterable[ErrorDetail]) -> None:
    """Raise InvalidFileError if there are any errors."""
    if found := list(errors):
        raise InvalidFileError(found)


def map_collecting_errors[Part, Result](
    parts: Iterable[Part], function: Callable[[Part], Result]
) -> list[Result]:
    """Return the function’s results for all parts.

    Raises InvalidFileError with the errors of all parts, not only of the first.
    """
    results = []
    errors: list[ErrorDetail] = []
    for part in parts:
        try:
            results.append(function(part))
        except InvalidFileError as invalid:
            errors += invalid.errors
    raise_errors(errors)
    return results


def first_duplicate[Entry](entries: Sequence[Entry]) -> Entry | None:
    """Return the first entry that repeats an earlier one, or None."""
    return next(
        (entry for n, entry in enumerate(entries) if entry in entries[:n]), None
    )


def read_text(path: Path) -> str:
    """Return the file’s text. Raises InvalidFileError if it can’t be read as text."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        sentence = f"The file can’t be read: {error.strerror}."
        raise InvalidFileError.for_file(path, sentence) from None
    if len(raw) > MAX_BYTES:
        sentence = "The file is larger than 5 MB; is it the right one?"
        raise InvalidFileError.for_file(path, sentence)
    return decode_text(raw, path)


def decode_text(raw: bytes, path: Path | str) -> str:
    """Return UTF-8 bytes as text, without a byte order mark.

    Raises InvalidFileError, with the line, if they are not UTF-8 or have a NUL.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        sentence = "The file is not saved as UTF-8."
        raise InvalidFileError.for_file(path, sentence, line) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        sentence = "There is a NUL character in the file."
        raise InvalidFileError.for_file(path, sentence, line)
    return text
