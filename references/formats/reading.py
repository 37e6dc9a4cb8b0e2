"""What a file of references holds, entry by entry, and what could not be taken."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from casebase.content.written import Place, Refusal, RefusedError, Written
from references.csl import Work
from references.dates import PartialDate
from references.formats.keys import Keys
from references.formats.languages import code_of_language
from references.formats.people import OTHERS_CSL, is_others
from references.formats.written_dates import date_in

MAX_BYTES = 50_000_000
# Of entries without a key, until they get one.
NO_KEY = "?"

BEFORE_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)

# Line, field and sentence on what is not taken as it stands.
type Remarks = Iterator[tuple[int, str, str]]


@dataclass
class Draft:
    """One entry as CSL variables, each with the line it stands on."""

    line: int
    item: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def put(self, variable: str, value: Any, line: int = 0) -> None:
        """Keep what is no empty text; the first value of a variable stays."""
        if variable == "DOI" and isinstance(value, str):
            value = BEFORE_DOI.sub("", value)
        if value and variable not in self.item:
            self.item[variable] = value
            self.lines[variable] = line or self.line

    def put_people(self, role: str, names: list[Any], line: int) -> Remarks:
        """Keep each name once, as our records do, and “others” at the end, if at all.

        Names that are others, in whatever words, end the list as OTHERS does.
        """
        kept: dict[str, Any] = {}
        named = [name for name in filter(None, names) if not are_others(name)]
        for name in named:
            if repr(name) in kept:
                yield line, role, "A name stands here twice; it is taken once."
            kept[repr(name)] = name
        has_others = len(named) < len(list(filter(None, names)))
        if has_others and not kept:
            yield line, role, "Others stand here without a name; they are left out."
        others = [OTHERS_CSL] if has_others and kept else []
        self.put(role, [*kept.values(), *others], line)

    def put_language(self, text: str, line: int) -> Remarks:
        """Keep the code of a language, or of the one that is called so."""
        code = code_of_language(text)
        self.put("language", code, line)
        if text and not code:
            yield line, "language", f"“{text}” is no language we know; it is left out."

    def put_date(self, variable: str, text: str, line: int) -> Remarks:
        """Keep what is a date of it, and tell when that isn't all."""
        parts, is_all = date_in(text)
        if parts:
            self.put(variable, {"date-parts": [parts]}, line)
        if not is_all:
            taken = PartialDate(*parts) if parts else "nothing"
            yield line, variable, f"Of the date “{text}”, {taken} is taken."

    def written(self, path: str, index: int) -> Written:
        """The entry as the one of that index in its file."""
        place: Place = (index,)
        lines = {(*place, name): line for name, line in self.lines.items()}
        return Written(path, self.item, {place: self.line} | lines, place)


@dataclass(frozen=True)
class Reading:
    """The works that a file gives, and what was not taken of it.

    ``written`` has the CSL items of the works, in their order, for import_works.
    Refusals tell of whole entries, and of parts of entries that were taken otherwise.
    """

    written: Written
    works: list[Work]
    refusals: list[Refusal]


def are_others(name: Any) -> bool:
    """Whether a CSL name says “et al.”, even as that of a person: Al., Et."""
    parts = name if isinstance(name, dict) else {}
    said = [parts.get(part, "") for part in ("literal", "given", "family")]
    return is_others(" ".join(part for part in said if isinstance(part, str)))


def decoded(raw: bytes) -> str:
    """UTF-8 with lines ended by “\\n”. Bytes that are none become lone surrogates."""
    text = raw.decode("utf-8-sig", "surrogateescape")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def too_large(raw: bytes, path: str) -> Reading | None:
    """A reading that refuses the whole file when it is larger than we take."""
    if len(raw) <= MAX_BYTES:
        return None
    size = MAX_BYTES // 1_000_000
    sentence = f"The file is larger than {size} MB; is it the right one?"
    return gathered([], [Refusal(path, 1, "", sentence)], path)


def gathered(
    drafts: Iterable[Draft], refusals: Iterable[Refusal], path: str
) -> Reading:
    """The works that fit; the others are refused, each at its line."""
    works: list[Work] = []
    items: list[Any] = []
    refused = list(refusals)
    lines: dict[Place, int] = {}
    keys = Keys()
    for draft in drafts:
        written = draft.written(path, len(works))
        try:
            work = checked(written)
        except RefusedError as error:
            refused += error.refusals
            continue
        key = draft.item["id"] = keys.fitting(work)
        if work.key not in (NO_KEY, key):
            sentence = f"The key “{work.key}” becomes “{key}” here."
            refused.append(written.refusal(("id",), sentence))
        works.append(work.model_copy(update={"key": key}))
        items.append(draft.item)
        lines |= written.lines
    refused.sort(key=lambda refusal: refusal.line)
    return Reading(Written(path, items, lines), works, refused)


def checked(written: Written) -> Work:
    """Raises RefusedError when a text is none, the title is missing, or it misfits."""
    if torn_in := [name for name, value in written.value.items() if torn(value)]:
        sentence = "This is not saved as UTF-8; the entry is left out."
        raise RefusedError([written.refusal((torn_in[0],), sentence)])
    if not written.value.get("title"):
        sentence = "This entry has no title; it is left out."
        raise RefusedError([written.refusal((), sentence)])
    written.value.setdefault("id", NO_KEY)
    return written.read_as(Work)


def torn(value: Any) -> bool:
    """Whether it holds half a character, as bytes that are no UTF-8 become."""
    try:
        texts_in(value).encode()
    except UnicodeEncodeError:
        return True
    return False


def texts_in(value: Any) -> str:
    """All texts in a value, one after the other."""
    if isinstance(value, dict):
        return "".join(map(texts_in, [*value, *value.values()]))
    if isinstance(value, list):
        return "".join(map(texts_in, value))
    return value if isinstance(value, str) else ""
