"""What readers of all formats share: the builder of an entry, and their result."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from casebase.content.parsed_file import ErrorDetail, KeyPath, ParsedFile
from references.csl import Work
from references.formats.citekeys import CitekeyRegister
from references.formats.date_parser import parse_date
from references.formats.field_validation import clean_item, has_surrogates
from references.formats.html_markup import strip_html
from references.formats.languages import find_language_code
from references.formats.messages import KeyChange, Omission, shorten
from references.formats.name_lists import MAYBE_TWO_NAMES
from references.formats.name_parser import join_name_parts, parse_names
from references.formats.name_patterns import (
    NAME_ANNOTATION,
    is_et_al,
    is_placeholder_name,
)
from references.partial_date import PartialDate
from references.title_markup import strip_markup

MAX_BYTES = 50_000_000
MAX_LINES = 4_000_000
MAX_ENTRIES = 50_000
# Very long numbers take long to convert.
MAX_DATE_LENGTH = 200
# Stands for the key of an entry without one until a citekey is built.
MISSING_KEY = "?"

# Line, field and sentence of each warning.
type Warnings = Iterator[tuple[int, str, str]]


@dataclass
class EntryBuilder:
    """Collects the CSL variables of one entry, with their lines in the file."""

    line: int
    item: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    # Line, variable and reason.
    omissions: list[tuple[int, str, str]] = field(default_factory=list)

    def set_variable(self, variable: str, value: Any, line: int = 0) -> None:
        """Set the variable, unless the value is empty or the variable has one."""
        if value and variable not in self.item:
            self.item[variable] = value
            self.lines[variable] = line or self.line

    def omit(self, variable: str, reason: str, line: int = 0) -> None:
        """Report that a value is left out, for the reason in this sentence."""
        known = self.lines.get(variable, self.line)
        self.omissions.append((line or known, variable, reason))

    def omit_unclear_name(self, role: str, text: str, line: int) -> None:
        """Report a text that may name one person, several, or an organisation."""
        reason = f"“{shorten(text)}”: it is unclear who is meant."
        self.omit(role, reason, line)

    @property
    def label(self) -> str:
        """The entry as messages name it: “Title” (key), or “Title” (line 7)."""
        title, key = (str(self.item.get(name, "")) for name in ("title", "id"))
        mark = f"line {self.line}" if key in ("", MISSING_KEY) else shorten(key)
        title = strip_markup(title)
        return f"“{shorten(title)}” ({mark})" if title else f"the work in {mark}"

    def set_names(self, role: str, names: list[Any], line: int) -> Warnings:
        """Set authors or editors, each once; yield warnings.

        ``clean_names`` leaves out who names nobody, and puts “et al.” at the end.
        """
        unique: dict[str, Any] = {}
        texts = []
        for name in filter(None, names):
            texts.append(join_name_parts(name))
            if repr(name) in unique and not is_et_al(texts[-1]):
                yield line, role, "This name is listed twice; it is imported once."
            unique[repr(name)] = name
        nameless = [is_et_al(text) or is_placeholder_name(text) for text in texts]
        if all(nameless) and any(map(is_et_al, texts)):
            yield line, role, "“et al.” has no name before it; it is left out."
        self.set_variable(role, [*unique.values()], line)

    def set_names_from_texts(
        self, role: str, texts: Iterable[Any], line: int
    ) -> Warnings:
        """Parse texts that should be one name each, and set the names they contain.

        CSL names among the texts are used as they are.
        """
        names: list[Any] = []
        for text in texts:
            if not isinstance(text, str):
                names.append(text)
                continue
            yield from find_name_warnings(role, text, line)
            found = parse_names(strip_html(text))
            names += found
            if not found:
                self.omit_unclear_name(role, text, line)
        yield from self.set_names(role, names, line)

    def set_language(self, text: str, line: int) -> None:
        """Set the code of the language that has this name or code."""
        code = find_language_code(text)
        self.set_variable("language", code, line)
        if text and not code:
            self.omit("language", f"“{shorten(text)}” is not known.", line)

    def set_date(self, variable: str, text: str, line: int) -> Warnings:
        """Set the date in the text; warn if the text says more than the date."""
        parts, is_all = (
            parse_date(text) if len(text) <= MAX_DATE_LENGTH else ([], False)
        )
        if parts:
            self.set_variable(variable, {"date-parts": [parts]}, line)
        else:
            self.omit(variable, f"“{shorten(text)}” is not a date.", line)
        if parts and not is_all:
            date = PartialDate(*parts)
            yield line, variable, f"The date “{shorten(text)}” is imported as {date}."

    def to_written(self, path: str, index: int) -> ParsedFile:
        """Return the item as the entry with this index in its file."""
        place: KeyPath = (index,)
        lines = {(*place, name): line for name, line in self.lines.items()}
        return ParsedFile(path, self.item, {place: self.line} | lines, place)


@dataclass(frozen=True)
class ReadResult:
    """The works of a file, and messages on what was left out or changed.

    ``written`` has the CSL items of the works in the same order, for ``import_works``.
    ``original_key_indexes`` are the indexes of the works that have the key of the file.
    The keys of the others are built here, so they don't identify a work.
    """

    written: ParsedFile
    works: list[Work]
    messages: list[ErrorDetail]
    original_key_indexes: frozenset[int]


def find_name_warnings(role: str, text: str, line: int) -> Warnings:
    """Warn of text that name parsers skip, and of one name that may be two."""
    text = " ".join(text.split())
    if skipped := [found[0].strip() for found in NAME_ANNOTATION.finditer(text)]:
        words = f"“{shorten(' '.join(skipped))}” is not a name"
        yield line, role, f"{words}; it is left out."
    if MAYBE_TWO_NAMES.fullmatch(text):
        words = f"“{shorten(text)}” is read as one person; if these are two people,"
        yield line, role, f"{words} separate them with “and” or “;”."


def reject_if_too_large(raw: bytes, path: str) -> ReadResult | None:
    """Return a result without works if the file is larger than the limits."""
    if len(raw) > MAX_BYTES:
        size = f"larger than {MAX_BYTES // 1_000_000} MB"
    elif max(raw.count(b"\n"), raw.count(b"\r")) > MAX_LINES:
        size = f"longer than {MAX_LINES:,} lines"
    else:
        return None
    sentence = f"The file is {size}; is it the right one?"
    return build_result([], [ErrorDetail(path, 1, "", sentence)], path)


def build_result(
    builders: Iterable[EntryBuilder], messages: Iterable[ErrorDetail], path: str
) -> ReadResult:
    """Return the works with their valid fields, and all messages in order of line.

    ``messages`` may grow while ``builders`` is iterated.
    """
    works, own_messages = list[Work](), list[ErrorDetail]()
    items, lines = list[Any](), dict[KeyPath, int]()
    citekeys, original_key_indexes = CitekeyRegister(), set[int]()
    for builder in limit_entries(builders, path, own_messages):
        own_messages += clean_entry(builder, path)
        if "title" not in builder.item:
            continue
        written = builder.to_written(path, len(works))
        work = written.validate_as(Work)
        key = builder.item["id"] = citekeys.choose_citekey(work)
        own_messages += report_key_change(work, key, written)
        original_key_indexes |= {len(works)} if work.key == key else set()
        works.append(work.model_copy(update={"key": key}))
        items.append(builder.item)
        lines |= written.lines
    every = sorted([*messages, *own_messages], key=attrgetter("line"))
    whole = ParsedFile(path, items, lines)
    return ReadResult(whole, works, every, frozenset(original_key_indexes))


def report_key_change(work: Work, key: str, written: ParsedFile) -> Iterator[KeyChange]:
    if work.key not in (MISSING_KEY, key):
        before = shorten(work.key)
        at = written.error_at(("id",), f"The key “{before}” becomes “{key}” here.")
        yield KeyChange(at.path, at.line, at.field, at.sentence, before, key)


def limit_entries(
    builders: Iterable[EntryBuilder], path: str, messages: list[ErrorDetail]
) -> Iterator[EntryBuilder]:
    """Yield up to MAX_ENTRIES builders; add a message if there are more."""
    for index, builder in enumerate(builders):
        if index == MAX_ENTRIES:
            sentence = f"Entries after the first {MAX_ENTRIES:,} are left out."
            sentence = f"{sentence} Divide the file."
            messages.append(Omission(path, builder.line, "", sentence))
            return
        yield builder


def clean_entry(builder: EntryBuilder, path: str) -> Iterator[Omission]:
    """Remove invalid fields from the item, and yield what was left out.

    Without a title the whole entry is left out.
    """
    key = str(builder.item.get("id", "")).replace("\0", "")
    builder.item["id"] = MISSING_KEY if has_surrogates(key) else key or MISSING_KEY
    for variable, reason in clean_item(builder.item):
        builder.omit(variable, reason)
    has_title = "title" in builder.item
    for line, variable, reason in builder.omissions:
        if has_title or variable == "title":
            sentence = f"left out: {variable} of {builder.label}: {reason}"
            yield Omission(path, line, "", sentence)
    if not has_title:
        sentence = "This entry has no title; it is left out."
        yield Omission(path, builder.line, "", sentence, is_entry=True)
