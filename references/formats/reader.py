"""What a file of references holds, entry by entry, and what could not be taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from casebase.content.parsed_file import ErrorDetail, KeyPath, ParsedFile
from references.csl import Work
from references.formats.citekeys import Keys
from references.formats.date_parser import date_in
from references.formats.dois_and_urls import shortened
from references.formats.field_validation import fit, is_torn
from references.formats.html_markup import plain
from references.formats.languages import code_of_language
from references.formats.name_lists import TWO_NAMES
from references.formats.name_parser import OTHERS_CSL, names_of, said
from references.formats.name_patterns import BESIDE, is_nobody, is_others
from references.partial_date import PartialDate
from references.title_markup import unmarked

MAX_BYTES = 50_000_000
# Figures without end take long to become a number.
LONGEST_DATE = 200
MOST_LINES = 4_000_000
MOST_ENTRIES = 50_000
# Of changed keys, in one sentence.
KEYS_NAMED = 3
# Of entries without a key, until they get one.
NO_KEY = "?"

# Line, field and sentence on what is not taken as it stands.
type Remarks = Iterator[tuple[int, str, str]]


@dataclass(frozen=True)
class LeftOut(ErrorDetail):
    """A field that was not taken of an entry, or an entry that was not taken at all."""

    is_entry: bool = False


@dataclass(frozen=True)
class KeyChange(ErrorDetail):
    """A key of the file that is none here, and the one in its place."""

    before: str = ""
    after: str = ""


@dataclass
class Draft:
    """One entry as CSL variables, each with the line it stands on."""

    line: int
    item: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    # Line, variable and reason.
    left_out: list[tuple[int, str, str]] = field(default_factory=list)

    def put(self, variable: str, value: Any, line: int = 0) -> None:
        """Keep what is no empty text; the first value of a variable stays."""
        if value and variable not in self.item:
            self.item[variable] = value
            self.lines[variable] = line or self.line

    def leave_out(self, variable: str, reason: str, line: int = 0) -> None:
        """Tell of what can't be taken, for a reason that people understand."""
        known = self.lines.get(variable, self.line)
        self.left_out.append((line or known, variable, reason))

    def leave_out_unclear(self, role: str, text: str, line: int) -> None:
        """Tell of a text that may name one or several, or a body."""
        words = f"“{shortened(text)}”: who is meant can’t be told."
        self.leave_out(role, words, line)

    @property
    def name(self) -> str:
        """How people are told of it: “Title” (key), “Title” (line 7)."""
        title, key = (str(self.item.get(name, "")) for name in ("title", "id"))
        mark = f"line {self.line}" if key in ("", NO_KEY) else shortened(key)
        title = unmarked(title)
        return f"“{shortened(title)}” ({mark})" if title else f"the work in {mark}"

    def put_people(self, role: str, names: list[Any], line: int) -> Remarks:
        """Keep each name once, as our records do, and “others” at the end, if at all.

        Names that are others, in whatever words, end the list as OTHERS does.
        """
        kept: dict[str, Any] = {}
        named = [name for name in filter(None, names) if not is_others(said(name))]
        for name in named:
            if is_nobody(said(name)):
                self.leave_out(role, f"“{said(name)}” names nobody.", line)
                continue
            if repr(name) in kept:
                yield line, role, "A name stands here twice; it is taken once."
            kept[repr(name)] = name
        has_others = len(named) < len(list(filter(None, names)))
        if has_others and not kept:
            yield line, role, "Others stand here without a name; they are left out."
        others = [OTHERS_CSL] if has_others and kept else []
        self.put(role, [*kept.values(), *others], line)

    def put_names(self, role: str, texts: Iterable[Any], line: int) -> Remarks:
        """Keep those named by texts, each of which should be one name."""
        names: list[Any] = []
        for text in texts:
            if not isinstance(text, str):
                names.append(text)
                continue
            yield from doubts_of_names(role, text, line)
            found = names_of(plain(text))
            names += found
            if not found:
                self.leave_out_unclear(role, text, line)
        yield from self.put_people(role, names, line)

    def put_language(self, text: str, line: int) -> None:
        """Keep the code of a language, or of the one that is called so."""
        code = code_of_language(text)
        self.put("language", code, line)
        if text and not code:
            self.leave_out("language", f"“{shortened(text)}” is not known.", line)

    def put_date(self, variable: str, text: str, line: int) -> Remarks:
        """Keep what is a date of it, and tell when that isn't all."""
        parts, is_all = date_in(text) if len(text) <= LONGEST_DATE else ([], False)
        if parts:
            self.put(variable, {"date-parts": [parts]}, line)
        else:
            self.leave_out(variable, f"“{shortened(text)}” is no date.", line)
        if parts and not is_all:
            words = f"Of the date “{shortened(text)}”, {PartialDate(*parts)} is taken."
            yield line, variable, words

    def written(self, path: str, index: int) -> ParsedFile:
        """The entry as the one of that index in its file."""
        place: KeyPath = (index,)
        lines = {(*place, name): line for name, line in self.lines.items()}
        return ParsedFile(path, self.item, {place: self.line} | lines, place)


