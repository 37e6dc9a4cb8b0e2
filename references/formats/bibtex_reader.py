"""Reads BibTeX and BibLaTeX files; bibtexparser splits them into entries."""

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
from references.formats.bibtex_entry import add_fields, restore_moved_fields
from references.formats.bibtex_fields import KNOWN_FIELDS
from references.formats.bibtex_inheritance import Fields, inherit_fields
from references.formats.bibtex_repair import EntryRepairer, split_merged_fields
from references.formats.bibtex_strings import BibtexStrings, ValueTooLongError
from references.formats.decoding import decode_file
from references.formats.messages import ONLY_FIRST, list_names
from references.formats.reader import (
    EntryBuilder,
    ReadResult,
    build_result,
    reject_if_too_large,
)

# It logs the same errors that its blocks have.
logging.getLogger("bibtexparser.splitter").disabled = True

BLOCK_START = re.compile(r"@\w*[ \t]*[{(]")
# A block takes hundreds of bytes of memory, or a kilobyte if it is broken.
MAX_BLOCKS = 150_000
MAX_FIELDS = 2_000_000
# Entries that aren't works themselves.
ENTRY_TYPES_WITHOUT_WORK = ("xdata", "set")
COMMAS_CORRECTED = "Its commas were corrected, or its key is missing; please check."


def read_bibtex(raw: bytes, path: str) -> ReadResult:
    """Read a BibTeX or BibLaTeX file. Messages name it by ``path``."""
    if rejected := reject_if_too_large(raw, path):
        return rejected
    text, messages = decode_file(raw, path)
    file = BibtexFile(path, BibtexStrings(len(text)), messages)
    builders = [] if file.exceeds_limits(text) else list(file.read_entries(text))
    if not builders and not file.messages:
        file.report(1, "There is no entry in this file.")
    return build_result(builders, file.messages, path)


@dataclass
class BibtexFile:
    """A file while it is read: its strings and parents, and the messages so far."""

    path: str
    strings: BibtexStrings
    messages: list[ErrorDetail] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    parent_fields: dict[str, Fields] = field(default_factory=dict)
    unknown_fields: Counter[str] = field(default_factory=Counter)

    def report(self, line: int, sentence: str, name: str = "") -> None:
        self.messages.append(ErrorDetail(self.path, line, name, sentence))

    def exceeds_limits(self, text: str) -> bool:
        """Whether the file has too many entries or fields, which is then reported."""
        n_blocks = sum(1 for _ in BLOCK_START.finditer(text))
        if n_blocks <= MAX_BLOCKS and text.count("=") <= MAX_FIELDS:
            return False
        limit = "more entries or fields than are read at once"
        self.report(1, f"The file has {limit}; divide it.")
        return True

    def read_entries(self, text: str) -> Iterator[EntryBuilder]:
        """Yield a builder for each work.

        All blocks are read first, because strings and parents may follow the entries
        that use them.
        """
        blocks = [*self.read_blocks(text)]
        for block in blocks:
            if isinstance(block, String):
                self.strings.define(block.key, block.value)
            elif entry := get_entry(block):
                self.entries.setdefault(entry.key, entry)
                self.entries.setdefault(entry.key.casefold(), entry)
        for block in blocks:
            if isinstance(block, ParsingFailedBlock):
                self.report_broken_block(block)
            entry = get_entry(block)
            if entry and entry.entry_type not in ENTRY_TYPES_WITHOUT_WORK:
                yield self.build_entry(entry)
        if self.unknown_fields:
            counts = self.unknown_fields.items()
            names = [name if n == 1 else f"{name} ({n:,} times)" for name, n in counts]
            self.report(1, f"Works have no field for: {list_names(names)}.")

    def read_blocks(self, text: str) -> Iterator[Block]:
        """Yield the blocks of the file, repaired if it is clear what they mean."""
        repairer = EntryRepairer(text)
        for block in Splitter(text).split().blocks:
            entry = get_entry(block)
            is_broken = not entry and isinstance(block, ParsingFailedBlock)
            if is_broken and (entry := repairer.repair(block)):
                block = entry
            is_split = entry is not None and split_merged_fields(entry)
            if entry and (is_split or is_broken):
                self.report(get_line(block), COMMAS_CORRECTED, entry.key[:60])
            yield block

    def report_broken_block(self, block: ParsingFailedBlock) -> None:
        """Report a repeated field, string or key, or an entry that can't be read.

        An entry with a repeated field or key is still read.
        """
        line, entry = get_line(block), get_entry(block)
        if isinstance(block, DuplicateFieldKeyBlock):
            repeated = list_names(block.duplicate_keys)
            sentence = f"{ONLY_FIRST}: {repeated}."
            self.report(line, sentence, entry.key if entry else "")
        elif isinstance(block, DuplicateBlockKeyBlock):
            if not entry:
                name = f"“{block.key}”"
                self.report(
                    line, f"{name} occurs twice in this file; the first is used."
                )
        else:
            self.report(line, f"This entry can’t be read: {describe_error(block)}")

    def build_entry(self, entry: Entry) -> EntryBuilder:
        builder = EntryBuilder(get_line(entry), {"id": entry.key})
        entry_type = entry.entry_type.lower()
        fields = restore_moved_fields(builder, self.expand_fields(entry, builder))
        fields = self.add_inherited_fields(entry_type, fields, builder)
        for line, name, sentence in add_fields(builder, entry_type, fields):
            self.report(line, sentence, name)
        self.unknown_fields.update(fields.keys() - KNOWN_FIELDS)
        return builder

    def expand_fields(self, entry: Entry, builder: EntryBuilder) -> Fields:
        """Return the fields with @strings replaced; omit those that get too long."""
        fields: Fields = {}
        for each in entry.fields:
            name, line = each.key.lower(), get_line(each)
            try:
                fields.setdefault(name, (self.strings.expand(each.value), line))
            except ValueTooLongError as error:
                builder.omit(name[:60], str(error), line)
        return fields

    def add_inherited_fields(
        self, entry_type: str, fields: Fields, builder: EntryBuilder
    ) -> Fields:
        """Return the fields with those of parents, or without if they get too long."""
        own_key = builder.item["id"]
        whole, missing = inherit_fields(entry_type, fields, self.find_parent, own_key)
        for key in missing:
            builder.omit("crossref", f"“{key[:60]}” is not in this file.")
        inherited = whole.keys() - fields.keys()
        try:
            self.strings.spend(sum(len(whole[name][0]) for name in inherited))
        except ValueTooLongError as error:
            builder.omit("crossref", str(error))
            return fields
        return whole

    def find_parent(self, key: str) -> Fields | None:
        """Return the fields of the entry with the key, in any case of letters."""
        entry = self.entries.get(key) or self.entries.get(key.casefold())
        if entry and entry.key not in self.parent_fields:
            self.parent_fields[entry.key] = self.expand_fields(entry, EntryBuilder(0))
        return self.parent_fields.get(entry.key) if entry else None


def get_entry(block: Block) -> Entry | None:
    """Return the entry in a block, even if its key or a field of it is repeated."""
    inner = getattr(block, "ignore_error_block", block)
    return inner if isinstance(inner, Entry) else None


def get_line(block: Block | Field) -> int:
    return (block.start_line or 0) + 1


def describe_error(block: ParsingFailedBlock) -> str:
    """Return bibtexparser's message as a sentence."""
    words = str(getattr(block.error, "abort_reason", block.error)).strip()
    words = words if len(words) <= 200 else f"{words[:200]}…"
    return words if words.endswith(".") else f"{words}."
