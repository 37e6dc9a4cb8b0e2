"""The form of a shortlist as a reader sent it: order, notes, places, and the button.

Fields that readers don’t type notes into begin with “_”; see casebase/kept/pages.py.
"""

from dataclasses import dataclass, field

from django.http import QueryDict

from casebase.whole_numbers import read_number
from initiatives.shortlist.items import MOST, Shortlist, parse_ids

ACTS = {"save", "up", "down", "drop", "empty", "undo", "add", "back"}


@dataclass(frozen=True)
class ListForm:
    """What was typed, by the id of the item, and what was pressed.

    ``act`` is “save”, or “up”, “down” or “drop” with an item, or what else the button
    of a page says. ``version`` is that of a stored list which the form showed.
    """

    act: str = "save"
    item_id: str = ""
    ids: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    version: int = 0

    @classmethod
    def from_data(cls, data: QueryDict) -> "ListForm":
        """Read the form; whatever in it makes no sense is left out."""
        act, _, item_id = data.get("_act", "").partition("-")
        ids = parse_ids(".".join(data.getlist("_item")))
        return cls(
            act=act if act in ACTS else "save",
            item_id=(parse_ids(item_id) or [""])[0],
            ids=ids,
            notes={
                each: note
                for each in ids
                if (note := data.get(f"note-{each}")) is not None
            },
            places={
                each: min(place, MOST)
                for each in ids
                if (place := read_number(data.get(f"_place-{each}", ""), None))
                is not None
            },
            version=read_number(data.get("_version", ""), 0),
        )

    def write_down(self, shortlist: Shortlist) -> Shortlist:
        """Return the shortlist with the order, notes and places of the form.

        What was kept since the form was shown comes last.
        """
        ordered = shortlist.in_order(self.ids).noting(self.notes)
        return ordered.placing(self.places)

    def press(self, shortlist: Shortlist) -> Shortlist:
        """Return the shortlist as the button changes it."""
        if self.act == "drop":
            return shortlist.without(self.item_id)
        if self.act in ("up", "down"):
            return shortlist.moving(self.item_id, -1 if self.act == "up" else 1)
        return Shortlist() if self.act == "empty" else shortlist
