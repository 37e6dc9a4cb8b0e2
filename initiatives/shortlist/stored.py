"""A shortlist that is stored behind its two links."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from casebase.kept.content_types import Part
from casebase.kept.models import Kept, Section
from initiatives.shortlist.items import MOST, Item, Shortlist, with_texts

SECTION, SHAPE = "list", 1


class StoredList(Part):
    """What is stored: the items in order, and what was removed last, and its place."""

    shape: int = SHAPE
    items: Annotated[list[Item], Field(max_length=MOST)] = []
    removed: Item | None = None
    removed_from: Annotated[int, Field(ge=0, le=MOST)] = 0

    @property
    def shortlist(self) -> Shortlist:
        return Shortlist(tuple(self.items))

    def with_items(self, ids: Iterable[str]) -> Shortlist:
        """Return the shortlist with more items at the end, as many as it holds.

        What was removed last comes back as it was stored, the rest as it is now.
        """
        removed = [self.removed] if self.removed and self.removed.id in ids else []
        more = Shortlist.from_ids(
            each for each in ids if each not in self.shortlist.ids
        )
        known = self.shortlist.adding(removed)
        return with_texts(known.adding(more.items))

    def changed_to(self, shortlist: Shortlist) -> "StoredList":
        """Return what to store instead; an item that is gone can be put back."""
        gone = [item for item in self.items if item.id not in shortlist.ids]
        back = self.removed and self.removed.id in shortlist.ids
        removed, place = (None, 0) if back else (self.removed, self.removed_from)
        if gone:
            removed, place = gone[0], self.items.index(gone[0])
        items = [*shortlist.items]
        return StoredList(items=items, removed=removed, removed_from=place)

    def put_back(self, shortlist: Shortlist) -> Shortlist:
        """Return the shortlist with what was removed last, where it was."""
        if self.removed is None:
            return shortlist
        place = {self.removed.id: self.removed_from + 1}
        return shortlist.adding([self.removed]).placing(place)


def read_section(section: Section) -> StoredList:
    return StoredList.model_validate(section.content or {})


def read_stored(kept: Kept) -> Shortlist:
    """Return the shortlist that a link leads to."""
    return read_section(kept.section(SECTION)).shortlist


def store(shortlist: Shortlist) -> Kept:
    """Store a shortlist under new links. Raises ValidationError if it is too large."""
    stored = StoredList(items=[*with_texts(shortlist).items])
    kind: Any = Kept.Kind.SHORTLIST
    return Kept.start(kind, {SECTION: dump(stored)})


def dump(stored: StoredList) -> dict[str, Any]:
    return stored.model_dump(mode="json", exclude_defaults=True) | {"shape": SHAPE}
