"""The form of the start: what service, for whom, where, and what stands in the way."""

from typing import Any

from django import forms
from django.http import QueryDict

from casebase.kept.content_types import MAX_LINE, MAX_TEXT, clean_text
from initiatives.codebook import Codebook
from initiatives.models import Initiative, country_names
from initiatives.plan.closest import find_terms
from initiatives.plan.content import TERM_FIELDS, Start
from initiatives.schemes import SCHEMES

LABELS = {
    "title": "Working title",
    "service": "Which service, in your words",
    "service_areas": "Where in public life it belongs",
    "people": "For whom",
    "settlement": "What kind of place",
    "reach": "How far it is to reach",
    "country": "Country",
    "modes": "Which of the four Co’s",
    "barriers": "Which barriers you expect",
    "risks": "Which risks you see",
    "to_find_out": "What you want to find out",
}


class TextField(forms.CharField):
    """A text of any number of lines, without what no file can contain."""

    def __init__(self, label: str, max_length: int) -> None:
        words = "It has %(show_value)d characters, and %(limit_value)d are kept."
        widget = forms.Textarea({"rows": 3}) if max_length > MAX_LINE else None
        super().__init__(
            label=label,
            required=False,
            max_length=max_length,
            widget=widget,
            error_messages={"max_length": words},
        )

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class TermsField(forms.MultipleChoiceField):
    """Terms of a scheme. Its value are their slugs, the present ones for former."""

    def __init__(self, codebook: Codebook, scheme: str, label: str) -> None:
        words = SCHEMES[scheme]
        message = f"“%(value)s” is not a {words.singular} of the codebook."
        super().__init__(
            label=label,
            required=False,
            choices=[(slug, slug) for slug in codebook.slugs(scheme)],
            error_messages={"invalid_choice": message},
        )
        self.codebook, self.scheme = codebook, scheme

    def clean(self, value: Any) -> list[str]:
        slugs = super().clean(value)
        return [term.slug for term in find_terms(self.codebook, self.scheme, slugs)]


class ValueField(forms.ChoiceField):
    def __init__(self, label: str, choices: Any) -> None:
        message = "“%(value)s” is none of these."
        super().__init__(
            label=label,
            required=False,
            choices=[("", "Not said"), *choices],
            error_messages={"invalid_choice": message},
        )


class StartForm(forms.Form):
    """All fields are optional. ``start`` is what is stored, or what an address says."""

    title = TextField(LABELS["title"], MAX_LINE)
    service = TextField(LABELS["service"], MAX_TEXT)
    people = TextField(LABELS["people"], MAX_TEXT)
    settlement = ValueField(LABELS["settlement"], Initiative.Settlement.choices)
    reach = ValueField(LABELS["reach"], Initiative.Reach.choices)
    country = ValueField(LABELS["country"], country_names())
    to_find_out = TextField(LABELS["to_find_out"], MAX_TEXT)

    def __init__(
        self, codebook: Codebook, start: Start, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial=start.model_dump())
        self.codebook, self.start = codebook, start
        for name, scheme in TERM_FIELDS.items():
            self.fields[name] = TermsField(codebook, scheme, LABELS[name])
        # The start as somebody else saved it meanwhile.
        self.theirs: Start | None = None

    @property
    def cleaned(self) -> Start:
        """What was sent; what no form asks for stays as it was."""
        return self.start.model_copy(update=self.cleaned_data)

    def texts_of(self, start: Start) -> dict[str, str]:
        """Return name of a field → its value in words."""
        return {name: self._text(name, getattr(start, name)) for name in LABELS}

    def _text(self, name: str, value: Any) -> str:
        if name in TERM_FIELDS:
            terms = find_terms(self.codebook, TERM_FIELDS[name], value)
            return ", ".join(term.label for term in terms)
        if isinstance(choices := getattr(self.fields[name], "choices", None), list):
            return dict(choices).get(value, value) if value else ""
        return str(value)
