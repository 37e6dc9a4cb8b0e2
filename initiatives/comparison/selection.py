"""What an address of the comparison means: which cases in which order, which rows.

Nothing in an address is ignored: what makes no sense becomes a sentence for readers.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.text import Truncator

from casebase.lists.filterset import IGNORED_PREFIXES
from initiatives.comparison.rows import Show
from initiatives.models import Initiative

LEAST, MOST = 2, 4
# Of longer lists of names the rest is not looked up.
MOST_NAMED = 20
# How many columns a reader sees on a phone.
PAIR = 2
SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
PARAMETERS = ("case", "show", "pair", "add")


class Selection:
    """The cases that the query of an address names. Two queries at most.

    ``also_known`` are parameters that the address may have besides those of the page.
    """

    def __init__(self, query: QueryDict, also_known: Iterable[str] = ()) -> None:
        self.query, self.known = query, {*PARAMETERS, *also_known}
        names = (name.strip() for name in query.getlist("case"))
        self.names = list(dict.fromkeys(filter(None, names)))

    @cached_property
    def _found(self) -> dict[str, Any]:
        """Slug, also a former one → the case, if readers can know of it."""
        slugs = [name for name in self.names[:MOST_NAMED] if SLUG.fullmatch(name)]
        if not slugs:
            return {}
        cases = Initiative.objects.reachable()
        found = {case.slug: case for case in cases.filter(slug__in=slugs)}
        missing = [slug for slug in slugs if slug not in found]
        return found | cases.by_former_slug(missing) if missing else found

    @cached_property
    def named(self) -> list[Any]:
        """The cases in the order of the address, each once."""
        cases = (self._found.get(name) for name in self.names)
        return list({case.pk: case for case in cases if case}.values())

    @property
    def cases(self) -> list[Any]:
        return self.named[:MOST]

    @property
    def slugs(self) -> list[str]:
        return [case.slug for case in self.cases]

    @property
    def surplus(self) -> list[Any]:
        """The cases that no longer fit in."""
        return self.named[MOST:]

    @property
    def moved_query(self) -> QueryDict | None:
        """The query with the present slugs, if it has a former one; else None."""
        found = self._found
        present = [found[n].slug if n in found else n for n in self.names]
        if present == self.names:
            return None
        query = self.query.copy()
        query.setlist("case", list(dict.fromkeys(present)))
        return query

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
    def unknown(self) -> list[str]:
        """The names of no case that readers can know of, not too long to be read."""
        names = (name for name in self.names[:MOST_NAMED] if name not in self._found)
        return [Truncator(name.replace("\0", "")).chars(80) for name in names]

    @property
    def errors(self) -> list[str]:
        """Sentences on what in the address makes no sense, besides unknown cases."""
        errors = [
            f"There is no choice “{Truncator(name).chars(80)}” here."
            for name in self.query
            if name not in self.known and not name.startswith(IGNORED_PREFIXES)
        ]
        if self.query.get("show", Show.ALL) not in set(Show):
            errors.append("“show” is one of: " + ", ".join(Show) + ".")
        if self.asked_pair and not self._is_pair_valid:
            errors.append("“pair” names two of the cases that are compared.")
        if len(self.names) > MOST_NAMED:
            n = len(self.names) - MOST_NAMED
            errors.append(f"The address names {n} more, which were not looked up.")
        return errors

    @property
    def status(self) -> int:
        """The status of a response with these cases."""
        if self.errors or self.surplus:
            return 400
        return 404 if self.unknown else 200

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
