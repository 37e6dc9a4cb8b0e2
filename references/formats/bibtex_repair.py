"""Entries of BibTeX files with a comma too many or too few, put right.

BibTeX itself stops at them, and so does bibtexparser; people still mean a work.
"""

import re
from collections.abc import Iterator

from bibtexparser.model import Block, Entry, Field
from bibtexparser.splitter import Splitter

# Of an entry that can't be read; what is longer is none.
LONGEST_ENTRY = 20_000
# In one field without commas.
MOST_PARTED = 50
# Of a file, in signs.
MOST_MENDED = 2_000_000
MARK = re.compile(r'\\.|[{}(),"]|\n[ \t]*@', re.DOTALL)
START = re.compile(r"@\s*\w+\s*[{(]")
NEXT_FIELD = re.compile(r"\s*([A-Za-z][\w:-]*)\s*=(?=\s*[\w{\"])")
BARE = re.compile(r"\s*\w+(?=\s)")


def mended(text: str, start: int) -> str:
    """The entry that begins there, with commas where they belong; or nothing.

    It has as many lines as before. One without a key gets an empty one.
    """
    entry = text[start : start + LONGEST_ENTRY]
    opening = START.match(entry)
    pieces = [*pieces_of(entry, opening.end())] if opening else []
    if not opening or not pieces:
        return ""
    key, field = key_and_field(pieces[0])
    # Line breaks of empty pieces stay, so that lines are those of the file.
    others = [f",{piece}" if piece.strip() else piece for piece in pieces[1:]]
    begin = f"{key},{field}" if field else key
    return f"{opening[0][:-1]}{{{begin}{''.join(others)}}}"


def key_and_field(piece: str) -> tuple[str, str]:
    """Of “key title = {A}” and “title = {A}” the key, if any, and the field."""
    words, equals, value = piece.partition("=")
    if not equals:
        return piece, ""
    *key, name = words.split() or [""]
    return "".join(key), f"{'\n' * words.count('\n')}{name}={value}"


def pieces_of(entry: str, start: int) -> Iterator[str]:
    """What is between commas, up to the end of the entry; nothing if it has none."""
    pieces, depth, is_quoted = [], 1, False
    end = ")" if entry[start - 1] == "(" else "}"
    begun = start
    for found in MARK.finditer(entry, start):
        sign = found[0]
        if sign[0] == "\n":
            return
        if sign == '"' and depth == 1:
            is_quoted = not is_quoted
        is_end = depth == 1 and sign == end and not is_quoted
        if is_end or (sign == "," and depth == 1 and not is_quoted):
            pieces.append(entry[begun : found.start()])
            begun = found.end()
        if is_end:
            yield from pieces
            return
        depth += {"{": 1, "}": -1}.get(sign, 0)


class Mender:
    """Mends entries of a text, as many as don't take long."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = MOST_MENDED
        self.at = self.line = 0

    def entry(self, block: Block) -> Entry | None:
        """The entry that the block was meant to be. Blocks come in their order."""
        line = block.start_line or 0
        while self.line < line:
            self.at = self.text.index("\n", self.at) + 1
            self.line += 1
        start = self.text.find((block.raw or "").strip(), self.at)
        if self.left < 0 or start < 0:
            return None
        text = mended(self.text, start)
        self.left -= len(text) or LONGEST_ENTRY
        for entry in Splitter(text).split().entries:
            fields = [
                Field(each.key, each.value, (each.start_line or 0) + line)
                for each in entry.fields
            ]
            return Entry(entry.entry_type, entry.key, fields, line)
        return None


def has_parted(entry: Entry) -> bool:
    """Part fields that have the next one in their value; tell whether any had."""
    if not any("=" in each.value for each in entry.fields):
        return False
    fields = [
        Field(name, value, each.start_line)
        for each in entry.fields
        for name, value in fields_in(each.key, each.value)
    ]
    has_more = len(fields) > len(entry.fields)
    entry.fields = fields
    return has_more


def fields_in(name: str, value: str) -> Iterator[tuple[str, str]]:
    """The field, and those that follow it in its value, as a comma is missing."""
    for _ in range(MOST_PARTED):
        end = end_of_value(value) if "=" in value else 0
        if not end or not (found := NEXT_FIELD.match(value, end)):
            break
        yield name, value[:end]
        name, value = found[1], value[found.end() :].strip()
    yield name, value


def end_of_value(value: str) -> int:
    """Where its first text ends, if anything follows; else 0."""
    if value[:1] not in ("{", '"'):
        found = BARE.match(value)
        return found.end() if found else 0
    depth, is_quoted = 0, value[0] == '"'
    for found in MARK.finditer(value, 1 if is_quoted else 0):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == ('"' if is_quoted else "}"):
            return found.end() if found.end() < len(value) else 0
    return 0
