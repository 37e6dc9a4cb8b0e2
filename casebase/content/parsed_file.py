"""Files that people write: where each part stands, and what is wrong with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, StringConstraints, ValidationError

MAX_BYTES = 5_000_000
# A curator mends a file from the top; the rest are often the same slip again.
SHOWN = 20

type Place = tuple[str | int, ...]
# What is wrong, each with where it stands.
type Misfits = Iterator[tuple[Place, str]]

SENTENCES = {
    "missing": "This key is missing; write it, with null or [] where nothing is known.",
    "extra_forbidden": "There is no such key here.",
    "string_type": "This should be text. Does it need quotes?",
    "string_too_short": "This is empty; where nothing is known, write null.",
    "int_type": "This should be a whole number.",
    "float_type": "This should be a number.",
    "bool_type": "This should be true or false.",
    "list_type": "This should be a list.",
    "model_type": "This should have keys with values of their own.",
}


@dataclass(frozen=True)
class Refusal:
    """One reason why a file can't be loaded."""

    path: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        parts = [f"{self.path}:{self.line}", self.field, self.sentence]
        return ": ".join(part for part in parts if part)


class RefusedError(Exception):
    """Files can't be loaded; all reasons that were found."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = list(refusals)
        super().__init__(self.refusals)

    def __str__(self) -> str:
        lines = [str(refusal) for refusal in self.refusals[:SHOWN]]
        if len(self.refusals) > SHOWN:
            lines.append(f"… and {len(self.refusals) - SHOWN} more.")
        return "\n".join(lines)


@dataclass(frozen=True)
class Written:
    """What a file says, or a part of it, with the lines of the whole file.

    The place of a part is the way to it: ``("findings", 3, "term")``.
    """

    path: str
    value: Any
    lines: dict[Place, int]
    root: Place = ()

    def parts(self, *place: str | int) -> Iterator["Written"]:
        """The entries of the list at that place."""
        entries = self.value
        for step in place:
            entries = entries[step]
        for index, entry in enumerate(entries):
            yield Written(self.path, entry, self.lines, (*self.root, *place, index))

    def refusal(self, place: Place, sentence: str) -> Refusal:
        """A refusal of a part, told at the nearest line above that is known."""
        known = (*self.root, *place)
        while known and known not in self.lines:
            known = known[:-1]
        line = self.lines.get(known, 1)
        return Refusal(self.path, line, field_name(place), sentence)

    def read_as[Form: BaseModel](self, form: type[Form]) -> Form:
        """The value in the form's types. Raises RefusedError with every misfit."""
        try:
            return form.model_validate(self.value)
        except ValidationError as error:
            raise RefusedError(
                self.refusal(misfit["loc"], sentence_on(misfit))
                for misfit in error.errors()
            ) from None


def without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("This holds a NUL character, which is no text.")
    return text


Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(without_nul)]


def field_name(place: Place) -> str:
    """“findings.4.term”: entries of lists are counted from one."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in place)


def sentence_on(misfit: Any) -> str:
    if misfit["type"] == "value_error":
        return str(misfit["ctx"]["error"])
    if misfit["input"] is None:
        return "Something should stand here."
    return SENTENCES.get(misfit["type"], f"{misfit['msg']}.")


def not_among(word: str, words: Iterable[str], *, what: str) -> str:
    """“trustt” is no term of barriers; did you mean “trust”?"""
    near = get_close_matches(word, words, n=1)
    return f"“{word}” is {what}" + (f"; did you mean “{near[0]}”?" if near else ".")


def refuse(refusals: Iterable[Refusal]) -> None:
    """Raise RefusedError if there is any."""
    if every := list(refusals):
        raise RefusedError(every)


def each[Part, Result](
    parts: Iterable[Part], read: Callable[[Part], Result]
) -> list[Result]:
    """Read all parts. Raises RefusedError with what is wrong in any of them."""
    results = []
    refusals: list[Refusal] = []
    for part in parts:
        try:
            results.append(read(part))
        except RefusedError as error:
            refusals += error.refusals
    refuse(refusals)
    return results


def stands_twice[Entry](words: Sequence[Entry]) -> Entry | None:
    """The first entry that is said a second time, or None."""
    return next((word for n, word in enumerate(words) if word in words[:n]), None)


def read_text(path: Path) -> str:
    """The file's text. Raises RefusedError when there is none that we can take."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refused(path, f"The file can’t be read: {error.strerror}.") from None
    if len(raw) > MAX_BYTES:
        raise refused(path, "The file is larger than 5 MB; is it the right one?")
    return text_in(raw, path)


def text_in(raw: bytes, path: Path | str) -> str:
    """What the bytes of a file say. Raises RefusedError when that is no text."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refused(path, "The file is not saved as UTF-8.", line) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise refused(path, "There is a NUL character in the file.", line)
    return text


def refused(path: Path | str, sentence: str, line: int = 1) -> RefusedError:
    return RefusedError([Refusal(str(path), line, "", sentence)])
