"""BibTeX and BibLaTeX files, read: bibtexparser splits them, the rest is ours."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from casebase.content.parsed_file import ErrorDetail
from references.formats.bibtex_entry import put_fields, put_moved, some_of
from references.formats.bibtex_fields import USED
from references.formats.bibtex_inheritance import Fields, with_parents
from references.formats.bibtex_repair import Mender, has_parted
from references.formats.bibtex_strings import Strings, TooLongError
from references.formats.decoding import decoded
from references.formats.reader import Draft, Reading, gathered, too_large

# It logs what its blocks tell as well.
logging.getLogger("bibtexparser.splitter").disabled = True

BLOCK = re.compile(r"@\w*[ \t]*[{(]")
# Each takes a kilobyte when it is broken, and hundreds of bytes when it isn't.
MOST_BLOCKS = 150_000
MOST_FIELDS = 2_000_000
# They stand for no work of their own.
CONTAINERS = ("xdata", "set")
COMMAS = "Its commas are put right, or its key is missing; please check."


def read_bibtex(raw: bytes, path: str) -> Reading:
    if refused := too_large(raw, path):
        return refused
    text, told = decoded(raw, path)
    file = File(path, Strings(len(text)), told)
    drafts = [] if file.is_too_full(text) else list(file.drafts(text))
    if not drafts and not file.refusals:
        file.refuse(1, "There is no entry in this file.")
    return gathered(drafts, file.refusals, path)


@dataclass
class File:
    """One file while it is read: what its entries may take from, and what is wrong."""

    path: str
    strings: Strings
    refusals: list[ErrorDetail] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    parents: dict[str, Fields] = field(default_factory=dict)
    without_place: Counter[str] = field(default_factory=Counter)

    def refuse(self, line: int, sentence: str, name: str = "") -> None:
        self.refusals.append(ErrorDetail(self.path, line, name, sentence))

    def is_too_full(self, text: str) -> bool:
        n_blocks = sum(1 for _ in BLOCK.finditer(text))
        if n_blocks <= MOST_BLOCKS and text.count("=") <= MOST_FIELDS:
            return False
        sentence = (
            "The file has more entries or fields than are read at once; divide it."
        )
        self.refuse(1, sentence)
        return True

    def drafts(self, text: str) -> Iterator[Draft]:
        """Strings and parents may stand behind the entries that name them."""
        blocks = [*self.blocks(text)]
        for block in blocks:
            if isinstance(block, String):
                self.strings.define(block.key, block.value)
            elif entry := entry_of(block):
                self.entries.setdefault(entry.key, entry)
                self.entries.setdefault(entry.key.casefold(), entry)
        for block in blocks:
            if isinstance(block, ParsingFailedBlock):
                self.tell_of(block)
            if (entry := entry_of(block)) and entry.entry_type not in CONTAINERS:
                yield self.draft(entry)
        if self.without_place:
            counts = self.without_place.items()
            names = [name if n == 1 else f"{name} ({n:,} times)" for name, n in counts]
            self.refuse(1, f"Works here have no place for: {some_of(names)}.")

    def blocks(self, text: str) -> Iterator[Block]:
        """Those that can't be read are mended where it is plain what they mean."""
        mender = Mender(text)
        for block in Splitter(text).split().blocks:
            entry = entry_of(block)
            is_broken = not entry and isinstance(block, ParsingFailedBlock)
            if is_broken and (entry := mender.entry(block)):
                block = entry
            is_parted = entry is not None and has_parted(entry)
            if entry and (is_parted or is_broken):
                self.refuse(line_of(block), COMMAS, entry.key[:60])
            yield block

    def tell_of(self, block: ParsingFailedBlock) -> None:
        """An entry with a field twice, or another one's key, is read; others aren't."""
        line, entry = line_of(block), entry_of(block)
        if isinstance(block, DuplicateFieldKeyBlock):
            twice = some_of(block.duplicate_keys)
            sentence = f"The first of several is taken of: {twice}."
            self.refuse(line, sentence, entry.key if entry else "")
        elif isinstance(block, DuplicateBlockKeyBlock):
            if not entry:
                sentence = (
                    f"“{block.key}” stands in this file twice; the first is taken."
                )
                self.refuse(line, sentence)
        else:
            self.refuse(line, f"This entry can’t be read: {reason(block)}")

    def draft(self, entry: Entry) -> Draft:
        draft = Draft(line_of(entry), {"id": entry.key})
        kind = entry.entry_type.lower()
        fields = put_moved(draft, self.fields(entry, draft))
        fields = self.with_parents(kind, fields, draft)
        for at, name, sentence in put_fields(draft, kind, fields):
            self.refuse(at, sentence, name)
        self.without_place.update(fields.keys() - USED)
        return draft

    def fields(self, entry: Entry, draft: Draft) -> Fields:
        fields: Fields = {}
        for each in entry.fields:
            name, line = each.key.lower(), line_of(each)
            try:
                fields.setdefault(name, (self.strings.latex(each.value), line))
            except TooLongError as error:
                draft.leave_out(name[:60], str(error), line)
        return fields

    def with_parents(self, kind: str, fields: Fields, draft: Draft) -> Fields:
        whole, missing = with_parents(kind, fields, self.parent, draft.item["id"])
        for key in missing:
            draft.leave_out("crossref", f"“{key[:60]}” is not in this file.")
        given = whole.keys() - fields.keys()
        try:
            self.strings.spend(sum(len(whole[name][0]) for name in given))
        except TooLongError as error:
            draft.leave_out("crossref", str(error))
            return fields
        return whole

    def parent(self, key: str) -> Fields | None:
        entry = self.entries.get(key) or self.entries.get(key.casefold())
        if entry and entry.key not in self.parents:
            self.parents[entry.key] = self.fields(entry, Draft(0))
        return self.parents.get(entry.key) if entry else None


def entry_of(block: Block) -> Entry | None:
    """The entry in a block, even if its key or one of its fields stands there twice."""
    whole = getattr(block, "ignore_error_block", block)
    return whole if isinstance(whole, Entry) else None


def line_of(block: Block | Field) -> int:
    return (block.start_line or 0) + 1


def reason(block: ParsingFailedBlock) -> str:
    """bibtexparser's own words, as a sentence."""
    words = str(getattr(block.error, "abort_reason", block.error)).strip()
    words = words if len(words) <= 200 else f"{words[:200]}…"
    return words if words.endswith(".") else f"{words}."
