"""Records sorted by a text, or by numbers first and then by that text."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from pyroaring import BitMap

from casebase.facets.key_arrays import Keys, Table, bitmap, places, spliced, table

# Bytes of a text that are compared. Of equal texts, the older record comes first.
WIDTH = 40
UNHEARD = re.compile(r"[^\w\s]|_")


def sort_key(text: str, key: int) -> bytes:
    """Bytes to sort a record by: its text, then its primary key.

    The result depends on no database and no locale. Case, accents and punctuation make
    no difference: “Åbo” stands between “A” and “B”.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    heard = " ".join(UNHEARD.sub("", letters).split()).encode(errors="replace")
    return heard[:WIDTH].ljust(WIDTH, b"\0") + key.to_bytes(4, "big")


class SortOrder:
    """Primary keys of records, sorted by a text or by one of their named numbers."""

    def __init__(self, numbers: tuple[str, ...] = (), rows: Table | None = None):
        self._numbers = numbers
        self._rows = rows or self._read(())
        self._by = {"name": self._rows["key"]}

    def updated(self, records: BitMap, rows: Iterable[tuple[Any, ...]]) -> "SortOrder":
        """The same, with these rows in place of those of some records.

        A row is a primary key, a text, and the numbers.
        """
        kept = places(self._rows["key"], records, absent=True)
        added = self._read(rows)
        return SortOrder(self._numbers, spliced(self._rows, kept, "text", added))

    def _read(self, rows: Iterable[tuple[Any, ...]]) -> Table:
        fields = [("text", f"S{WIDTH + 4}"), ("key", "u4")]
        fields += [(name, "u4") for name in self._numbers]
        keyed = ((sort_key(text, key), key, *ns) for key, text, *ns in rows)
        read = np.fromiter(keyed, fields)
        return table(read[np.argsort(read["text"])])

    @property
    def keys(self) -> Keys:
        """Primary keys by text."""
        return self._rows["key"]

    @cached_property
    def records(self) -> BitMap:
        return bitmap(self.keys)

    def by(self, name: str) -> Keys:
        """Primary keys by a number, the greatest first, then by text.

        By “name” they are sorted by text alone.
        """
        if name not in self._by:
            order = np.argsort(~self._rows[name], kind="stable")
            self._by[name] = self._rows["key"][order]
        return self._by[name]

    def sum(self, name: str) -> int:
        """The sum of this number over all records."""
        return int(self._rows[name].sum())
