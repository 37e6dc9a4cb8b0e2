"""BibTeX and BibLaTeX files, read: bibtexparser splits them, the rest is ours."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from casebase.content.written import Refusal
from references.formats.bibtex_entry import Fields, put_fields
from references.formats.bibtex_names import outside
from references.formats.decoding import decoded
from references.formats.reading import Draft, Reading, gathered, too_large

# It logs what its blocks tell as well.
logging.getLogger("bibtexparser.splitter").disabled = True


def read_bibtex(raw: bytes, path: str) -> Reading:
    if refused := too_large(raw, path):
        return refused
    file = File(path)
    text, told = decoded(raw, path)
    file.refusals += told
    drafts = list(file.drafts(text))
    if not drafts and not file.refusals:
        file.refuse(1, "There is no entry in this file.")
    return gathered(drafts, file.refusals, path)


@dataclass
class File:
    """One file while it is read: its @strings so far, and what is wrong in it."""

    path: str
    refusals: list[Refusal] = field(default_factory=list)
    strings: dict[str, str] = field(default_factory=dict)

    def refuse(self, line: int, sentence: str, name: str = "") -> None:
        self.refusals.append(Refusal(self.path, line, name, sentence))

    def drafts(self, text: str) -> Iterator[Draft]:
        for block in Splitter(text).split().blocks:
            match block:
                case String():
                    self.strings[block.key.lower()] = self.latex(block.value)
                case Entry():
                    yield from self.draft(block)
                case ParsingFailedBlock():
                    yield from self.failed(block)

    def failed(self, block: ParsingFailedBlock) -> Iterator[Draft]:
        """An entry with a field twice, or another one's key, is read; others aren't."""
        line = (block.start_line or 0) + 1
        entry = block.ignore_error_block
        if isinstance(block, DuplicateFieldKeyBlock) and isinstance(entry, Entry):
            twice = ", ".join(sorted(block.duplicate_keys))
            self.refuse(line, f"The first of several is taken of: {twice}.", entry.key)
            yield from self.draft(entry)
        elif isinstance(block, DuplicateBlockKeyBlock) and isinstance(entry, Entry):
            yield from self.draft(entry)
        elif isinstance(block, DuplicateBlockKeyBlock):
            sentence = f"“{block.key}” stands in this file twice; the first is taken."
            self.refuse(line, sentence)
        else:
            self.refuse(line, f"This entry can’t be read: {reason(block)}")

    def draft(self, entry: Entry) -> Iterator[Draft]:
        line = (entry.start_line or 0) + 1
        fields: Fields = {}
        for each in entry.fields:
            latex, at = self.latex(each.value), (each.start_line or 0) + 1
            fields.setdefault(each.key.lower(), (latex, at))
        draft = Draft(line, {"id": entry.key})
        kind = entry.entry_type.lower()
        for at, name, sentence in put_fields(draft, kind, fields):
            self.refuse(at, sentence, name)
        yield draft

    def latex(self, value: str) -> str:
        """The value without its delimiters; pieces joined by “#” are put together."""
        pieces = outside_quotes(value) if "#" in value else [value]
        return "".join(self.piece(piece.strip()) for piece in pieces)

    def piece(self, piece: str) -> str:
        if len(piece) > 1 and piece[0] + piece[-1] in ("{}", '""'):
            return piece[1:-1]
        return self.strings.get(piece.lower()) or piece


def outside_quotes(value: str) -> list[str]:
    """Split at “#” outside of braces and quotation marks."""
    pieces = [""]
    for piece in outside(value, "#"):
        is_open = pieces[-1].count('"') % 2
        if is_open:
            pieces[-1] += f"#{piece}"
        else:
            pieces.append(piece)
    return pieces[1:]


def reason(block: ParsingFailedBlock) -> str:
    """bibtexparser's own words, as a sentence."""
    words = str(getattr(block.error, "abort_reason", block.error)).strip()
    return words if words.endswith(".") else f"{words}."
