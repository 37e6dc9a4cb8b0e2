"""The schema of the sheet of a scheme of the codebook."""

from typing import Annotated, Any

from pydantic import AfterValidator

from casebase.content.parsed_file import Text
from initiatives.sheets.base import (
    Line,
    OmitsDefaults,
    SheetSource,
    SluggedSchema,
    StrictSchema,
    UniqueLines,
    reject_duplicates,
)
from initiatives.translations import LANGUAGES, UNKNOWN_LANGUAGE


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


class SheetScheme(OmitsDefaults):
    """The title and description of a scheme."""

    slug: Line
    title: Line
    description: Text
    translations: Translations = {}
    sources: list[SheetSource]


class SheetTerm(SluggedSchema, OmitsDefaults):
    """One term of a scheme. Only change steps have actions and outputs.

    ``near`` are terms of the same scheme, the nearest first; barriers and risks may
    have ``strategies``.
    """

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
    near: UniqueLines = []
    strategies: UniqueLines = []
    sources: list[SheetSource]


class SchemeSheet(StrictSchema):
    """One scheme with its terms."""

    scheme: SheetScheme
    terms: list[SheetTerm]
