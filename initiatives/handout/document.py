"""A handout with what it was made from: read from the records by a few queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from casebase.history.models import Version
from casebase.registry import kind_of
from initiatives.handout.choice import Choice, Form, Parameters
from initiatives.handout.sheets import Handout, number_sheets
from initiatives.models import Initiative
from references.style_preference import StylePreference


@dataclass(frozen=True)
class Basis:
    """What a handout is made from: cases, perhaps a reader's own notes, by slug.

    ``path`` is that of its page; its files are below it. A handout of what a reader
    keeps ``is_private``: its path is not printed. ``read_link`` is the path of the read
    link, if there is one.
    """

    choice: Choice
    path: str
    notes: Mapping[str, str] = field(default_factory=dict)
    is_private: bool = False
    read_link: str = ""

    @property
    def list_path(self) -> str:
        """The path of the list that the handout is of, as the reader opened it."""
        return self.path.removesuffix("handout/")

    @property
    def printed_path(self) -> str:
        """The path that others can open, too; empty if there is none."""
        if not self.is_private:
            return self.path
        return f"{self.read_link}handout/" if self.read_link else ""


@dataclass(frozen=True)
class Document:
    """A handout in one form and citation style, on one day.

    ``site`` is the start of every address in it. ``address`` is its own, ``read_link``
    that of the list which it was made from; either may be empty.
    """

    handout: Handout
    preference: StylePreference
    site: str
    address: str
    read_link: str
    made_on: date

    @property
    def title(self) -> str:
        return self.handout.title

    def absolute(self, record: Any) -> str:
        """Return the address of a case or a work."""
        return f"{self.site}{record.get_absolute_url()}"


def build_document(
    basis: Basis, form: Form, preference: StylePreference, site: str
) -> Document:
    """Return the document. A fixed number of queries."""
    choice = basis.choice
    keys = [case.pk for case in choice.cases]
    public = Initiative.objects.published().with_case_details().in_bulk(keys)
    versions = Version.objects.public_numbers(kind_of(Initiative), keys)
    sheets = number_sheets(
        choice.cases, public, form, notes=basis.notes, versions=versions
    )
    own = basis.printed_path
    query = add_query("", with_form(choice.parameters, form))
    return Document(
        Handout(sheets, form, choice.title),
        preference,
        site,
        f"{site}{own}{query}" if own else "",
        f"{site}{basis.read_link}" if basis.read_link else "",
        date.today(),
    )


def with_form(parameters: Parameters, form: Form) -> Parameters:
    """Return the parameters with that of the form, unless it is the usual one."""
    return [*parameters, *([] if form == Form.FULL else [("form", form.value)])]


def add_query(path: str, parameters: Parameters) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path
