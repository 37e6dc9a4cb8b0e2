"""Schemas of works in CSL-JSON.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
Values for which CSL has no variable are in its ``custom`` object.
"""

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    AliasGenerator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from casebase.content.parsed_file import Text, first_duplicate
from references.partial_date import PartialDate
from references.title_markup import normalize_markup, strip_markup


def convert_number_to_text(value: object) -> object:
    """Return "7" for 7; CSL allows both for volumes and pages."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if is_number else value


def parse_date(value: object) -> object:
    if value is None or isinstance(value, PartialDate):
        return value
    match value:
        case {"date-parts": [[*parts]], **rest} if not rest and 1 <= len(parts) <= 3:
            if all(str(part).isdecimal() and int(part) for part in parts):
                return PartialDate(*(int(part) for part in parts))
    raise ValueError(
        "This should be date-parts: [[2014]], [[2014, 5]], [[2014, 5, 21]]."
    )


def serialize_date(when: PartialDate | None) -> dict[str, list[list[int]]] | None:
    return when and {"date-parts": [when.parts]}


NumberText = Annotated[Text, BeforeValidator(convert_number_to_text)]
CslDate = Annotated[
    PartialDate | None, BeforeValidator(parse_date), PlainSerializer(serialize_date)
]


class CslModel(BaseModel):
    """A schema that allows only known variables; in files, names have hyphens."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        validate_by_name=True,
        serialize_by_alias=True,
        alias_generator=AliasGenerator(lambda name: name.replace("_", "-")),
    )


class Name(CslModel):
    """The name of a person, in its parts, or the literal name of a body."""

    family: Text | None = None
    given: Text | None = None
    dropping_particle: Text | None = None
    non_dropping_particle: Text | None = None
    suffix: Text | None = None
    literal: Text | None = None

    @model_validator(mode="after")
    def validate_one_kind_of_name(self) -> "Name":
        parts = self.model_dump(exclude={"literal"}, exclude_none=True)
        if bool(self.literal) == bool(parts) or (parts and not self.family):
            raise ValueError("A person has a family name, a body a literal name.")
        return self


# The end of an incomplete list of names, whose source prints “et al.”. pandoc's BibTeX
# reader writes this name, and its citeproc renders it as “et al.”.
OTHERS = Name(literal="others")


def validate_unique_names(names: list[Name]) -> list[Name]:
    # Comparing sets first is fast for works with thousands of authors.
    if len(set(names)) < len(names) and (twice := first_duplicate(names)):
        raise ValueError(f"“{twice.literal or twice.family}” is listed twice.")
    return names


def validate_others_last(names: list[Name]) -> list[Name]:
    if OTHERS in names[:-1] or names == [OTHERS]:
        raise ValueError("“others” stand at the end of a list, after a name.")
    return names


def listed_names(names: Iterable[Name]) -> list[Name]:
    """Return the names without ``OTHERS``."""
    return [name for name in names if name != OTHERS]


Names = Annotated[
    list[Name],
    AfterValidator(validate_unique_names),
    AfterValidator(validate_others_last),
]


class Custom(CslModel):
    """Variables that we add to CSL."""

    correction: Text | None = None
    chapter_position: int | None = None
    former_keys: list[Text] = []


class Work(CslModel):
    """One citable work. The variables have the order of our files."""

    name_key: ClassVar[str] = "id"
    name_column: ClassVar[str] = "key"
    former_key: ClassVar[str] = "custom"

    key: Text = Field(alias="id")
    type: Text
    title: Text
    author: Names = []
    editor: Names = []
    issued: CslDate = None
    container_title: Text | None = None
    collection_title: Text | None = None
    event_title: Text | None = None
    event_place: Text | None = None
    volume: NumberText | None = None
    issue: NumberText | None = None
    page: NumberText | None = None
    number: NumberText | None = None
    edition: NumberText | None = None
    genre: Text | None = None
    authority: Text | None = None
    publisher: Text | None = None
    publisher_place: Text | None = None
    doi: Text | None = Field(default=None, alias="DOI")
    url: Text | None = Field(default=None, alias="URL")
    accessed: CslDate = None
    language: Text | None = None
    note: Text | None = None
    custom: Custom = Custom()

    # The title with its markup, if it has any: see references/title_markup.py.
    title_markup: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def split_title_markup(cls, item: Any) -> Any:
        """Split CSL's title, which may have markup, into our two variables."""
        match item:
            case {"title-markup": _}:
                raise ValueError("Italics and the like stand in the title itself.")
            case {"title": str(title)}:
                markup = normalize_markup(title)
                words = strip_markup(markup) or title
                variables = {"title-markup": markup} if words != markup else {}
                return item | {"title": words} | variables
        return item

    @property
    def marked_title(self) -> str:
        return self.title_markup or self.title

    def to_csl(self) -> dict[str, Any]:
        """Return the CSL item, without variables that have no value."""
        item = self.model_dump(
            exclude_defaults=True, exclude={"title_markup"}, mode="json"
        )
        return item | {"title": self.marked_title}

    @property
    def current_name(self) -> str:
        return self.key

    @property
    def former_names(self) -> list[str]:
        return self.custom.former_keys

    def with_former_names(self, names: Iterable[str]) -> "Work":
        every = sorted({*self.former_names, *names} - {self.key})
        custom = self.custom.model_copy(update={"former_keys": every})
        return self.model_copy(update={"custom": custom})
