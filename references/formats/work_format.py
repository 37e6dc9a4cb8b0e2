"""What formats of works share: how each is described, and what it can't hold."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pydantic import BaseModel

from casebase.files.formats import Format, in_blocks
from references.csl import Work
from references.formats.field_validation import fit
from references.formats.reader import Reading

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
WHITE = re.compile(r"[ \t\n\v\f\r]+")


@dataclass(frozen=True)
class Loss:
    """Something that a format can't hold, and what becomes of a work that has it."""

    what: str
    becomes: str
    on: Callable[[Work], Work] = lambda work: work


@dataclass(frozen=True)
class WorkFormat(Format[Iterable[Work]]):
    """A format of works.

    ``write`` takes works whose keys are unique, as those of the database are, and
    remembers none of them. ``read`` takes the bytes of a file, and what it is called.
    """

    read: Callable[[bytes, str], Reading] | None = None
    losses: tuple[Loss, ...] = ()

    def held(self, work: Work) -> Work:
        """The work as it comes back from a file of this format."""
        return as_read(reduce(lambda held, loss: loss.on(held), self.losses, work))


def as_read(work: Work) -> Work:
    """The work after what readers put right, as an address without its scheme."""
    item = work.to_csl()
    list(fit(item))
    return Work.model_validate(item)


def in_utf8(
    write: Callable[[Iterable[Work]], Iterator[str]],
) -> Callable[[Iterable[Work]], Iterator[bytes]]:
    """Make a writer of texts one of bytes."""

    def in_bytes(works: Iterable[Work]) -> Iterator[bytes]:
        return in_blocks(text.encode() for text in write(works))

    return in_bytes


def flat(text: str) -> str:
    """On one line, without control characters and without white space at the ends."""
    return WHITE.sub(" ", CONTROL.sub("", text)).strip()


def each_text(work: Work, change: Callable[[str], str]) -> Work:
    """The work with every text changed, its key and type apart, and not validated."""
    texts: dict[str, Any] = changed_texts(work, change, but=("key", "type"))
    for role in ("author", "editor"):
        names = [
            name.model_copy(update=changed_texts(name, change))
            for name in getattr(work, role)
        ]
        texts[role] = [name for name in names if name.family or name.literal]
    custom = work.custom
    texts["custom"] = custom.model_copy(update=changed_texts(custom, change))
    return work.model_copy(update=texts)


def changed_texts(
    form: BaseModel, change: Callable[[str], str], but: tuple[str, ...] = ()
) -> dict[str, str | None]:
    return {
        name: change(value) or None
        for name, value in form
        if isinstance(value, str) and name not in but
    }


def without(**parts: Any) -> Callable[[Work], Work]:
    """Give parts of what we add to CSL another value."""

    def changed(work: Work) -> Work:
        custom = work.custom.model_copy(update=parts)
        return work.model_copy(update={"custom": custom})

    return changed


ONE_LINE = Loss(
    "line breaks, repeated spaces and control characters in texts",
    "one space; control characters go",
    lambda work: each_text(work, flat),
)
NO_PLACE = Loss(
    "the place in the chapter’s list", "nothing", without(chapter_position=None)
)
NO_MARKS = Loss(
    "italics, bold, raised and lowered words and small capitals in titles",
    "words like the others",
    lambda work: work.model_copy(update={"title_markup": None}),
)
NO_FORMER_KEYS = Loss("former keys", "nothing", without(former_keys=[]))
