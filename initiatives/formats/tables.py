"""The tables of exports: each column, and what stands in it.

Several values in a cell are joined by “; ”. Terms stand as slugs, which hold none.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from casebase.files.formats import Cell
from initiatives.formats.export_schema import Case, Conflict, Finding, Use
from initiatives.schemes import SCHEMES

type Row = list[Cell]


def joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def part(of: Any, key: str) -> Any:
    """A value of a record that may be missing as a whole."""
    return of and of[key]


def source_in_words(use: Use) -> str:
    """“meyer-grosser-2014, Outcomes, https://…, primary”, as far as it is known."""
    parts = (use["citekey"], use["locator"], use["page_read"], use["read_as"])
    return ", ".join(filter(None, parts))


def slugs(case: Case, scheme: str) -> str:
    """The terms of a scheme that a case has, each once, in the order of the case."""
    findings = case["findings"]
    terms = [
        *case["service_areas"],
        *(finding["term"] for finding in findings if finding["term"]),
        *(strategy for finding in findings for strategy in finding["strategies"]),
    ]
    return joined(
        dict.fromkeys(term["slug"] for term in terms if term["scheme"] == scheme)
    )


def citekeys(case: Case) -> list[str]:
    """The works that its findings and conflicts rest on, each once."""
    owners: list[Finding | Conflict] = [*case["findings"], *case["conflicts"]]
    uses = [use for owner in owners for use in owner["sources"]]
    return list(dict.fromkeys(use["citekey"] for use in uses))


WIDE: dict[str, Callable[[Case], Cell]] = {
    "case": lambda c: c["slug"],
    "name": lambda c: c["name"],
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
    "started": lambda c: c["started"],
    "ended": lambda c: c["ended"],
    "last_source_year": lambda c: c["last_source_year"],
    **{slug.replace("-", "_"): partial(slugs, scheme=slug) for slug in SCHEMES},
    "target_groups": lambda c: joined(c["target_groups"]),
    "co_producers": lambda c: c["co_producers"],
    "organisations": lambda c: joined(
        f"{body['name']} ({body['role']})" for body in c["organisations"]
    ),
    "tags": lambda c: joined(c["tags"]),
    "evidence_note": lambda c: c["evidence_note"],
    "not_found": lambda c: joined(c["not_found"]),
    "conflicts": lambda c: joined(
        f"{conflict['about']}: {conflict['note']}" for conflict in c["conflicts"]
    ),
    "citekeys": lambda c: joined(citekeys(c)),
    "works": lambda c: joined(work["citekey"] for work in c["works"]),
    "works_of_chapter": lambda c: joined(
        work["citekey"] for work in c["works"] if work["is_cited_by_chapter"]
    ),
    "works_not_read": lambda c: joined(
        work["citekey"] for work in c["works"] if not work["is_read"]
    ),
    "n_findings": lambda c: sum(f["kind"] != "mode" for f in c["findings"]),
    "n_conflicts": lambda c: len(c["conflicts"]),
    "n_works_cited": lambda c: len(citekeys(c)),
    "address": lambda c: c["address"],
    "published_on": lambda c: c["published_on"],
    "revised_on": lambda c: c["revised_on"],
}

LONG: dict[str, Callable[[Case, Finding], Cell]] = {
    "case": lambda c, f: c["slug"],
    "name": lambda c, f: c["name"],
    "place": lambda c, f: c["place"]["name"],
    "country": lambda c, f: c["place"]["country"],
    "started": lambda c, f: c["started"],
    "ended": lambda c, f: c["ended"],
    "finding": lambda c, f: f["id"],
    "kind": lambda c, f: f["kind"],
    "term": lambda c, f: part(f["term"], "slug"),
    "term_label": lambda c, f: part(f["term"], "label"),
    "statement": lambda c, f: f["statement"],
    "response": lambda c, f: f["response"],
    "strategies": lambda c, f: joined(term["slug"] for term in f["strategies"]),
    "direction": lambda c, f: f["direction"],
    "basis": lambda c, f: f["basis"],
    "year": lambda c, f: f["year"],
    "figure_value": lambda c, f: part(f["figure"], "value"),
    "figure_unit": lambda c, f: part(f["figure"], "unit"),
    "figure_period": lambda c, f: part(f["figure"], "period"),
    "citekeys": lambda c, f: joined(use["citekey"] for use in f["sources"]),
    "sources": lambda c, f: joined(map(source_in_words, f["sources"])),
    "address": lambda c, f: f["address"],
    "revised_on": lambda c, f: c["revised_on"],
}

# The middle one is the finding or the conflict that rests on the work.
SOURCES: dict[str, Callable[[Case, Any, Use], Cell]] = {
    "case": lambda c, _, use: c["slug"],
    "finding": lambda c, owner, use: owner.get("id"),
    "conflict": lambda c, owner, use: owner.get("about"),
    "citekey": lambda c, _, use: use["citekey"],
    "title": lambda c, _, use: use["title"],
    "year": lambda c, _, use: use["year"],
    "doi": lambda c, _, use: use["doi"],
    "locator": lambda c, _, use: use["locator"],
    "page_read": lambda c, _, use: use["page_read"],
    "read_as": lambda c, _, use: use["read_as"],
    "address": lambda c, _, use: use["work_address"],
}

TERMS: dict[str, Callable[[Any], Cell]] = {
    "scheme": lambda term: term.scheme_id,
    "term": lambda term: term.slug,
    "label": lambda term: term.label,
    "broader": lambda term: term.broader and term.broader.slug,
    "definition": lambda term: term.definition,
    "scope_note": lambda term: term.scope_note,
}


def wide_row(case: Case) -> Row:
    return [value(case) for value in WIDE.values()]


def long_rows(case: Case) -> Iterator[Row]:
    for finding in case["findings"]:
        yield [value(case, finding) for value in LONG.values()]


def source_rows(case: Case) -> Iterator[Row]:
    for owner in (*case["findings"], *case["conflicts"]):
        for use in owner["sources"]:
            yield [value(case, owner, use) for value in SOURCES.values()]


def term_row(term: Any) -> Row:
    return [value(term) for value in TERMS.values()]
