"""The form that uploads works: as pasted text, as a file or by their DOIs."""

import json
import re

from django import forms
from django.core.exceptions import ValidationError

from casebase.desk.imports.crossref import MAX_DOIS, fetch_works, parse_dois
from casebase.desk.imports.crossref_csl import convert_to_csl
from references.formats import FORMATS, READERS
from references.formats.decoding import decode_file
from references.formats.ris_lines import RECORD_START

MAX_BYTES = 2_000_000
MAX_WORKS = 500
# Patterns that recognise the format of a text.
FORMAT_PATTERNS = {
    "csl-json": re.compile(r"\A\s*[\[{]"),
    "ris": RECORD_START,
    "bibtex": re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE),
}


class WorksForm(forms.Form):
    """Uploads works from one of three sources."""

    text = forms.CharField(
        label="Pasted",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "class": "vLargeTextField"}),
        help_text="BibTeX, RIS or CSL-JSON",
    )
    file = forms.FileField(label="Or a file", required=False)
    dois = forms.CharField(
        label="Or DOIs",
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=f"Up to {MAX_DOIS}, looked up at Crossref",
    )
    format = forms.ChoiceField(
        label="Format",
        required=False,
        choices=[
            ("", "Detect the format"),
            *((name, FORMATS[name].label) for name in READERS),
        ],
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError("The file is larger than 2 MB; divide it.")
        return file

    def clean_dois(self):
        dois, invalid = parse_dois(self.cleaned_data["dois"])
        if invalid:
            words = ", ".join(f"“{word[:60]}”" for word in invalid[:5])
            raise ValidationError(f"These are not DOIs: {words}.")
        if len(dois) > MAX_DOIS:
            raise ValidationError(f"These are more than {MAX_DOIS} DOIs.")
        return dois

    def clean(self):
        sources = [self.cleaned_data.get(source) for source in ("text", "file", "dois")]
        if not self.errors and sum(map(bool, sources)) != 1:
            raise ValidationError(
                "Paste works, choose a file, or enter DOIs; only one of these."
            )
        if not self.errors:
            self.fields_of_upload = (
                self.fetch_from_crossref()
                if sources[2]
                else self.read_works(*sources[:2])
            )
        return self.cleaned_data

    def upload_fields(self):
        """Return the fields of the Upload to create."""
        return self.fields_of_upload

    def read_works(self, text, file):
        raw = file.read() if file else text.encode("utf-8", "surrogatepass")
        name = file.name[:150] if file else "Pasted works"
        form = self.cleaned_data["format"] or detect_format(raw)
        if not form:
            raise ValidationError("The format was not recognised; choose it.")
        n_works = len(READERS[form](raw, name).works)
        if n_works > MAX_WORKS:
            words = f"These are {n_works:,} works; divide them into {MAX_WORKS} each."
            raise ValidationError(words)
        return {"name": name, "content": raw, "options": {"format": form}}

    def fetch_from_crossref(self):
        answers = fetch_works(self.cleaned_data["dois"])
        errors = [f"{each.doi}: {each.error}" for each in answers if each.error]
        items = [convert_to_csl(each.message) for each in answers if each.message]
        if not items:
            raise ValidationError(errors)
        content = json.dumps(items, ensure_ascii=False, indent=1).encode()
        options = {"format": "csl-json", "told": errors}
        return {"name": "Works at Crossref", "content": content, "options": options}


def detect_format(raw):
    """Return the name of the format, or an empty string if it is unknown."""
    start, _ = decode_file(raw[:20_000], "")
    return next(
        (name for name, pattern in FORMAT_PATTERNS.items() if pattern.search(start)), ""
    )
