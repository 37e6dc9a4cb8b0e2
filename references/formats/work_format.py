"""What the formats of works share: their description, losses, and texts on one line."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pydantic import BaseModel

from casebase.files.formats import Format, in_blocks
from references.csl import Work
from references.formats.field_validation import clean_item
from references.formats.reader import ReadResult
from references.partial_date import PartialDate

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
WHITE_SPACE = re.compile(r"[ \t\n\v\f\r]+")


@dataclass(frozen=True)
class Loss:
    """Something that a format can't hold, and what it becomes.

    docs/formats.md lists them. ``apply`` makes the same change to a work.
    """

    original: str
    replacement: str
    apply: Callable[[Work], Work] = lambda work: work


@dataclass(frozen=True)
class WorkFormat(Format[Iterable[Work]]):
    """A format of files of works.

    ``write`` needs works with unique keys, such as those of the database, and keeps
    none of them in memory. ``read`` takes the bytes of a file and its name; a format
    without it is written only.
    """

    read: Callable[[bytes, str], ReadResult] | None = None
    losses: tuple[Loss, ...] = ()

    def round_trip(self, work: Work) -> Work:
        """Return the work as it comes back from a file of this format."""
        lossy = reduce(lambda changed, loss: loss.apply(changed), self.losses, work)
        return clean_work(lossy)


def clean_work(work: Work) -> Work:
    """Return the work after the corrections of readers, such as “https://” in a URL."""
    item = work.to_csl()
    list(clean_item(item))
    return Work.model_validate(item)


def encode_pieces(
    write: Callable[[Iterable[Work]], Iterator[str]],
) -> Callable[[Iterable[Work]], Iterator[bytes]]:
    """Turn a writer that yields text into one that yields blocks of UTF-8."""

    def write_bytes(works: Iterable[Work]) -> Iterator[bytes]:
        return in_blocks(text.encode() for text in write(works))

    return write_bytes


def collapse_to_line(text: str) -> str:
    """Return the text on one line, without control characters and outer white space."""
    return WHITE_SPACE.sub(" ", CONTROL_CHARACTERS.sub("", text)).strip()


def format_iso_date(date: PartialDate) -> str:
    """Return “2014-05-21”, “2014-05” or “2014”."""
    year, *others = date.parts
    return "-".join([f"{year:04}", *(f"{part:02}" for part in others)])


def map_texts(work: Work, change: Callable[[str], str]) -> Work:
    """Return the work with every text changed but its key and type, not validated.

    Names that become empty are removed; a title stays a text.
    """
    texts: dict[str, Any] = map_text_fields(work, change, exclude=("key", "type"))
    texts["title"] = texts["title"] or ""
    for role in ("author", "editor"):
        names = [
            name.model_copy(update=map_text_fields(name, change))
            for name in getattr(work, role)
        ]
        texts[role] = [name for name in names if name.family or name.literal]
    custom = work.custom
    texts["custom"] = custom.model_copy(update=map_text_fields(custom, change))
    return work.model_copy(update=texts)


def map_text_fields(
    model: BaseModel, change: Callable[[str], str], exclude: tuple[str, ...] = ()
) -> dict[str, str | None]:
    """Return the changed texts of a model by field; None where a text became empty."""
    return {
        name: change(value) or None
        for name, value in model
        if isinstance(value, str) and name not in exclude
    }


def replace_custom(**values: Any) -> Callable[[Work], Work]:
    """Return a function that replaces values in a work's ``custom`` object."""

    def replace(work: Work) -> Work:
        custom = work.custom.model_copy(update=values)
        return work.model_copy(update={"custom": custom})

    return replace


LOSES_LINE_BREAKS = Loss(
    "line breaks, repeated spaces and control characters in texts",
    "one space; control characters are removed",
    lambda work: map_texts(work, collapse_to_line),
)
LOSES_CHAPTER_POSITION = Loss(
    "the position in the chapter’s list",
    "left out",
    replace_custom(chapter_position=None),
)
LOSES_TITLE_MARKUP = Loss(
    "italics, bold, superscripts, subscripts and small capitals in titles",
    "plain text",
    lambda work: work.model_copy(update={"title_markup": None}),
)
LOSES_FORMER_KEYS = Loss("former keys", "left out", replace_custom(former_keys=[]))
