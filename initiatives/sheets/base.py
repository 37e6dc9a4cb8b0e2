"""The base of the schemas of sheets, and the types of their values."""

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
)

from casebase.content.parsed_file import Text, first_duplicate


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
