"""Records sorted by a text, or by numbers first and then by that text."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from pyroaring import BitMap

from casebase.facets.key_arrays import (
    Keys,
    Table,
    bitmap,
    columns_of,
    positions,
    replace_rows,
)

# Texts are compared by this number of bytes. Records with equal ones are sorted by key.
MAX_TEXT_BYTES = 40
IGNORED = re.compile(r"[^\w\s]|_")


def sort_key(text: str, key: int) -> bytes:
    """Return bytes to sort a record by: its text, then its primary key.

    They don't depend on the database or on a locale. Case, accents and punctuation are
    ignored: “Åbo” comes between “A” and “B”.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = " ".join(IGNORED.sub("", letters).split()).encode(errors="replace")
    prefix = words[:MAX_TEXT_BYTES].ljust(MAX_TEXT_BYTES, b"\0")
    return prefix + key.to_bytes(4, "big")


class SortOrder:
    """Primary keys of records, sorted by a text or by one of their named numbers."""

    def __init__(self, numbers: tuple[str, ...] = (), rows: Table | None = None):
        self._numbers = numbers
        self._rows = rows or self._read(())
        self._by = {"name": self._rows["key"]}

    def updated(self, records: BitMap, rows: Iterable[tuple[Any, ...]]) -> "SortOrder":
        """Return a copy in which these rows replace those of some records.

        A row is a primary key, a text, and the numbers.
        """
        kept = positions(self._rows["key"], records, absent=True)
        added = self._read(rows)
        return SortOrder(self._numbers, replace_rows(self._rows, kept, "text", added))

    def _read(self, rows: Iterable[tuple[Any, ...]]) -> Table:
        fields = [("text", f"S{MAX_TEXT_BYTES + 4}"), ("key", "u4")]
        fields += [(name, "u4") for name in self._numbers]
        keyed = ((sort_key(text, key), key, *ns) for key, text, *ns in rows)
        read = np.fromiter(keyed, fields)
        return columns_of(read[np.argsort(read["text"])])

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
