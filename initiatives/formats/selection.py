"""The cases of an export, and the information about the file itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casebase import __version__
from casebase.jobs.progress import Report, report_progress
from initiatives.formats.case_serializers import serialize_case
from initiatives.formats.export_schema import Case


@dataclass(frozen=True, kw_only=True)
class ListFile:
    """What a file of a list says of itself.

    ``query_text`` is the query in words, ``address`` the list on the site, and ``site``
    the start of every address in the file.
    """

    query_text: str
    address: str
    site: str
    made_on: date

    @property
    def about(self) -> dict[str, str]:
        """The description of the file that it contains."""
        return {
            "title": "Casebase: an open knowledge base of co-production initiatives",
            "query": self.query_text,
            "address": self.address,
            "made_on": self.made_on.isoformat(),
            "version": __version__,
            "licence": "CC BY 4.0",
            "licence_address": "https://creativecommons.org/licenses/by/4.0/",
        }


@dataclass(frozen=True, kw_only=True)
class Selection(ListFile):
    """The cases of an export in order, with everything that ``serialize_case()`` needs.

    ``cases`` can be iterated once. ``terms`` are all terms of the codebook.
    """

    cases: Iterable[Any]
    terms: Iterable[Any]

    def serialized_cases(self) -> Iterator[Case]:
        return (serialize_case(case, self.site) for case in self.cases)

    def reporting(self, report: Report) -> "Selection":
        """Return the same selection; it reports how many cases have passed."""
        return replace(self, cases=report_progress(self.cases, report))


@dataclass
class RecordCounter:
    """Counts what a file contains while it is being written.

    Modes are not counted as findings, as on the site. ``sources`` are those of
    findings, modes and conflicts.
    """

    cases: int = 0
    findings: int = 0
    modes: int = 0
    sources: int = 0

    def counting(self, cases: Iterable[Case]) -> Iterator[Case]:
        """Yield the cases, and count each of them."""
        for case in cases:
            modes = sum(finding["kind"] == "mode" for finding in case["findings"])
            self.cases += 1
            self.modes += modes
            self.findings += len(case["findings"]) - modes
            owners = (*case["findings"], *case["conflicts"])
            self.sources += sum(len(owner["sources"]) for owner in owners)
            yield case
