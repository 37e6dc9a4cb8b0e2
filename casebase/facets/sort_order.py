"""Records sorted by a text, or by numbers first and then by that text."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from casebase.facets.key_arrays import (
    Keys,
    Table,
    bitmap,
    positions,
    replace_rows,
)

# Texts are compared by this number of bytes. Records with equal ones are sorted by key.
MAX_TEXT_BYTES = 40
IGNORED = re.compile(r"[^\w\s]|_")
# The same for texts of ASCII, which most are, in a fraction of the time.
IGNORED_ASCII = bytes(n for n in range(128) if IGNORED.match(chr(n)))
ASCII = bytes(
    ord(" " if chr(n).isspace() else chr(n).lower()) for n in range(128)
).ljust(256)


def sort_key(text: str) -> bytes:
    """Return bytes to sort a text by.

    They don't depend on the database or on a locale. Case, accents and punctuation are
    ignored: “Åbo” comes between “A” and “B”.
    """
    if text.isascii():
        words = text.encode().translate(ASCII, IGNORED_ASCII).split()
        return b" ".join(words)[:MAX_TEXT_BYTES]
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    line = " ".join(IGNORED.sub("", letters).split())
    return line.encode(errors="replace")[:MAX_TEXT_BYTES]


class SortOrder:
    """Primary keys of records, sorted by a text or by one of their named numbers."""

    def __init__(self, numbers: tuple[str, ...] = (), rows: Table | None = None):
        self._numbers = numbers
        self._rows = rows or self._read((), ())
        self._by = {"name": self._rows["key"]}

    def updated(
        self, records: BitMap, texts: Iterable[tuple[int, str]], *numbers: Table
    ) -> "SortOrder":
        """Return a copy in which these rows replace those of some records.

        ``texts`` are the primary keys and texts of the rows. Each of ``numbers`` is a
        table of a sorted column “key” and columns of numbers, which are 0 for others.
        """
        kept = positions(self._rows["key"], records, absent=True)
        added = self._read(texts, numbers)
        return SortOrder(self._numbers, replace_rows(self._rows, kept, "text", added))

    def _read(
        self, texts: Iterable[tuple[int, str]], numbers: Iterable[Table]
    ) -> Table:
        keyed = ((sort_key(text), key) for key, text in texts)
        read = np.fromiter(keyed, [("text", f"S{MAX_TEXT_BYTES}"), ("key", ">u4")])
        # With the key behind it, no two texts are equal.
        read_texts = read.view(f"S{MAX_TEXT_BYTES + 4}")
        order = np.argsort(read_texts)
        keys = read["key"][order].astype("u4")
        added = {name: np.zeros(len(keys), "u4") for name in self._numbers}
        for table in numbers:
            at = positions(keys, bitmap(table["key"]))
            places = table["key"].searchsorted(keys[at])
            for name in table.keys() & added.keys():
                added[name][at] = table[name][places]
        return {"text": read_texts[order], "key": keys} | added

    @property
    def keys(self) -> Keys:
        """The primary keys, sorted by text."""
        return self._rows["key"]

    @cached_property
    def records(self) -> BitMap:
        return bitmap(self.keys)

    def by(self, name: str) -> Keys:
        """Return the primary keys, sorted by a number (highest first), then by text.

        With “name”, they are sorted by text only.
        """
        if name not in self._by:
            order = np.argsort(~self._rows[name], kind="stable")
            self._by[name] = self._rows["key"][order]
        return self._by[name]

    def sum(self, name: str) -> int:
        """Return the sum of this number over all records."""
        return int(self._rows[name].sum())
