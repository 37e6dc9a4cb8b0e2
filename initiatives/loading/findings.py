"""Modes and findings of a sheet into the findings of its case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from casebase.content.entries import Entry
from casebase.content.model_errors import complaints
from casebase.content.parsed_file import Misfits, Place
from initiatives.loading.lookups import Known
from initiatives.loading.sources import rewrite_sources, source_complaints, sources_of
from initiatives.models import Finding
from initiatives.sheets import Sheet, SheetFinding, Use

# Column → sheet key, where they differ.
KEYS = {"short_id": "id", "concept": "term", "figure_value": "figure"}
KEYS |= {"figure_unit": "figure", "figure_period": "figure"}
MODE_KEYS = KEYS | {"statement": "why"}


@dataclass
class Statement:
    """One row of a sheet, what it said before, and its finding."""

    place: Place = field(compare=False)
    columns: dict[str, Any]
    term: str | None
    uses: list[Use]
    strategies: list[str] = field(default_factory=list)
    before: "Statement | None" = field(default=None, compare=False)
    record: Any = field(default=None, compare=False)
    sources: list[Any] = field(default_factory=list, compare=False)


def statements_of(sheet: Sheet | None) -> dict[str | None, Statement]:
    """By id; modes and findings are counted each from one."""
    if sheet is None:
        return {}
    modes = [
        statement_of(mode.as_finding(), ("modes", n))
        for n, mode in enumerate(sheet.modes)
    ]
    rest = [
        statement_of(finding, ("findings", n))
        for n, finding in enumerate(sheet.findings)
    ]
    return {said.columns["short_id"]: said for said in (*modes, *rest)}


def statement_of(finding: SheetFinding, place: tuple[str, int]) -> Statement:
    figure = finding.figure
    columns = {
        "short_id": finding.id,
        "kind": finding.kind,
        "statement": finding.statement,
        "direction": finding.direction,
        "response": finding.response or "",
        "year": finding.year,
        "figure_value": figure and figure.value,
        "figure_unit": figure.unit if figure else "",
        "figure_period": (figure.period or "") if figure else "",
        "basis": finding.basis,
        "position": place[1] + 1,
    }
    return Statement(place, columns, finding.term, finding.sources, finding.strategies)


def touched_statements(
    case: Any, entry: Entry[Sheet], known: Known
) -> Iterator[Statement]:
    """Those that are new or differ, with their findings filled but not saved."""
    were = statements_of(entry.before)
    records = {f.short_id: f for f in case.findings.all()} if entry.before else {}
    for mark, said in statements_of(entry.form).items():
        said.before = were.get(mark)
        if said.before == said:
            continue
        said.record = records.get(mark) or Finding(initiative=case)
        for column, value in said.columns.items():
            setattr(said.record, column, value)
        said.record.concept = known.term(said.columns["kind"], said.term)
        said.sources = sources_of(said.record, said.uses, known.works)
        yield said


def statement_complaints(touched: Iterable[Statement]) -> Misfits:
    for said in touched:
        keys = MODE_KEYS if said.columns["kind"] == "mode" else KEYS
        for column, sentence in complaints(said.record, constraints=True):
            yield (*said.place, keys.get(column, column)), sentence
        for place, sentence in source_complaints(said.sources):
            yield (*said.place, *place), sentence


def write_findings(
    case: Any, entry: Entry[Sheet], touched: list[Statement], known: Known
) -> None:
    if entry.before:
        marks = statements_of(entry.before).keys() - statements_of(entry.form).keys()
        case.findings.filter(short_id__in=marks).delete()
    Finding.objects.bulk_create(said.record for said in touched if not said.before)
    for said in touched:
        if said.before:
            said.record.save()
    rewritten = [s for s in touched if not s.before or s.before.uses != s.uses]
    rewrite_sources(
        stale=[said.record for said in rewritten if said.before],
        fresh=[source for said in rewritten for source in said.sources],
    )
    for said in touched:
        if said.strategies != (said.before.strategies if said.before else []):
            said.record.strategies.set(
                known.terms["strategies", slug].pk for slug in said.strategies
            )
