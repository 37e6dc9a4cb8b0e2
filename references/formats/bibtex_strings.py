"""Values of BibTeX fields: texts and names of @strings, joined by “#”.

Strings of strings can double a text with every line, so each value is counted while
it is put together, and one that is too long is never made.
"""

import re
from collections.abc import Iterator

# More than the longest we met, a work by 5,154 authors.
LONGEST_VALUE = 200_000
# How much @strings, and the parents of entries, may add to a file: for each of its own
# signs, and for small files. What a name of a string costs, even of an empty one.
MOST_ADDED_TO_EACH = 2
MOST_ADDED = 5_000_000
COST = 200
# What one value may spend, so that the others of its file still can be read.
MOST_SPENT = 600_000
MARK = re.compile(r'\\.|[{}"#]', re.DOTALL)


class TooLongError(Exception):
    """A value, or what a file adds to its values, is longer than we take."""


class Strings:
    """The @strings of a file, wherever they stand in it. The first of a name counts."""

    def __init__(self, n_signs: int) -> None:
        self.values: dict[str, str] = {}
        self.left = MOST_ADDED + MOST_ADDED_TO_EACH * n_signs

    def define(self, name: str, value: str) -> None:
        self.values.setdefault(name.lower(), value)

    def spend(self, n_signs: int) -> None:
        """Raises TooLongError when a file adds more to itself than it may."""
        self.left -= n_signs
        if self.left < 0:
            raise TooLongError("The @strings and parents of this file add too much.")

    def latex(self, value: str) -> str:
        """The value without delimiters. Raises TooLongError, before it is made."""
        texts = []
        n_signs, left = 0, self.left
        for text in self.texts(value):
            texts.append(text)
            n_signs += len(text)
            if n_signs > LONGEST_VALUE or left - self.left > MOST_SPENT:
                words = f"up to {LONGEST_VALUE:,} signs are taken."
                raise TooLongError(f"With its @strings it is too long; {words}")
        return "".join(texts)

    def texts(self, value: str) -> Iterator[str]:
        """The pieces of a value, and those of @strings in it, from left to right.

        Where a string is part of itself it is passed over.
        """
        opened = {"": pieces_of(value)}
        while opened:
            name = next(reversed(opened))
            piece = next(opened[name], None)
            if piece is None:
                del opened[name]
            elif (inner := piece.lower()) in self.values:
                self.spend(COST)
                opened.setdefault(inner, pieces_of(self.values[inner]))
            else:
                self.spend(len(piece) if name else 0)
                yield without_delimiters(piece)


def pieces_of(value: str) -> Iterator[str]:
    """Parted at each “#” outside of braces and quotation marks."""
    depth, start, is_quoted = 0, 0, False
    for found in MARK.finditer(value) if "#" in value else ():
        if found[0] == '"' and not depth:
            is_quoted = not is_quoted
        elif found[0] == "#" and not depth and not is_quoted:
            yield value[start : found.start()].strip()
            start = found.end()
        depth = max(depth + {"{": 1, "}": -1}.get(found[0], 0), 0)
    yield value[start:].strip()


def without_delimiters(piece: str) -> str:
    is_delimited = len(piece) > 1 and piece[0] + piece[-1] in ("{}", '""')
    return piece[1:-1] if is_delimited else piece
