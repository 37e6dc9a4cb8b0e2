"""Writes RIS files: lines of a tag and a text, which end with CR LF as specified."""

import re
from collections.abc import Iterable, Iterator

from references.csl import Name, Work
from references.formats.html_markup import strip_html
from references.formats.name_parser import build_names, invert_name, parse_names
from references.formats.ris_tags import (
    COMMON_TAGS,
    CORRECTION_PREFIX,
    CSL_TYPES,
    DEFAULT_TAGS,
    EDITOR_TAGS,
    RIS_TYPES,
    TAGS_BY_TYPE,
)
from references.formats.work_format import (
    LOSES_CHAPTER_POSITION,
    LOSES_FORMER_KEYS,
    LOSES_LINE_BREAKS,
    LOSES_TITLE_MARKUP,
    Loss,
    collapse_to_line,
    encode_pieces,
    map_texts,
)
from references.partial_date import PartialDate

# Not “12-12”, which would be read as page 12, nor “1–2-3”, whose last page is unclear.
PAGE_RANGE = re.compile(r"([^\s,–—-]+)-(?!\1$)([^\s,–—-]+)")

type Lines = Iterator[tuple[str, str | None]]


def write_records(works: Iterable[Work]) -> Iterator[str]:
    for work in works:
        yield write_record(map_texts(work, collapse_to_line))


def write_record(work: Work) -> str:
    ris_type = RIS_TYPES.get(work.type, "GEN")
    lines = [
        *build_name_lines(work, ris_type),
        *build_text_lines(work, ris_type),
        *build_date_lines(work),
        *build_page_lines(work),
        *build_note_lines(work),
    ]
    tagged = [f"{tag}  - {text}\r\n" for tag, text in lines if text]
    return f"TY  - {ris_type}\r\n{''.join(tagged)}ER  - \r\n\r\n"


def build_name_lines(work: Work, ris_type: str) -> Lines:
    yield "ID", work.key
    editor_tag = EDITOR_TAGS.get(ris_type, "ED")
    yield from (("AU", write_name(name)) for name in work.author)
    yield from ((editor_tag, write_name(name)) for name in work.editor)


def write_name(name: Name) -> str:
    """Return the inverted name; that of an organisation ends with a comma.

    Without the comma EndNote and others take it for a person. EndNote's manual requires
    “et al.,” at the end of an incomplete list.
    """
    return f"{invert_name(name)}," if name.literal else invert_name(name)


def build_text_lines(work: Work, ris_type: str) -> Lines:
    item = work.to_csl() | {"title": work.title}
    variables = COMMON_TAGS | TAGS_BY_TYPE.get(ris_type, DEFAULT_TAGS)
    tags = {variable: tag for tag, variable in variables.items() if variable}
    return ((tag, item.get(variable)) for variable, tag in tags.items())


def build_date_lines(work: Work) -> Lines:
    if work.issued:
        yield "PY", f"{work.issued.year:04}"
        yield "DA", format_date(work.issued)
    if work.accessed:
        yield "Y2", format_date(work.accessed)


def format_date(date: PartialDate) -> str:
    """Return “2014/05/21/” or “2014/05//”, always with three slashes."""
    month, day = (f"{part:02}" if part else "" for part in date[1:])
    return f"{date.year:04}/{month}/{day}/"


def build_page_lines(work: Work) -> Lines:
    if found := PAGE_RANGE.fullmatch(work.page or ""):
        yield "SP", found[1]
        yield "EP", found[2]
    else:
        yield "SP", work.page


def build_note_lines(work: Work) -> Lines:
    yield "LA", work.language
    yield "N1", work.note
    correction = work.custom.correction
    yield "RN", correction and f"{CORRECTION_PREFIX}{correction}"


def reread_names(work: Work) -> Work:
    """Return the work with names as they are read back from a file."""
    names = {"author": work.author, "editor": work.editor}
    roles = {role: reread_name_list(names[role]) for role in names}
    return work.model_copy(update=roles)


def reread_name_list(names: list[Name]) -> list[Name]:
    texts = (strip_html(write_name(name)) for name in names)
    return build_names(name for text in texts for name in parse_names(text))


def reread_type(work: Work) -> Work:
    """Return the work with its type as it is read back from a file."""
    return work.model_copy(update={"type": CSL_TYPES[RIS_TYPES[work.type]]})


LOSSES = (
    LOSES_LINE_BREAKS,
    LOSES_TITLE_MARKUP,
    LOSES_CHAPTER_POSITION,
    LOSES_FORMER_KEYS,
    Loss(
        "the types entry, event, interview, review and treaty",
        "document, journal article or regulation",
        reread_type,
    ),
    Loss(
        "parts of a name that a line of text can’t distinguish: a particle with a "
        "capital, a family name in lower case, a person without given names",
        "the same words, split differently: “Van Ryzin, G.” has the family name "
        "Van Ryzin",
        reread_names,
    ),
)
write_ris = encode_pieces(write_records)
