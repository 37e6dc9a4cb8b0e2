"""The structure of a case in an export; docs/exports.md explains each key.

None means that a value is unknown, an empty list that there are no values.
"""

from typing import TypedDict


class Term(TypedDict):
    scheme: str
    slug: str
    label: str


class Source(TypedDict):
    """The place in a work on which a finding or a conflict rests."""

    citekey: str
    title: str
    year: int | None
    doi: str | None
    work_address: str
    locator: str | None
    page_read: str | None
    read_as: str | None
    standing: str | None
    is_peer_reviewed: bool | None


class Figure(TypedDict):
    value: int | float
    unit: str
    period: str | None


class Finding(TypedDict):
    id: str
    address: str
    kind: str
    term: Term | None
    statement: str
    response: str | None
    strategies: list[Term]
    direction: str
    basis: str
    grade: str
    grade_rules: int
    grade_note: str | None
    year: int | None
    figure: Figure | None
    sources: list[Source]


class Conflict(TypedDict):
    about: str
    note: str
    findings: list[str]
    is_settled: bool
    sources: list[Source]


class Organisation(TypedDict):
    name: str
    role: str


class Work(TypedDict):
    """A work about the case, whether or not a finding rests on it."""

    citekey: str
    is_cited_by_chapter: bool
    is_read: bool
    standing: str | None
    is_peer_reviewed: bool | None
    standing_note: str | None


class Place(TypedDict):
    name: str
    locality: str | None
    region: str | None
    country: str
    latitude: float | None
    longitude: float | None
    note: str | None


class CaseTexts(TypedDict):
    slug: str
    address: str
    name: str
    tagline: str | None
    summary: str
    challenge: str | None
    approach: str | None


class CaseInBrief(TypedDict):
    """What tables of findings say of the case of each."""

    slug: str
    address: str
    name: str
    place: Place
    settlement: str | None
    reach: str | None
    started: int | None
    ended: int | None
    published_on: str | None
    revised_on: str | None


class FindingInList(Finding):
    """A finding apart from its case; ``permanent_address`` leads to it for ever."""

    permanent_address: str
    case: CaseInBrief


class Case(CaseTexts):
    place: Place
    settlement: str | None
    reach: str | None
    started: int | None
    ended: int | None
    last_source_year: int | None
    service_areas: list[Term]
    target_groups: list[str]
    co_producers: str | None
    organisations: list[Organisation]
    tags: list[str]
    evidence_note: str | None
    not_found: list[str]
    published_on: str | None
    revised_on: str | None
    works: list[Work]
    conflicts: list[Conflict]
    findings: list[Finding]
