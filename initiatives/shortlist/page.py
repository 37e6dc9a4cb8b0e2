"""What the page of a shortlist shows, of the reader’s own or of a stored one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from initiatives.comparison.selection import LEAST, Selection
from initiatives.findings.formats import FORMATS as FINDING_FORMATS
from initiatives.formats import FORMATS as CASE_FORMATS
from initiatives.shortlist.items import Entry, Shortlist, join_ids
from initiatives.since_kept import CASE, FINDING, WORK

NOUNS = {
    CASE: ("case", "cases"),
    FINDING: ("statement", "statements"),
    WORK: ("work", "works"),
}


@dataclass(frozen=True)
class ListPage:
    """A shortlist with what its items are now, and where its tools lead."""

    shortlist: Shortlist

    @cached_property
    def entries(self) -> list[Entry]:
        return self.shortlist.entries()

    @property
    def summary(self) -> str:
        """“4 cases, 2 statements and 1 work”; empty for an empty list."""
        counts = [
            (sum(entry.kind == kind for entry in self.entries), nouns)
            for kind, nouns in NOUNS.items()
        ]
        parts = [f"{n} {nouns[n > 1]}" for n, nouns in counts if n]
        return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))

    def public(self, kind: str) -> list[Entry]:
        """Return the entries of a kind that readers can see now."""
        return [e for e in self.entries if e.kind == kind and e.since.is_public]

    @property
    def cases(self) -> list[Any]:
        return [entry.record for entry in self.public(CASE)]

    @property
    def case_slugs(self) -> dict[str, list[str]]:
        """The query “?case=…&case=…” of pages that take cases."""
        return {"case": [case.slug for case in self.cases]}

    @property
    def compare_address(self) -> str:
        """The address of the comparison, if all cases fit into one; else empty."""
        fit = LEAST <= len(self.cases) <= Selection.most
        return reverse("compare:cases", query=self.case_slugs) if fit else ""

    @property
    def has_to_choose(self) -> bool:
        """Whether there are more cases than a comparison takes."""
        return len(self.cases) > Selection.most

    @property
    def plan_address(self) -> str:
        """The address of a plan that begins with the cases; empty without cases."""
        return reverse("plan:new", query=self.case_slugs) if self.cases else ""

    @property
    def works_address(self) -> str:
        """The address of the works behind the cases; empty without cases."""
        cited = {"cited": self.case_slugs["case"]}
        return reverse("references:list", query=cited) if self.cases else ""

    @property
    def citations_address(self) -> str:
        """The address of the citations of everything; empty if nothing is public."""
        public = [entry for entry in self.entries if entry.since.is_public]
        query = {"items": ids_of(public)}
        return reverse("shortlist:citations", query=query) if public else ""

    @property
    def case_files(self) -> list[tuple[str, str]]:
        """Pairs of label and address of files with the cases."""
        return file_links("shortlist:cases", CASE_FORMATS, self.public(CASE))

    @property
    def finding_files(self) -> list[tuple[str, str]]:
        """Pairs of label and address of files with the findings."""
        return file_links("shortlist:findings", FINDING_FORMATS, self.public(FINDING))


def ids_of(entries: Iterable[Entry]) -> str:
    return join_ids(entry.item.id for entry in entries)


def file_links(
    name: str, formats: dict[str, Any], entries: list[Entry]
) -> list[tuple[str, str]]:
    if not entries:
        return []
    query = {"items": ids_of(entries)}
    return [
        (each.label, reverse(name, args=[each.name], query=query))
        for each in formats.values()
    ]
