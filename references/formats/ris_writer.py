"""RIS files: a tag and a text a line, lines ended as the specification has it."""

import re
from collections.abc import Iterable, Iterator

from references.csl import Name, Work
from references.formats.name_parser import each_once, inverted, names_of
from references.formats.ris_tags import (
    CORRECTION,
    CSL_TYPES,
    DEFAULT,
    EDITORS,
    PLACES,
    TAGS,
    TYPES,
)
from references.formats.work_format import (
    NO_FORMER_KEYS,
    NO_MARKS,
    NO_PLACE,
    ONE_LINE,
    Loss,
    each_text,
    flat,
    in_utf8,
)
from references.partial_date import PartialDate

RANGE = re.compile(r"([^\s,-]+)-([^\s,-]+)")

type Lines = Iterator[tuple[str, str | None]]


def records(works: Iterable[Work]) -> Iterator[str]:
    for work in works:
        yield record(each_text(work, flat))


def record(work: Work) -> str:
    kind = TYPES.get(work.type, "GEN")
    lines = [*names(work, kind), *texts(work, kind), *dates(work), *pages(work)]
    lines += remarks(work)
    tagged = [f"{tag}  - {text}\r\n" for tag, text in lines if text]
    return f"TY  - {kind}\r\n{''.join(tagged)}ER  - \r\n\r\n"


def names(work: Work, kind: str) -> Lines:
    yield "ID", work.key
    yield from (("AU", line_of(name)) for name in work.author)
    yield from ((EDITORS.get(kind, "ED"), line_of(name)) for name in work.editor)


def line_of(name: Name) -> str:
    """A comma ends a body; without one EndNote and others make a person of it.

    EndNote's manual asks for “et al.,” after names of which there are more.
    """
    return f"{inverted(name)}," if name.literal else inverted(name)


def texts(work: Work, kind: str) -> Lines:
    item = work.to_csl() | {"title": work.title}
    variables = TAGS | PLACES.get(kind, DEFAULT)
    tags = {variable: tag for tag, variable in variables.items() if variable}
    return ((tag, item.get(variable)) for variable, tag in tags.items())


def dates(work: Work) -> Lines:
    if work.issued:
        yield "PY", f"{work.issued.year:04}"
        yield "DA", slashed(work.issued)
    if work.accessed:
        yield "Y2", slashed(work.accessed)


def slashed(when: PartialDate) -> str:
    """“2014/05/21/”, “2014/05//”: three slashes, whatever is known."""
    month, day = (f"{part:02}" if part else "" for part in when[1:])
    return f"{when.year:04}/{month}/{day}/"


def pages(work: Work) -> Lines:
    if found := RANGE.fullmatch(work.page or ""):
        yield "SP", found[1]
        yield "EP", found[2]
    else:
        yield "SP", work.page


def remarks(work: Work) -> Lines:
    yield "LA", work.language
    yield "N1", work.note
    correction = work.custom.correction
    yield "RN", correction and f"{CORRECTION}{correction}"


def with_names_as_read(work: Work) -> Work:
    """Names as a reader of “Family, Given” takes them."""
    roles = {role: read_again(getattr(work, role)) for role in ("author", "editor")}
    return work.model_copy(update=roles)


def read_again(names: list[Name]) -> list[Name]:
    return each_once(each for name in names for each in names_of(line_of(name)))


def with_type_as_read(work: Work) -> Work:
    return work.model_copy(update={"type": CSL_TYPES[TYPES[work.type]]})


LOSSES = (
    ONE_LINE,
    NO_MARKS,
    NO_PLACE,
    NO_FORMER_KEYS,
    Loss(
        "the type of entries, events, interviews, reviews and treaties",
        "that of documents, journal articles and regulations",
        with_type_as_read,
    ),
    Loss(
        "parts of a name that only their writing tells apart: a particle with a "
        "capital, a family name in lower case, a person without given names",
        "the same words, parted otherwise: “Van Ryzin, G.” is the family Van Ryzin",
        with_names_as_read,
    ),
)
write_ris = in_utf8(records)
