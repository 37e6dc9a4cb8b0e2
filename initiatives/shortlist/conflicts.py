"""Two people, or two tabs, who change a stored shortlist at once."""

from dataclasses import dataclass
from functools import cached_property

from initiatives.shortlist.forms import ListForm
from initiatives.shortlist.items import Shortlist
from initiatives.shortlist.stored import StoredList


@dataclass(frozen=True)
class Conflict:
    """The form that can’t be saved, and what somebody else has stored meanwhile."""

    form: ListForm
    stored: StoredList

    @property
    def theirs(self) -> Shortlist:
        return self.stored.shortlist

    @cached_property
    def both(self) -> Shortlist:
        """The items and notes of the form, and behind them what only they have."""
        return self.form.write_down(self.stored.with_items(self.form.ids))

    @property
    def notes(self) -> dict[str, str]:
        """Id → their note, where it is another than that of the form."""
        mine = self.both.notes
        return {
            item.id: item.note
            for item in self.theirs.items
            if item.id in self.form.ids and item.note != mine.get(item.id, "")
        }

    @property
    def only_theirs(self) -> list[str]:
        """The ids that only they have."""
        return [each for each in self.theirs.ids if each not in self.form.ids]

    @property
    def only_mine(self) -> list[str]:
        """The ids that only the form has."""
        return [each for each in self.form.ids if each not in self.theirs.ids]

    @property
    def is_other_order(self) -> bool:
        """Whether what both have is in another order."""
        mine = [each for each in self.both.ids if each in self.theirs.ids]
        common = [each for each in mine if each in self.form.ids]
        return common != [each for each in self.theirs.ids if each in common]
