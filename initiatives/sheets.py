"""The form of the sheets: one file for each case, one for each scheme of the codebook.

Here is which keys there are and what kind of value each takes. Which terms, works and
choices exist is known to the database; see initiatives/loading/.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from casebase.content.parsed_file import Text, stands_twice
from initiatives.translations import LANGUAGES, UNKNOWN


def in_one_line(text: str) -> str:
    if text != text.strip() or len(text.splitlines()) > 1:
        raise ValueError("This should be one line, with no blanks around it.")
    return text


def each_once(words: list[str]) -> list[str]:
    if twice := stands_twice(words):
        raise ValueError(f"“{twice}” stands here twice.")
    return words


def day(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("This should be a day, as 2026-11-24.") from None


Line = Annotated[Text, AfterValidator(in_one_line)]
Words = Annotated[list[Line], AfterValidator(each_once)]
Day = Annotated[date | None, BeforeValidator(day)]


class Form(BaseModel):
    """Every key must be there, and no other; a number is no text."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Slugged(Form):
    """A case or a term: its slug stands in addresses."""

    name_key: ClassVar[str] = "slug"
    name_column: ClassVar[str] = "slug"
    former_key: ClassVar[str] = "former_slugs"

    slug: Line
    former_slugs: Words

    @property
    def named(self) -> str:
        return self.slug

    @property
    def formerly(self) -> list[str]:
        return self.former_slugs

    def also_formerly(self, names: Iterable[str]) -> Self:
        every = sorted({*self.former_slugs, *names} - {self.slug})
        return self.model_copy(update={"former_slugs": every})


class Use(Form):
    """Where a statement comes from."""

    ref: Line
    url: Line | None
    locator: Text | None
    via: Line


class BareUse(Form):
    """A use of which often only the work is known; then its key stands alone."""

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
    def to_key(self, full: SerializerFunctionWrapHandler) -> Any:
        return full(self) if self.url or self.locator or self.via else self.ref


class SheetPlace(Form):
    """Where the case is; the note says what the point stands for."""

    locality: Text | None
    region: Text | None
    country: Line | None
    latitude: float | None
    longitude: float | None
    note: Text | None


class SheetMode(Form):
    """One of the Four Co's, and why it is one."""

    id: Line | None = None
    term: Line
    basis: Line
    why: Text
    sources: list[Use]

    def as_finding(self) -> "SheetFinding":
        """What it says, as a statement. It is checked where it stands, as a mode."""
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
            sources=self.sources,
        )


class SheetBody(Form):
    """An organisation and its role."""

    name: Line
    role: Line


class SheetFigure(Form):
    """The main number of a finding."""

    value: float
    unit: Text
    period: Line | None


class SheetFinding(Form):
    """One statement with its sources."""

    id: Line | None = None
    kind: Line
    term: Line | None
    statement: Text
    direction: Line
    response: Text | None
    strategies: Words
    year: int | None
    figure: SheetFigure | None
    basis: Line
    sources: list[Use]


class SheetConflict(Form):
    """A point on which sources contradict each other."""

    about: Text
    note: Text
    sources: list[BareUse]


class Sheet(Slugged):
    """One case."""

    name: Line
    status: Line
    status_note: Text | None
    published_on: Day
    revised_on: Day
    evidence_note: Text | None
    place: SheetPlace
    service_areas: Words
    modes: list[SheetMode]
    started: int | None
    ended: int | None
    last_source_year: int | None
    organisations: list[SheetBody]
    target_groups: list[Line]
    co_producers: Text | None
    summary: Text | None
    challenge: Text | None
    approach: Text | None
    findings: list[SheetFinding]
    tags: Words
    sources: Words
    further_sources: Words
    unread: Words
    conflicts: list[SheetConflict]
    not_found: list[Line]


def without_semicolon(name: str) -> str:
    if ";" in name:
        raise ValueError("A name has no semicolon: write two names.")
    return name


Name = Annotated[Line, AfterValidator(without_semicolon)]


class Translation(Form):
    """A label in another language; ``sure``: somebody who speaks it agrees."""

    label: Name
    synonyms: Annotated[list[Name], AfterValidator(each_once)]
    sure: bool


def in_known_languages(translations: dict[str, Any]) -> dict[str, Any]:
    for language in translations:
        if language not in LANGUAGES:
            raise ValueError(UNKNOWN.format(language))
    return translations


Translations = Annotated[dict[str, Translation], AfterValidator(in_known_languages)]


class WithoutDefaults(Form):
    """Keys with a default are left out where they say no more than that."""

    @model_serializer(mode="wrap")
    def without_defaults(self, full: SerializerFunctionWrapHandler) -> Any:
        fields = type(self).model_fields
        return {
            key: value
            for key, value in full(self).items()
            if fields[key].is_required() or getattr(self, key) != fields[key].default
        }


class SchemeHead(WithoutDefaults):
    """What a scheme says about itself."""

    slug: Line
    title: Line
    description: Text
    translations: Translations = {}
    sources: list[Use]


class Term(Slugged, WithoutDefaults):
    """One term of a scheme. Only change steps have actions and outputs."""

    label: Line
    synonyms: list[Line] = []
    definition: Text
    scope_note: Text | None
    is_heading: bool
    broader: Line | None
    order: int
    questions: list[Line]
    actions: list[Line] | None = None
    outputs: list[Line] | None = None
    hidden_labels: list[Line] = []
    translations: Translations = {}
    sources: list[Use]


class Codebook(Form):
    """One scheme with its terms."""

    scheme: SchemeHead
    terms: list[Term]
