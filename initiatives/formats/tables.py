"""The columns of the tables in exports, and the functions that compute their values.

Several values in a cell are joined by “; ”. Terms are given as slugs, which contain no
semicolon.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from casebase.files.formats import Cell
from initiatives.formats.export_schema import (
    Case,
    CaseInBrief,
    Conflict,
    Finding,
    Source,
)
from initiatives.schemes import SCHEMES

type Row = list[Cell]


def join_values(values: Iterable[str]) -> str:
    return "; ".join(values)


def get_or_none(record: Any, key: str) -> Any:
    """Return a value of a record, None if there is no record."""
    return record and record[key]


def describe_source(source: Source) -> str:
    """Return the known parts: “meyer-grosser-2014, Outcomes, https://…, primary”."""
    place = (source["locator"], source["page_read"], source["read_as"])
    return ", ".join(filter(None, (source["citekey"], *place)))


def term_slugs(case: Case, scheme: str) -> str:
    """Return the slugs of a case’s terms of a scheme, each once, in order."""
    findings = case["findings"]
    terms = [
        *case["service_areas"],
        *(finding["term"] for finding in findings if finding["term"]),
        *(strategy for finding in findings for strategy in finding["strategies"]),
    ]
    return join_values(
        dict.fromkeys(term["slug"] for term in terms if term["scheme"] == scheme)
    )


def citekeys(case: Case) -> list[str]:
    """Return the citekeys of all sources of findings and conflicts, each once."""
    owners: list[Finding | Conflict] = [*case["findings"], *case["conflicts"]]
    sources = [source for owner in owners for source in owner["sources"]]
    return list(dict.fromkeys(source["citekey"] for source in sources))


CASE_COLUMNS: dict[str, Callable[[Case], Cell]] = {
    "case": lambda c: c["slug"],
    "name": lambda c: c["name"],
    "tagline": lambda c: c["tagline"],
    "summary": lambda c: c["summary"],
    "challenge": lambda c: c["challenge"],
    "approach": lambda c: c["approach"],
    "place": lambda c: c["place"]["name"],
    "locality": lambda c: c["place"]["locality"],
    "region": lambda c: c["place"]["region"],
    "country": lambda c: c["place"]["country"],
    "latitude": lambda c: c["place"]["latitude"],
    "longitude": lambda c: c["place"]["longitude"],
    "place_note": lambda c: c["place"]["note"],
    "settlement": lambda c: c["settlement"],
    "reach": lambda c: c["reach"],
    "started": lambda c: c["started"],
    "ended": lambda c: c["ended"],
    "last_source_year": lambda c: c["last_source_year"],
    **{slug.replace("-", "_"): partial(term_slugs, scheme=slug) for slug in SCHEMES},
    "target_groups": lambda c: join_values(c["target_groups"]),
    "co_producers": lambda c: c["co_producers"],
    "organisations": lambda c: join_values(
        f"{each['name']} ({each['role']})" for each in c["organisations"]
    ),
    "tags": lambda c: join_values(c["tags"]),
    "evidence_note": lambda c: c["evidence_note"],
    "not_found": lambda c: join_values(c["not_found"]),
    "conflicts": lambda c: join_values(
        f"{conflict['about']}: {conflict['note']}" for conflict in c["conflicts"]
    ),
    "citekeys": lambda c: join_values(citekeys(c)),
    "works": lambda c: join_values(work["citekey"] for work in c["works"]),
    "works_of_chapter": lambda c: join_values(
        work["citekey"] for work in c["works"] if work["is_cited_by_chapter"]
    ),
    "works_not_read": lambda c: join_values(
        work["citekey"] for work in c["works"] if not work["is_read"]
    ),
    "n_findings": lambda c: sum(f["kind"] != "mode" for f in c["findings"]),
    "n_conflicts": lambda c: len(c["conflicts"]),
    "n_works_cited": lambda c: len(citekeys(c)),
    "address": lambda c: c["address"],
    "published_on": lambda c: c["published_on"],
    "revised_on": lambda c: c["revised_on"],
}

FINDING_COLUMNS: dict[str, Callable[[CaseInBrief, Finding], Cell]] = {
    "case": lambda c, f: c["slug"],
    "name": lambda c, f: c["name"],
    "place": lambda c, f: c["place"]["name"],
    "country": lambda c, f: c["place"]["country"],
    "settlement": lambda c, f: c["settlement"],
    "reach": lambda c, f: c["reach"],
    "started": lambda c, f: c["started"],
    "ended": lambda c, f: c["ended"],
    "finding": lambda c, f: f["id"],
    "kind": lambda c, f: f["kind"],
    "term": lambda c, f: get_or_none(f["term"], "slug"),
    "term_label": lambda c, f: get_or_none(f["term"], "label"),
    "statement": lambda c, f: f["statement"],
    "response": lambda c, f: f["response"],
    "strategies": lambda c, f: join_values(term["slug"] for term in f["strategies"]),
    "direction": lambda c, f: f["direction"],
    "basis": lambda c, f: f["basis"],
    "grade": lambda c, f: f["grade"],
    "grade_rules": lambda c, f: f["grade_rules"],
    "grade_note": lambda c, f: f["grade_note"],
    "year": lambda c, f: f["year"],
    "figure_value": lambda c, f: get_or_none(f["figure"], "value"),
    "figure_unit": lambda c, f: get_or_none(f["figure"], "unit"),
    "figure_period": lambda c, f: get_or_none(f["figure"], "period"),
    "citekeys": lambda c, f: join_values(source["citekey"] for source in f["sources"]),
    "sources": lambda c, f: join_values(map(describe_source, f["sources"])),
    "address": lambda c, f: f["address"],
    "revised_on": lambda c, f: c["revised_on"],
}

# “owner” is the finding or conflict that has the source.
SOURCE_COLUMNS: dict[str, Callable[[Case, Any, Source], Cell]] = {
    "case": lambda c, _, source: c["slug"],
    "finding": lambda c, owner, source: owner.get("id"),
    "conflict": lambda c, owner, source: owner.get("about"),
    "citekey": lambda c, _, source: source["citekey"],
    "title": lambda c, _, source: source["title"],
    "year": lambda c, _, source: source["year"],
    "doi": lambda c, _, source: source["doi"],
    "locator": lambda c, _, source: source["locator"],
    "page_read": lambda c, _, source: source["page_read"],
    "read_as": lambda c, _, source: source["read_as"],
    "standing": lambda c, _, source: source["standing"],
    "peer_reviewed": lambda c, _, source: source["is_peer_reviewed"],
    "address": lambda c, _, source: source["work_address"],
}

TERM_COLUMNS: dict[str, Callable[[Any], Cell]] = {
    "scheme": lambda term: term.scheme_id,
    "term": lambda term: term.slug,
    "label": lambda term: term.label,
    "broader": lambda term: term.broader and term.broader.slug,
    "definition": lambda term: term.definition,
    "scope_note": lambda term: term.scope_note,
}


def case_row(case: Case) -> Row:
    return [value(case) for value in CASE_COLUMNS.values()]


def finding_rows(case: Case) -> Iterator[Row]:
    for finding in case["findings"]:
        yield [value(case, finding) for value in FINDING_COLUMNS.values()]


def source_rows(case: Case) -> Iterator[Row]:
    for owner in (*case["findings"], *case["conflicts"]):
        for source in owner["sources"]:
            yield [value(case, owner, source) for value in SOURCE_COLUMNS.values()]


def term_row(term: Any) -> Row:
    return [value(term) for value in TERM_COLUMNS.values()]
