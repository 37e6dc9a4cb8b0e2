"""The form of one row of the plan’s table."""

from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict

from casebase.kept.content_types import MAX_LINE, MAX_TEXT
from initiatives.codebook import Codebook
from initiatives.plan.content import Consequence, Likelihood, Row
from initiatives.plan.start_form import TextField, ValueField
from initiatives.plan.table_rows import KINDS_OF_ROWS, SCHEMES_OF_ROWS

OWN_WORDS = {
    "barriers": "A barrier in our own words",
    "risks": "A risk in our own words",
}
GROUPS = {"barriers": "Barriers", "risks": "Risks"}


def version_of_row(row: Row | None) -> str:
    """Return a hash of a row, which differs once it was changed; “0” without one."""
    if row is None:
        return "0"
    return sha256(row.model_dump_json().encode()).hexdigest()[:16]


def about_choices(codebook: Codebook) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the barriers and risks by group; a value is “barriers:mistrust”."""
    return [
        (
            group,
            [
                (f"{scheme}:", OWN_WORDS[scheme]),
                *(
                    (f"{scheme}:{term.slug}", term.label)
                    for term in codebook.terms(scheme)
                ),
            ],
        )
        for scheme, group in GROUPS.items()
    ]


def strategy_choices(codebook: Codebook) -> list[tuple[str, str]]:
    return [(term.slug, term.label) for term in codebook.terms("strategies")]


class RowForm(forms.Form):
    """A row; all fields are optional. ``row`` is what is stored, or a new row."""

    obstacle = TextField("What it looks like with us", MAX_TEXT)
    way = TextField("How we mean to go about it", MAX_TEXT)
    action = TextField("What we shall do", MAX_TEXT)
    who = TextField("Who (a role)", MAX_LINE)
    by = forms.DateField(
        label="By when",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 2027-03-31."},
    )
    measure = TextField("How we shall know", MAX_TEXT)
    likelihood = ValueField("How likely", [(e.value, e.value) for e in Likelihood])
    consequence = ValueField("How bad", [(e.value, e.value) for e in Consequence])

    def __init__(
        self, codebook: Codebook, row: Row, data: QueryDict | None = None
    ) -> None:
        about = f"{SCHEMES_OF_ROWS[row.kind]}:{row.term}"
        initial = row.model_dump() | {"about": about}
        super().__init__(data, initial=initial, label_suffix="")
        self.row = row
        message = "“%(value)s” is no barrier or risk of the codebook."
        self.fields["about"] = forms.ChoiceField(
            label="Barrier or risk",
            choices=about_choices(codebook),
            error_messages={"invalid_choice": message},
        )
        self.fields["strategy"] = ValueField("Strategy", strategy_choices(codebook))

    @property
    def cleaned(self) -> Row:
        """The row that was sent, with the quotes that are stored."""
        values = dict(self.cleaned_data)
        scheme, _, term = values.pop("about").partition(":")
        levels: dict[str, Any] = {
            name: values.pop(name) or None for name in ("likelihood", "consequence")
        }
        changed = values | levels | {"kind": KINDS_OF_ROWS[scheme], "term": term}
        return Row.model_validate(self.row.model_dump() | changed)
