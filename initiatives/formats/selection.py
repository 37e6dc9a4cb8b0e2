"""The set of cases that an export holds, and what a file says about itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from casebase import __version__
from initiatives.formats.case_records import case_of
from initiatives.formats.export_schema import Case


@dataclass(frozen=True)
class Selection:
    """Cases in order, to be read once, with all that ``case_of()`` reads.

    ``terms`` is the codebook, ``words`` the query in words, ``address`` where the site
    lists these cases, ``site`` the beginning of every address in the file.
    """

    cases: Iterable[Any]
    terms: Iterable[Any]
    words: str
    address: str
    site: str
    made_on: date

    def records(self) -> Iterator[Case]:
        return (case_of(case, self.site) for case in self.cases)

    @property
    def about(self) -> dict[str, str]:
        return {
            "title": "Casebase: an open knowledge base of co-production initiatives",
            "query": self.words,
            "address": self.address,
            "made_on": self.made_on.isoformat(),
            "version": __version__,
            "licence": "CC BY 4.0",
            "licence_address": "https://creativecommons.org/licenses/by/4.0/",
        }


@dataclass
class Tally:
    """Counts the records that pass by, so that a file says what it holds.

    As on the site, modes are no findings: they say what a case is. ``sources`` are the
    uses of works by findings, modes and conflicts.
    """

    cases: int = 0
    findings: int = 0
    modes: int = 0
    sources: int = 0

    def passing(self, records: Iterable[Case]) -> Iterator[Case]:
        for record in records:
            modes = sum(finding["kind"] == "mode" for finding in record["findings"])
            self.cases += 1
            self.modes += modes
            self.findings += len(record["findings"]) - modes
            owners = (*record["findings"], *record["conflicts"])
            self.sources += sum(len(owner["sources"]) for owner in owners)
            yield record
