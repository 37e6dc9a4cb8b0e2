"""What a shortlist holds, in the reader’s order, and how that changes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import StringConstraints

from casebase.kept.content_types import MAX_TEXT, Line, Part, Text, clean_text
from casebase.registry import kind_of
from initiatives.since_kept import (
    CASE,
    FINDING,
    WORK,
    Became,
    KeptRecord,
    SinceKept,
    look_up,
)

MOST = 50
# A case or a work by its primary key, which no rename changes; a finding by its short
# id, which begins with “f”.
ID = r"[cr][1-9][0-9]{0,9}|f[a-z0-9]{1,11}"
LETTERS = {"c": CASE, "r": WORK}


def id_of(record: Any) -> str:
    """Return “c12”, “r7” or “f2345678”: what a shortlist calls a record."""
    if kind_of(record) == FINDING:
        return str(record.short_id)
    return f"{'c' if kind_of(record) == CASE else 'r'}{record.pk}"


def parse_ids(text: str) -> list[str]:
    """Return the first ids in a text like “c12.f2345678”, each once.

    Whatever is no id is ignored.
    """
    pieces = re.split(r"[^a-z0-9]+", text[: 100 * MOST])
    ids = dict.fromkeys(piece for piece in pieces if re.fullmatch(ID, piece))
    return [*ids][:MOST]


def join_ids(ids: Iterable[str]) -> str:
    """Return ids as a text for cookies and addresses."""
    return ".".join(ids)


class Item(Part):
    """One thing on a shortlist, with the reader’s note.

    A stored one also has title, text and version as they were when it was stored; see
    ``initiatives/since_kept.py``.
    """

    id: Annotated[str, StringConstraints(pattern=f"^(?:{ID})$")]
    note: Text = ""
    title: Line | None = None
    text: Text | None = None
    version: int | None = None
    stored_on: date | None = None

    @property
    def record(self) -> KeptRecord:
        kind = LETTERS.get(self.id[0], FINDING)
        name = self.id if kind == FINDING else int(self.id[1:])
        return KeptRecord(kind, name, self.title, self.text, self.version)


@dataclass(frozen=True)
class Entry:
    """An item of a shortlist, with what became of it."""

    item: Item
    since: SinceKept

    @property
    def kind(self) -> str:
        """“initiative”, “finding” or “reference”."""
        return self.since.kept.kind

    @property
    def record(self) -> Any:
        """The public case, finding or work; None if it is not public now."""
        return self.since.now.record

    @property
    def name(self) -> str:
        """A short name for messages and controls."""
        if self.kind == FINDING and self.record:
            return f"{self.record.opening()}"
        return self.since.now.title or self.item.title or self.item.id


@dataclass(frozen=True)
class Shortlist:
    """Items in the reader’s order, each id once, at most MOST."""

    items: tuple[Item, ...] = ()

    @classmethod
    def from_ids(
        cls, ids: Iterable[str], notes: Mapping[str, str] | None = None
    ) -> "Shortlist":
        """Return the shortlist with these ids, which are valid, and notes by id."""
        return cls(tuple(Item(id=each) for each in ids)).noting(notes or {})

    def __len__(self) -> int:
        return len(self.items)

    @property
    def ids(self) -> list[str]:
        return [item.id for item in self.items]

    @property
    def notes(self) -> dict[str, str]:
        """Id → note, of the items that have one."""
        return {item.id: item.note for item in self.items if item.note}

    @property
    def is_full(self) -> bool:
        return len(self) >= MOST

    def adding(self, items: Iterable[Item]) -> "Shortlist":
        """Return it with more items at the end, as many as it holds.

        The note of one that it has already is added if that has none.
        """
        new = {item.id: item for item in items}
        old = tuple(
            replace_note(each, each.note or new[each.id].note)
            if each.id in new
            else each
            for each in self.items
        )
        more = (item for key, item in new.items() if key not in self.ids)
        return Shortlist((*old, *more)[:MOST])

    def without(self, item_id: str) -> "Shortlist":
        return Shortlist(tuple(each for each in self.items if each.id != item_id))

    def in_order(self, ids: Iterable[str]) -> "Shortlist":
        """Return it with these first; others follow in their order."""
        by_id = {item.id: item for item in self.items}
        order = dict.fromkeys([*(each for each in ids if each in by_id), *by_id])
        return Shortlist(tuple(by_id[each] for each in order))

    def moving(self, item_id: str, places: int) -> "Shortlist":
        """Return it with one item further down, or up if ``places`` is negative."""
        ids = self.ids
        if item_id not in ids:
            return self
        index = ids.index(item_id)
        ids.insert(max(0, index + places), ids.pop(index))
        return self.in_order(ids)

    def placing(self, places: Mapping[str, int]) -> "Shortlist":
        """Return it with items at these places, counted from 1; others fill the rest.

        An item whose place is the one that it has does not count as moved.
        """
        moved = {
            each: places[each]
            for n, each in enumerate(self.ids, start=1)
            if places.get(each, n) != n
        }
        ids = [each for each in self.ids if each not in moved]
        for each in sorted(moved, key=moved.__getitem__):
            ids.insert(max(0, moved[each] - 1), each)
        return self.in_order(ids)

    def noting(self, notes: Mapping[str, str]) -> "Shortlist":
        """Return it with these notes in place of its own."""
        return Shortlist(
            tuple(
                replace_note(each, notes[each.id]) if each.id in notes else each
                for each in self.items
            )
        )

    def entries(self) -> list[Entry]:
        """Return what became of each. A fixed number of queries."""
        since = look_up(item.record for item in self.items)
        return [Entry(*each) for each in zip(self.items, since, strict=True)]


def with_texts(shortlist: Shortlist) -> Shortlist:
    """Return it as it is stored: with title, text and version of what is public now.

    An item that has them keeps them. What readers never could see is left out.
    """
    new = Shortlist(tuple(item for item in shortlist.items if item.title is None))
    described = {
        entry.item.id: describe_now(entry)
        for entry in new.entries()
        if entry.since.now.became != Became.UNKNOWN
    }
    items = (described.get(item.id, item) for item in shortlist.items)
    return Shortlist(tuple(item for item in items if item.title is not None))


def describe_now(entry: Entry) -> Item:
    now = entry.since.now
    texts = {"title": now.title, "text": now.text[:MAX_TEXT], "version": now.version}
    return entry.item.model_copy(update=texts | {"stored_on": date.today()})


def replace_note(item: Item, note: str) -> Item:
    """Return the item with another note, cleaned and as long as a note may be."""
    return item.model_copy(update={"note": clean_text(note)[:MAX_TEXT]})
