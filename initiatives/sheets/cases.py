"""The schema of the sheet of a case."""

from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from casebase.content.parsed_file import Text
from initiatives.sheets.base import (
    Line,
    OmitsDefaults,
    OptionalDate,
    SheetSource,
    SluggedSchema,
    StrictSchema,
    UniqueLines,
)


class SheetConflictSource(StrictSchema):
    """The source of a conflict. If only the work is known, its citekey stands alone."""

    ref: Line
    url: Line | None
    locator: Text | None
    via: Line | None

    @model_validator(mode="before")
    @classmethod
    def from_key(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return {"ref": value, "url": None, "locator": None, "via": None}

    @model_serializer(mode="wrap")
    def to_key(self, dump: SerializerFunctionWrapHandler) -> Any:
        return dump(self) if self.url or self.locator or self.via else self.ref


class SheetPlace(StrictSchema):
    """Where the case is; ``note`` says what the point marks."""

    locality: Text | None
    region: Text | None
    country: Line | None
    latitude: float | None
    longitude: float | None
    note: Text | None


class SheetGrade(StrictSchema):
    """The evidence grade of a finding as the editors set it, and why."""

    level: Line
    note: Text


class SheetMode(OmitsDefaults):
    """One of the Four Co’s, and why the case is an example of it."""

    id: Line | None = None
    term: Line
    basis: Line
    why: Text
    grade: SheetGrade | None = None
    sources: list[SheetSource]

    def as_finding(self) -> "SheetFinding":
        """Return the mode as a finding, without validating it again."""
        return SheetFinding.model_construct(
            id=self.id,
            kind="mode",
            term=self.term,
            statement=self.why,
            direction="neutral",
            response=None,
            strategies=[],
            year=None,
            figure=None,
            basis=self.basis,
            grade=self.grade,
            specimen=False,
            sources=self.sources,
        )


class SheetOrganisation(StrictSchema):
    """An organisation and its role in the case."""

    name: Line
    role: Line


class SheetFigure(StrictSchema):
    """The main number of a finding."""

    value: float
    unit: Text
    period: Line | None


class SheetFinding(OmitsDefaults):
    """One statement with its sources."""

    id: Line | None = None
    kind: Line
    term: Line | None
    statement: Text
    direction: Line
    response: Text | None
    strategies: UniqueLines
    year: int | None
    figure: SheetFigure | None
    basis: Line
    grade: SheetGrade | None = None
    specimen: bool = False
    sources: list[SheetSource]


class SheetConflict(OmitsDefaults):
    """A point on which sources contradict each other.

    ``findings`` are the ids of the statements that say what is in dispute.
    """

    about: Text
    note: Text
    findings: UniqueLines = []
    settled: bool = False
    sources: list[SheetConflictSource]


class SheetStanding(StrictSchema):
    """Who speaks in a work on the case, relative to it, and how we know."""

    ref: Line
    standing: Line
    peer_reviewed: bool | None
    note: Text | None


class CaseSheet(SluggedSchema):
    """One case."""

    name: Line
    status: Line
    status_note: Text | None
    published_on: OptionalDate
    revised_on: OptionalDate
    evidence_note: Text | None
    place: SheetPlace
    # Versions from before there were these keys can be restored.
    settlement: Line | None = None
    reach: Line | None = None
    service_areas: UniqueLines
    modes: list[SheetMode]
    started: int | None
    ended: int | None
    last_source_year: int | None
    organisations: list[SheetOrganisation]
    target_groups: list[Line]
    co_producers: Text | None
    tagline: Text | None = None
    summary: Text | None
    challenge: Text | None
    approach: Text | None
    findings: list[SheetFinding]
    tags: UniqueLines
    sources: UniqueLines
    further_sources: UniqueLines
    unread: UniqueLines
    # A version from before there was this key can be restored.
    standings: list[SheetStanding] = []
    conflicts: list[SheetConflict]
    not_found: list[Line]
