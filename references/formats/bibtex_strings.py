"""Values of BibTeX fields: texts and names of @strings, joined by “#”.

Strings made of strings can double a text with every line. The length of a value is
counted while it is joined, so one that is too long is never built.
"""

import re
from collections.abc import Iterator

# The longest value that we know has 5,154 authors, and is shorter.
MAX_VALUE_LENGTH = 200_000
# Characters that @strings and the parents of entries may add to a file: some for each
# character of the file, and more for small files.
MAX_ADDED_PER_CHARACTER = 2
BASE_ADDED_LENGTH = 5_000_000
# Characters that each use of a string counts for, even of an empty one.
STRING_COST = 200
# Characters that may be added to one value, so that some remain for the others.
MAX_VALUE_COST = 600_000
DELIMITER = re.compile(r'\\.|[{}"#]', re.DOTALL)


class ValueTooLongError(Exception):
    """A value, or all text that is added to a file, is longer than the limit."""


class BibtexStrings:
    """The @strings of a file. The first definition of a name counts."""

    def __init__(self, n_characters: int) -> None:
        self.values: dict[str, str] = {}
        self.remaining = BASE_ADDED_LENGTH + MAX_ADDED_PER_CHARACTER * n_characters

    def define(self, name: str, value: str) -> None:
        self.values.setdefault(name.lower(), value)

    def spend(self, n_characters: int) -> None:
        """Count added characters. Raises ValueTooLongError above the file's limit."""
        self.remaining -= n_characters
        if self.remaining < 0:
            added = "The @strings and parent entries of this file"
            raise ValueTooLongError(f"{added} add too much text.")

    def expand(self, value: str) -> str:
        """Return the value with strings replaced and without delimiters.

        Raises ValueTooLongError before a value that is too long is built.
        """
        texts = []
        n_characters, before = 0, self.remaining
        for text in self.expand_pieces(value):
            texts.append(text)
            n_characters += len(text)
            cost = before - self.remaining
            if n_characters > MAX_VALUE_LENGTH or cost > MAX_VALUE_COST:
                words = f"the limit is {MAX_VALUE_LENGTH:,} characters."
                raise ValueTooLongError(f"With its @strings it is too long; {words}")
        return "".join(texts)

    def expand_pieces(self, value: str) -> Iterator[str]:
        """Yield the texts of a value and of the strings in it, from left to right.

        A string that is part of itself is skipped.
        """
        opened = {"": split_pieces(value)}
        while opened:
            name = next(reversed(opened))
            piece = next(opened[name], None)
            if piece is None:
                del opened[name]
            elif (inner := piece.lower()) in self.values:
                self.spend(STRING_COST)
                opened.setdefault(inner, split_pieces(self.values[inner]))
            else:
                self.spend(len(piece) if name else 0)
                yield strip_delimiters(piece)


def split_pieces(value: str) -> Iterator[str]:
    """Split the value at each “#” outside of braces and quotation marks."""
    depth, start, is_quoted = 0, 0, False
    for found in DELIMITER.finditer(value) if "#" in value else ():
        if found[0] == '"' and not depth:
            is_quoted = not is_quoted
        elif found[0] == "#" and not depth and not is_quoted:
            yield value[start : found.start()].strip()
            start = found.end()
        depth = max(depth + {"{": 1, "}": -1}.get(found[0], 0), 0)
    yield value[start:].strip()


def strip_delimiters(piece: str) -> str:
    is_delimited = len(piece) > 1 and piece[0] + piece[-1] in ("{}", '""')
    return piece[1:-1] if is_delimited else piece
