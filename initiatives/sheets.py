"""The schemas of sheets: one file for each case, one for each scheme of the codebook.

They define the keys and the types of their values. Whether a term, work or choice
exists is checked against the database, in initiatives/loading/.
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

from casebase.content.parsed_file import Text, first_duplicate
from initiatives.translations import LANGUAGES, UNKNOWN_LANGUAGE


def require_one_line(text: str) -> str:
    if text != text.strip() or len(text.splitlines()) > 1:
        raise ValueError("This should be one line, with no blanks around it.")
    return text


def reject_duplicates(words: list[str]) -> list[str]:
    if duplicate := first_duplicate(words):
        raise ValueError(f"“{duplicate}” is listed twice.")
    return words


def parse_date(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("This should be a day, as 2026-11-24.") from None


Line = Annotated[Text, AfterValidator(require_one_line)]
UniqueLines = Annotated[list[Line], AfterValidator(reject_duplicates)]
OptionalDate = Annotated[date | None, BeforeValidator(parse_date)]


class StrictSchema(BaseModel):
    """Keys without a default are required, others forbidden; no type is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class SluggedSchema(StrictSchema):
    """A case or a term, whose slug is part of addresses."""

    name_key: ClassVar[str] = "slug"
    name_column: ClassVar[str] = "slug"
    former_key: ClassVar[str] = "former_slugs"

    slug: Line
    former_slugs: UniqueLines

    @property
    def current_name(self) -> str:
        return self.slug

    @property
    def former_names(self) -> list[str]:
        return self.former_slugs

    def with_former_names(self, names: Iterable[str]) -> Self:
        every = sorted({*self.former_slugs, *names} - {self.slug})
        return self.model_copy(update={"former_slugs": every})


class SheetSource(StrictSchema):
    """The place in a work on which a statement rests."""

    ref: Line
    url: Line | None
    locator: Text | None
    via: Line


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


class SheetMode(StrictSchema):
    """One of the Four Co’s, and why the case is an example of it."""

    id: Line | None = None
    term: Line
    basis: Line
    why: Text
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


class SheetFinding(StrictSchema):
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
    sources: list[SheetSource]


class SheetConflict(StrictSchema):
    """A point on which sources contradict each other."""

    about: Text
    note: Text
    sources: list[SheetConflictSource]


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
    conflicts: list[SheetConflict]
    not_found: list[Line]


def reject_semicolon(name: str) -> str:
    if ";" in name:
        raise ValueError("A name has no semicolon: write two names.")
    return name


TranslatedName = Annotated[Line, AfterValidator(reject_semicolon)]


class Translation(StrictSchema):
    """A label in another language; ``sure`` if a speaker of it has confirmed it."""

    label: TranslatedName
    synonyms: Annotated[list[TranslatedName], AfterValidator(reject_duplicates)]
    sure: bool


def reject_unknown_languages(translations: dict[str, Any]) -> dict[str, Any]:
    for language in translations:
        if language not in LANGUAGES:
            raise ValueError(UNKNOWN_LANGUAGE.format(language))
    return translations


Translations = Annotated[
    dict[str, Translation], AfterValidator(reject_unknown_languages)
]


class OmitsDefaults(StrictSchema):
    """A schema whose dump leaves out keys that have their default value."""

    @model_serializer(mode="wrap")
    def omit_defaults(self, dump: SerializerFunctionWrapHandler) -> Any:
        fields = type(self).model_fields
        return {
            key: value
            for key, value in dump(self).items()
            if fields[key].is_required() or getattr(self, key) != fields[key].default
        }


class SheetScheme(OmitsDefaults):
    """The title and description of a scheme."""

    slug: Line
    title: Line
    description: Text
    translations: Translations = {}
    sources: list[SheetSource]


class SheetTerm(SluggedSchema, OmitsDefaults):
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
    sources: list[SheetSource]


class SchemeSheet(StrictSchema):
    """One scheme with its terms."""

    scheme: SheetScheme
    terms: list[SheetTerm]
