"""The index as of one version of the records. Never changed: all threads share it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np
from pyroaring import BitMap

from casebase.facets import reading
from casebase.facets.evidence import TALLIES, Evidence
from casebase.facets.index import Index
from casebase.facets.links import Links
from casebase.facets.sort_order import Order
from casebase.facets.value_bitmaps import Sets

SETS_OF_CASES = {
    "country": reading.countries,
    "tag": reading.tags,
    "year": reading.years_begun,
}
SETS_OF_WORKS = {
    "type": reading.types,
    "chapter": reading.in_chapter,
    "year": reading.years_issued,
}
MODE = reading.KINDS.index("mode")
NUMBERS_OF_CASES = reading.CASE_NUMBERS + TALLIES


@dataclass(frozen=True)
class Cases:
    """Everything that is known of public cases; of none, unless told."""

    order: Order = field(default_factory=lambda: Order(NUMBERS_OF_CASES))
    terms: Sets = field(default_factory=Sets)
    sets: Mapping = field(default_factory=lambda: dict.fromkeys(SETS_OF_CASES, Sets()))
    uses: Links = field(default_factory=Links)

    def changed(self, keys):
        """The same when cases with these keys, or None for all, are read anew."""
        gone = BitMap(keys or ())
        evidence = Evidence(reading.evidence(keys), MODE)
        tallies, nothing = evidence.tallies(), [0] * len(TALLIES)
        rows = (
            (key, *case, *tallies.get(key, nothing))
            for key, *case in reading.cases(keys)
        )
        terms = chain(evidence.terms(), reading.strategies(keys), reading.areas(keys))
        return Cases(
            self.order.changed(gone, rows),
            self.terms.changed(gone, terms),
            changed(self.sets, SETS_OF_CASES, keys),
            self.uses.changed("owner", gone, evidence.uses(reading.conflicts(keys))),
        )


@dataclass(frozen=True)
class Works:
    """Everything that is known of works; of none, unless told."""

    order: Order = field(default_factory=lambda: Order(reading.WORK_NUMBERS))
    titles: Order = field(default_factory=Order)
    sets: Mapping = field(default_factory=lambda: dict.fromkeys(SETS_OF_WORKS, Sets()))
    makers: Links = field(default_factory=Links)

    def changed(self, keys):
        """The same when works with these keys, or None for all, are read anew."""
        gone = BitMap(keys or ())
        return Works(
            self.order.changed(gone, reading.works(keys)),
            self.titles.changed(gone, reading.titles(keys)),
            changed(self.sets, SETS_OF_WORKS, keys),
            self.makers.changed("work", gone, Links.between(reading.makers(keys))),
        )


def changed(sets, readers, keys):
    gone = BitMap(keys or ())
    return {
        name: sets[name].changed(gone, read(keys)) for name, read in readers.items()
    }


@dataclass(frozen=True)
class Snapshot:
    """The records as they were in this version, or a little later."""

    version: int
    broader: Mapping
    cases_read: Cases
    works_read: Works

    def __len__(self):
        """How many cases and works there are."""
        return len(self.cases.everything) + len(self.works.everything)

    @classmethod
    def of_everything(cls, version):
        """Read in a fixed number of queries."""
        cases, works = Cases().changed(None), Works().changed(None)
        return cls(version, reading.broader(), cases, works)

    def following(self, version, touched):
        """The next one: kind → keys of what is to be read anew."""
        cases, works = touched.get("initiative"), touched.get("reference")
        return Snapshot(
            version,
            reading.broader() if "concept" in touched else self.broader,
            self.cases_read.changed(cases) if cases else self.cases_read,
            self.works_read.changed(works) if works else self.works_read,
        )

    @cached_property
    def cases(self):
        """Facets: term, country, tag, year. Orders: name, or a number."""
        read = self.cases_read
        facets = {**read.sets, "term": read.terms.rolled_up(self.broader)}
        return Index(read.order.records, facets, read.order.by)

    @cached_property
    def tallies(self):
        """Name of each of TALLIES → how many there are in all cases."""
        return {name: self.cases_read.order.sum(name) for name in TALLIES}

    @cached_property
    def works(self):
        """Facets: type, chapter, author, cited (the case), kind (of finding), year."""
        return self._works(self.works_read.order.records, self.cases_read.uses)

    def works_behind(self, cases):
        """The works that public statements of these cases rest on, as an index.

        Its facet of kinds counts the findings of these cases only.
        """
        uses = self.cases_read.uses.of_owners(cases)
        return self._works(uses.works, uses)

    def citing(self, work, cases, n):
        """How many of these cases cite a work, and the ``n`` with most findings.

        They are a mapping of cases to the number of their findings that rest on it.
        """
        return self.cases_read.uses.owners(work, cases, n)

    def _works(self, everything, uses):
        read = self.works_read
        links = {"author": read.makers, "cited": self.cases_read.uses}
        facets = {**read.sets, **links, "kind": uses.by_kind(reading.KINDS)}
        return Index(everything, facets, self._order_of_works)

    def _order_of_works(self, name):
        read = self.works_read
        orders = {"author": read.order.keys, "title": read.titles.keys}
        if name == "cited":
            return self._most_cited
        return orders[name] if name in orders else read.order.by(name)

    @cached_property
    def _most_cited(self):
        keys = self.works_read.order.keys
        n_cases, n_findings = self.cases_read.uses.totals(keys)
        return keys[np.lexsort((-n_findings, -n_cases))]
