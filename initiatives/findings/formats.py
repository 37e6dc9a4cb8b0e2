"""The formats in which findings can be exported.

A finding has the columns that it has in exports of cases, and a few more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, cast

from casebase.files.formats import (
    CSV,
    SPREADSHEET,
    Cell,
    Format,
    csv_pieces,
    json_pieces,
)
from casebase.files.xlsx import Book, workbook
from casebase.jobs.progress import Report, report_progress
from initiatives.formats.case_serializers import serialize_finding_in_list
from initiatives.formats.export_schema import (
    CaseInBrief,
    Finding,
    FindingInList,
    Source,
)
from initiatives.formats.selection import ListFile
from initiatives.formats.tables import FINDING_COLUMNS, Row, join_values

type Column = Callable[[FindingInList], Cell]


def of_case_and_finding(value: Callable[[CaseInBrief, Finding], Cell]) -> Column:
    """Return a column of exports of cases as a column of exports of findings."""
    return lambda finding: value(finding["case"], finding)


def join_known(finding: Finding, key: str) -> str:
    """Return the known values of this key of the sources, in order, each once."""
    values = (source_value(source, key) for source in finding["sources"])
    return join_values(dict.fromkeys(str(value) for value in values if value))


def source_value(source: Source, key: str) -> Cell:
    return cast(Mapping[str, Cell], source)[key]


COLUMNS: dict[str, Column] = {
    **{name: of_case_and_finding(value) for name, value in FINDING_COLUMNS.items()},
    "works": lambda f: join_known(f, "title"),
    "locators": lambda f: join_known(f, "locator"),
    "pages_read": lambda f: join_known(f, "page_read"),
    "n_works": lambda f: len({source["citekey"] for source in f["sources"]}),
    "permanent_address": lambda f: f["permanent_address"],
}
# Column of a source → its key in the exported source.
SOURCE_COLUMNS = {
    "citekey": "citekey",
    "work": "title",
    "work_year": "year",
    "doi": "doi",
    "locator": "locator",
    "page_read": "page_read",
    "read_as": "read_as",
    "work_address": "work_address",
}
# In the long form, the columns of a source stand for these of the finding.
JOINED = ("citekeys", "sources", "works", "locators", "pages_read")
LONG_COLUMNS = [*(name for name in COLUMNS if name not in JOINED), *SOURCE_COLUMNS]
SHEET_COLUMNS = ["finding", *SOURCE_COLUMNS]


@dataclass(frozen=True, kw_only=True)
class FindingSelection(ListFile):
    """The findings of an export in order, with their cases. They pass once.

    They need what ``serialize_finding()`` needs.
    """

    findings: Iterable[Any]

    def serialized(self) -> Iterator[FindingInList]:
        return (serialize_finding_in_list(each, self.site) for each in self.findings)

    def reporting(self, report: Report) -> "FindingSelection":
        """Return the same selection; it reports how many findings have passed."""
        return replace(self, findings=report_progress(self.findings, report))


@dataclass
class FindingCounter:
    """Counts what a file contains while it is being written."""

    findings: int = 0
    sources: int = 0
    cases: int = 0
    _slugs: set[str] = field(default_factory=set)

    def counting(self, findings: Iterable[FindingInList]) -> Iterator[FindingInList]:
        """Yield the findings, and count each of them."""
        for finding in findings:
            self.findings += 1
            self.sources += len(finding["sources"])
            self._slugs.add(finding["case"]["slug"])
            self.cases = len(self._slugs)
            yield finding

    @property
    def counts(self) -> dict[str, int]:
        return {name: n for name, n in asdict(self).items() if name != "_slugs"}


def finding_row(finding: FindingInList) -> Row:
    return [value(finding) for value in COLUMNS.values()]


def source_rows(finding: FindingInList) -> Iterator[Row]:
    for source in finding["sources"]:
        yield [source_value(source, key) for key in SOURCE_COLUMNS.values()]


def long_rows(finding: FindingInList) -> Iterator[Row]:
    """Yield a row for each source of the finding."""
    own = [value(finding) for name, value in COLUMNS.items() if name not in JOINED]
    return (own + row for row in source_rows(finding))


def write_csv(selection: FindingSelection) -> Iterator[bytes]:
    return csv_pieces(COLUMNS, map(finding_row, selection.serialized()))


def write_csv_long(selection: FindingSelection) -> Iterator[bytes]:
    rows = (row for finding in selection.serialized() for row in long_rows(finding))
    return csv_pieces(LONG_COLUMNS, rows)


def write_json(selection: FindingSelection) -> Iterator[bytes]:
    counter = FindingCounter()
    return json_pieces(
        {"casebase": selection.about},
        "findings",
        counter.counting(selection.serialized()),
        lambda: {"counts": counter.counts},
    )


def write_xlsx(selection: FindingSelection) -> Iterator[bytes]:
    def fill(book: Book) -> None:
        counter = FindingCounter()
        findings = book.table("Findings", list(COLUMNS))
        sources = book.table("Sources", SHEET_COLUMNS)
        for finding in counter.counting(selection.serialized()):
            findings.add(finding_row(finding))
            sources.add_all([finding["id"], *row] for row in source_rows(finding))
        counts = {f"n_{name}": n for name, n in counter.counts.items()}
        about = book.table("About", ["about", "this file"])
        about.add_all([key, value] for key, value in (selection.about | counts).items())

    return workbook(fill, selection.about["title"])


FORMATS = {
    one.name: one
    for one in (
        Format("csv", "CSV, one row a finding", CSV, "csv", write_csv),
        Format("csv-long", "CSV, one row a source", CSV, "long.csv", write_csv_long),
        Format(
            "xlsx",
            "Excel workbook: findings, sources",
            SPREADSHEET,
            "xlsx",
            write_xlsx,
            is_buffered=True,
        ),
        Format(
            "json",
            "JSON, findings with cases and sources",
            "application/json",
            "json",
            write_json,
        ),
    )
}
