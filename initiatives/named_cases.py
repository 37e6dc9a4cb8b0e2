"""The cases that the query of an address names: “?case=one&case=another”.

Nothing in an address is ignored: what makes no sense becomes a sentence for readers.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.text import Truncator

from casebase.lists.ignored_parameters import is_ignored
from initiatives.models import Initiative

SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)


class NamedCases:
    """The named cases, each once, in the order of the address. Two queries at most.

    ``most`` is how many are shown, and ``most_named`` how many are looked up;
    ``parameters`` are those that an address may have, ``also_known`` further ones.
    """

    most = most_named = 20
    parameters: tuple[str, ...] = ("case",)

    def __init__(self, query: QueryDict, also_known: Iterable[str] = ()) -> None:
        self.query, self.known = query, {*self.parameters, *also_known}
        names = (name.strip() for name in query.getlist("case"))
        self.names = list(dict.fromkeys(filter(None, names)))

    @cached_property
    def found(self) -> dict[str, Any]:
        """Slug, also a former one → the case, if readers can know of it."""
        names = self.names[: self.most_named]
        slugs = [name for name in names if SLUG.fullmatch(name)]
        if not slugs:
            return {}
        cases = Initiative.objects.reachable()
        found = {case.slug: case for case in cases.filter(slug__in=slugs)}
        missing = [slug for slug in slugs if slug not in found]
        return found | cases.by_former_slug(missing) if missing else found

    @cached_property
    def named(self) -> list[Any]:
        """The cases in the order of the address, each once."""
        cases = (self.found.get(name) for name in self.names)
        return list({case.pk: case for case in cases if case}.values())

    @property
    def cases(self) -> list[Any]:
        return self.named[: self.most]

    @property
    def slugs(self) -> list[str]:
        return [case.slug for case in self.cases]

    @property
    def surplus(self) -> list[Any]:
        """The cases that no longer fit in."""
        return self.named[self.most :]

    @property
    def moved_query(self) -> QueryDict | None:
        """The query with the present slugs, if it has a former one; else None."""
        found = self.found
        present = [found[n].slug if n in found else n for n in self.names]
        if present == self.names:
            return None
        query = self.query.copy()
        query.setlist("case", list(dict.fromkeys(present)))
        return query

    @property
    def unknown(self) -> list[str]:
        """The names of no case that readers can know of, not too long to be read."""
        names = self.names[: self.most_named]
        unknown = (name for name in names if name not in self.found)
        return [Truncator(name.replace("\0", "")).chars(80) for name in unknown]

    @property
    def errors(self) -> list[str]:
        """Sentences on what in the address makes no sense, besides unknown cases."""
        errors = [
            f"There is no choice “{Truncator(name).chars(80)}” here."
            for name in self.query
            if name not in self.known and not is_ignored(name)
        ]
        if (n := len(self.names) - self.most_named) > 0:
            errors.append(f"The address names {n} more, which were not looked up.")
        return errors

    @property
    def status(self) -> int:
        """The status of a response with these cases."""
        if self.errors or self.surplus:
            return 400
        return 404 if self.unknown else 200
