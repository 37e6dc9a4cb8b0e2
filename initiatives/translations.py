"""Labels of terms and schemes in other languages, which curators edit as lines.

A line is “de: Misstrauen; fehlendes Vertrauen”: the language, the label and its
synonyms. A question mark, as in “de?:”, marks labels that nobody has confirmed yet.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

# ISO 639-1 codes of the languages that the search has a stemmer for.
LANGUAGES = {
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "sv": "Swedish",
}
LINE = re.compile(r"(?P<language>\w+)\s*(?P<unsure>\??)\s*:(?P<names>.*)")
UNKNOWN_LANGUAGE = f"“{{}}” is not one of the languages {', '.join(LANGUAGES)}."
LINE_HINT = "Write the language, the label, then synonyms: “de: Misstrauen; Argwohn”."


def sort_by_language(translations: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy in the order of LANGUAGES, because PostgreSQL reorders keys."""
    return {code: translations[code] for code in LANGUAGES if code in translations}


def names_by_language(translations: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the names in each language: the label, then the synonyms."""
    return {
        language: [names["label"], *names["synonyms"]]
        for language, names in sort_by_language(translations).items()
    }


def format_translations(translations: Mapping[str, Any]) -> list[str]:
    """Return the translations as lines that ``parse_translations`` reads."""
    return [
        f"{language}{'' if translations[language]['sure'] else '?'}: {'; '.join(names)}"
        for language, names in names_by_language(translations).items()
    ]


def parse_translations(lines: Iterable[str]) -> dict[str, Any]:
    """Return the translations in lines. Raises ValidationError for an invalid line."""
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, lines)):
        match = LINE.fullmatch(line)
        names = [name.strip() for name in match["names"].split(";")] if match else []
        names = list(dict.fromkeys(filter(None, names)))
        if match is None or not names:
            raise ValidationError(f"“{line}” names no label. {LINE_HINT}")
        language = match["language"]
        if language not in LANGUAGES:
            raise ValidationError(UNKNOWN_LANGUAGE.format(language))
        if language in found:
            raise ValidationError(f"“{language}” is listed twice.")
        label, *synonyms = names
        sure = not match["unsure"]
        found[language] = {"label": label, "synonyms": synonyms, "sure": sure}
    return sort_by_language(found)


class TranslationsFormField(forms.CharField):
    """Edits translations as a text with one line for each language."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return (
            "\n".join(format_translations(value)) if isinstance(value, dict) else value
        )

    def to_python(self, value):
        return parse_translations(super().to_python(value).splitlines())

    def has_changed(self, initial, data):
        try:
            return (initial or {}) != self.to_python(data)
        except ValidationError:
            return True


class TranslationsField(models.JSONField):
    """Language → its ``label``, its ``synonyms`` and whether they are ``sure``."""

    def __init__(self, verbose_name="in other languages", **kwargs):
        help_text = (
            "To find by, not shown; a line a language: “de: Misstrauen; Argwohn”"
        )
        defaults = {"help_text": help_text, "blank": True, "default": dict}
        super().__init__(verbose_name, **defaults | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["blank"], kwargs["default"]
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        # Not JSONField.formfield(), which would parse the lines as JSON.
        return models.Field.formfield(self, form_class=TranslationsFormField, **kwargs)
