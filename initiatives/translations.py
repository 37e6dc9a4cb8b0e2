"""Labels of terms and schemes in other languages: kept, edited and shown as lines.

A line is “de: Misstrauen; fehlendes Vertrauen”: the language, the label and its
synonyms. A question mark, as in “de?:”, says that nobody is sure of it yet.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

# Those that the search has a stemmer for, by their codes in ISO 639-1.
LANGUAGES = {
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "sv": "Swedish",
}
LINE = re.compile(r"(?P<language>\w+)\s*(?P<unsure>\??)\s*:(?P<names>.*)")
UNKNOWN = f"“{{}}” is none of the languages {', '.join(LANGUAGES)}."
FORM = "Write the language, the label, then synonyms: “de: Misstrauen; Argwohn”."


def in_order(translations: Mapping[str, Any]) -> dict[str, Any]:
    """The same, by language: PostgreSQL keeps keys in an order of its own."""
    return {code: translations[code] for code in LANGUAGES if code in translations}


def names_in(translations: Mapping[str, Any]) -> dict[str, list[str]]:
    """Language → its label and synonyms."""
    return {
        language: [said["label"], *said["synonyms"]]
        for language, said in in_order(translations).items()
    }


def lines_of(translations: Mapping[str, Any]) -> list[str]:
    return [
        f"{language}{'' if translations[language]['sure'] else '?'}: {'; '.join(names)}"
        for language, names in names_in(translations).items()
    ]


def translations_in(lines: Iterable[str]) -> dict[str, Any]:
    """Raises ValidationError with the first line that has no such form."""
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, lines)):
        match = LINE.fullmatch(line)
        names = [name.strip() for name in match["names"].split(";")] if match else []
        names = list(dict.fromkeys(filter(None, names)))
        if not names:
            raise ValidationError(f"“{line}” names no label. {FORM}")
        language = match["language"]
        if language not in LANGUAGES:
            raise ValidationError(UNKNOWN.format(language))
        if language in found:
            raise ValidationError(f"“{language}” stands here twice.")
        label, *synonyms = names
        sure = not match["unsure"]
        found[language] = {"label": label, "synonyms": synonyms, "sure": sure}
    return in_order(found)


class TranslationsFormField(forms.CharField):
    """Translations as a text with a line for each language."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(lines_of(value)) if isinstance(value, dict) else value

    def to_python(self, value):
        return translations_in(super().to_python(value).splitlines())

    def has_changed(self, initial, data):
        try:
            return (initial or {}) != self.to_python(data)
        except ValidationError:
            return True


class TranslationsField(models.JSONField):
    """Language → ``label``, ``synonyms`` and whether somebody is ``sure`` of them."""

    def __init__(self, verbose_name="in other languages", **kwargs):
        help_text = (
            "To find by, not shown; a line a language: “de: Misstrauen; Argwohn”"
        )
        given = {"help_text": help_text, "blank": True, "default": dict}
        super().__init__(verbose_name, **given | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["blank"], kwargs["default"]
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        # The field of a form that JSON has would take the lines for JSON.
        return models.Field.formfield(self, form_class=TranslationsFormField, **kwargs)
