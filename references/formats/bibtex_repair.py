"""Repairs BibTeX entries with missing or superfluous commas, or without a key.

Neither BibTeX nor bibtexparser can read them, although it is clear what they mean.
"""

import re
from collections.abc import Iterator

from bibtexparser.model import Block, Entry, Field
from bibtexparser.splitter import Splitter

# Characters of a broken entry that are searched for its end.
MAX_ENTRY_LENGTH = 20_000
# Fields that one field without commas may be split into.
MAX_SPLIT_FIELDS = 50
# Characters of one file.
MAX_REPAIRED_LENGTH = 2_000_000
DELIMITER = re.compile(r'\\.|[{}(),"]|\n[ \t]*@', re.DOTALL)
ENTRY_START = re.compile(r"@\s*\w+\s*[{(]")
NEXT_FIELD = re.compile(r"\s*([A-Za-z][\w:-]*)\s*=(?=\s*[\w{\"])")
BARE_VALUE = re.compile(r"\s*\w+(?=\s)")


def repair_entry(text: str, start: int) -> str:
    """Return the entry that starts there with correct commas; empty if it has no end.

    It has as many lines as before. An entry without a key gets an empty one.
    """
    entry = text[start : start + MAX_ENTRY_LENGTH]
    opening = ENTRY_START.match(entry)
    pieces = [*split_at_commas(entry, opening.end())] if opening else []
    if not opening or not pieces:
        return ""
    key, field = split_key_and_field(pieces[0])
    # Empty pieces keep their line breaks, so that line numbers stay correct.
    others = [f",{piece}" if piece.strip() else piece for piece in pieces[1:]]
    begin = f"{key},{field}" if field else key
    return f"{opening[0][:-1]}{{{begin}{''.join(others)}}}"


def split_key_and_field(piece: str) -> tuple[str, str]:
    """Return the key, which may be missing, and the field of “key title = {A}”."""
    words, equals, value = piece.partition("=")
    if not equals:
        return piece, ""
    *key, name = words.split() or [""]
    return "".join(key), f"{'\n' * words.count('\n')}{name}={value}"


def split_at_commas(entry: str, start: int) -> Iterator[str]:
    """Yield the text between commas up to the end of the entry; nothing without one."""
    pieces, depth, is_quoted = [], 1, False
    end = ")" if entry[start - 1] == "(" else "}"
    piece_start = start
    for found in DELIMITER.finditer(entry, start):
        char = found[0]
        if char[0] == "\n":
            return
        if char == '"' and depth == 1:
            is_quoted = not is_quoted
        is_end = depth == 1 and char == end and not is_quoted
        if is_end or (char == "," and depth == 1 and not is_quoted):
            pieces.append(entry[piece_start : found.start()])
            piece_start = found.end()
        if is_end:
            yield from pieces
            return
        depth += {"{": 1, "}": -1}.get(char, 0)


class EntryRepairer:
    """Repairs entries of a text, up to MAX_REPAIRED_LENGTH characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.remaining = MAX_REPAIRED_LENGTH
        self.offset = self.line = 0

    def repair(self, block: Block) -> Entry | None:
        """Return the entry that the block was meant to be, or None.

        Blocks have to be passed in the order of the file.
        """
        line = block.start_line or 0
        while self.line < line:
            self.offset = self.text.index("\n", self.offset) + 1
            self.line += 1
        start = self.text.find((block.raw or "").strip(), self.offset)
        if self.remaining < 0 or start < 0:
            return None
        text = repair_entry(self.text, start)
        self.remaining -= len(text) or MAX_ENTRY_LENGTH
        for entry in Splitter(text).split().entries:
            fields = [
                Field(each.key, each.value, (each.start_line or 0) + line)
                for each in entry.fields
            ]
            return Entry(entry.entry_type, entry.key, fields, line)
        return None


def split_merged_fields(entry: Entry) -> bool:
    """Split fields whose value contains the next field; return whether any did."""
    if not any("=" in each.value for each in entry.fields):
        return False
    fields = [
        Field(name, value, each.start_line)
        for each in entry.fields
        for name, value in split_fields(each.key, each.value)
    ]
    has_more = len(fields) > len(entry.fields)
    entry.fields = fields
    return has_more


def split_fields(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield the field, and those inside its value, where a comma is missing."""
    for _ in range(MAX_SPLIT_FIELDS):
        end = find_value_end(value) if "=" in value else 0
        if not end or not (found := NEXT_FIELD.match(value, end)):
            break
        yield name, value[:end]
        name, value = found[1], value[found.end() :].strip()
    yield name, value


def find_value_end(value: str) -> int:
    """Return the end of the first text, or 0 if nothing follows it."""
    if value[:1] not in ("{", '"'):
        found = BARE_VALUE.match(value)
        return found.end() if found else 0
    depth, is_quoted = 0, value[0] == '"'
    for found in DELIMITER.finditer(value, 1 if is_quoted else 0):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == ('"' if is_quoted else "}"):
            return found.end() if found.end() < len(value) else 0
    return 0
