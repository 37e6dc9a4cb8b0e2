"""What an address of the comparison means: which cases in which order, which rows.

Nothing in an address is ignored: what makes no sense becomes a sentence for readers.
"""

from functools import cached_property
from typing import Any

from django.urls import reverse

from initiatives.comparison.rows import Show
from initiatives.named_cases import NamedCases

LEAST, MOST = 2, 4
# How many columns a reader sees on a phone.
PAIR = 2


class Selection(NamedCases):
    """The cases that are compared, and which rows and columns are shown."""

    most = MOST
    parameters = ("case", "show", "pair", "add")

    @cached_property
    def show(self) -> Show:
        """Which rows are shown; all if the address says nothing or nonsense."""
        value = self.query.get("show", Show.ALL)
        return Show(value) if value in set(Show) else Show.ALL

    @cached_property
    def pair(self) -> list[str]:
        """The slugs of the columns that a narrow screen shows."""
        return self.asked_pair if self._is_pair_valid else self.slugs[:PAIR]

    @property
    def asked_pair(self) -> list[str]:
        asked: list[str] = self.query.getlist("pair")
        return asked

    @property
    def _is_pair_valid(self) -> bool:
        asked = self.asked_pair
        return len({*asked}) == PAIR == len(asked) and {*asked} <= {*self.slugs}

    @property
    def errors(self) -> list[str]:
        errors = super().errors
        if self.query.get("show", Show.ALL) not in set(Show):
            errors.append("“show” is one of: " + ", ".join(Show) + ".")
        if self.asked_pair and not self._is_pair_valid:
            errors.append("“pair” names two of the cases that are compared.")
        return errors

    @property
    def canonical(self) -> str:
        """Its address without anything but the cases, in their order."""
        return build_address(self.slugs)

    def with_case(self, slug: str) -> str:
        """Return the address with another case at the end."""
        return build_address([*self.slugs, slug], show=self.show)


def build_address(
    slugs: list[str], *, show: Show = Show.ALL, pair: list[str] | None = None
) -> str:
    """Return the address of the comparison of these cases, in this order."""
    query: dict[str, Any] = {"case": slugs} if slugs else {}
    query |= {"show": show.value} if show != Show.ALL else {}
    query |= {"pair": pair} if pair else {}
    address: str = reverse("compare:cases", query=query)
    return address