@dataclass(frozen=True)
class Reading:
    """The works that a file gives, and what was not taken of it.

    ``written`` has the CSL items of the works, in their order, for import_works.
    Refusals tell of whole entries, and of parts of entries that were taken otherwise.
    ``with_own_key`` are the numbers of those works that have the key of the file; those
    of others are made up here, and say nothing of who they are.
    """

    written: ParsedFile
    works: list[Work]
    refusals: list[ErrorDetail]
    with_own_key: frozenset[int]


def doubts_of_names(role: str, text: str, line: int) -> Remarks:
    """What readers of names pass over, and one name that may be two."""
    text = " ".join(text.split())
    if beside := [found[0].strip() for found in BESIDE.finditer(text)]:
        yield line, role, f"“{shortened(' '.join(beside))}” is no name; it is left out."
    if TWO_NAMES.fullmatch(text):
        words = f"“{shortened(text)}” is taken for one person"
        yield line, role, f"{words}; if these are two, part them with “and” or “;”."


def too_large(raw: bytes, path: str) -> Reading | None:
    """A reading that refuses the whole file when it is larger than we take."""
    if len(raw) > MAX_BYTES:
        size = f"larger than {MAX_BYTES // 1_000_000} MB"
    elif max(raw.count(b"\n"), raw.count(b"\r")) > MOST_LINES:
        size = f"longer than {MOST_LINES:,} lines"
    else:
        return None
    sentence = f"The file is {size}; is it the right one?"
    return gathered([], [ErrorDetail(path, 1, "", sentence)], path)


def gathered(
    drafts: Iterable[Draft], refusals: Iterable[ErrorDetail], path: str
) -> Reading:
    """The works, each with what fits of it; the rest is told of, at its line.

    ``refusals`` may grow while drafts are made.
    """
    works, told = list[Work](), list[ErrorDetail]()
    items, lines = list[Any](), dict[KeyPath, int]()
    keys = Keys()
    with_own_key = set[int]()
    for draft in at_most(drafts, path, told):
        told += left_out_of(draft, path)
        if "title" not in draft.item:
            continue
        written = draft.written(path, len(works))
        work = written.validate_as(Work)
        key = draft.item["id"] = keys.fitting(work)
        told += other_key_told(work, key, written)
        with_own_key |= {len(works)} if work.key == key else set()
        works.append(work.model_copy(update={"key": key}))
        items.append(draft.item)
        lines |= written.lines
    told = sorted([*refusals, *told], key=attrgetter("line"))
    return Reading(ParsedFile(path, items, lines), works, told, frozenset(with_own_key))


def other_key_told(work: Work, key: str, written: ParsedFile) -> Iterator[ErrorDetail]:
    if work.key not in (NO_KEY, key):
        before = shortened(work.key)
        told = written.error_at(("id",), f"The key “{before}” becomes “{key}” here.")
        yield KeyChange(told.path, told.line, told.field, told.sentence, before, key)


def at_most(
    drafts: Iterable[Draft], path: str, told: list[ErrorDetail]
) -> Iterator[Draft]:
    """As many drafts as we take of one file; adds that there are more."""
    for number, draft in enumerate(drafts):
        if number == MOST_ENTRIES:
            sentence = f"What follows the first {MOST_ENTRIES:,} entries is left out."
            told.append(LeftOut(path, draft.line, "", f"{sentence} Divide the file."))
            return
        yield draft


def left_out_of(draft: Draft, path: str) -> Iterator[LeftOut]:
    """Make the draft fit, and tell what that costs: fields or, without a title, all."""
    key = str(draft.item.get("id", "")).replace("\0", "")
    draft.item["id"] = NO_KEY if is_torn(key) else key or NO_KEY
    for variable, reason in fit(draft.item):
        draft.leave_out(variable, reason)
    has_title = "title" in draft.item
    for line, variable, reason in draft.left_out:
        if has_title or variable == "title":
            sentence = f"left out: {variable} of {draft.name}: {reason}"
            yield LeftOut(path, line, "", sentence)
    if not has_title:
        sentence = "This entry has no title; it is left out."
        yield LeftOut(path, draft.line, "", sentence, is_entry=True)


def summed_up(told: Iterable[ErrorDetail], hint: str = "") -> list[ErrorDetail]:
    """Losses first, and several changed keys in one sentence at the end.

    ``hint`` says where the others are listed that the sentence doesn't name.
    """
    changes, others = list[KeyChange](), list[ErrorDetail]()
    for each in told:
        changes.append(each) if isinstance(each, KeyChange) else others.append(each)
    others.sort(key=lambda each: not isinstance(each, LeftOut))
    if len(changes) < 2:
        return [*others, *changes]
    named = [f"{each.before} → {each.after}" for each in changes[:KEYS_NAMED]]
    is_all = len(changes) <= KEYS_NAMED
    sentence = f"{len(changes):,} keys of the file became ours: {', '.join(named)}"
    end = "." if is_all else f", …{hint and f'{hint}.'}"
    first = changes[0]
    return [*others, ErrorDetail(first.path, first.line, "id", f"{sentence}{end}")]


def count_left_out(refusals: Iterable[ErrorDetail]) -> str:
    """“left out: 1 work, 3 fields”; empty when nothing is."""
    told = [refusal for refusal in refusals if isinstance(refusal, LeftOut)]
    works = sum(each.is_entry for each in told)
    counts = {"work": works, "field": len(told) - works}
    words = [f"{n:,} {what}{'s' * (n > 1)}" for what, n in counts.items() if n]
    return f"left out: {', '.join(words)}" if words else ""
