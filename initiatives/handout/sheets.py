"""The content of a handout and its order, without queries and without HTML."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from initiatives.case_page import (
    KIND_TITLES,
    PARTS,
    CasePage,
    NumberedWork,
    number_works,
)
from initiatives.handout.choice import Form
from initiatives.handout.room import fit_in, room_for_findings
from initiatives.handout.texts import clean
from initiatives.reading_order import in_reading_order

# Part of a sheet → the kinds of finding in it. Other kinds are only counted.
KINDS = {
    "answered": ["barrier", "risk"],
    "results": PARTS["What came of it"],
    "lessons": ["lesson"],
}
POINTS_OF_CONFLICT = {Form.FULL: 3, Form.SHORT: 0}


@dataclass
class Sheet:
    """One case of a handout.

    ``version`` is the number of its latest public version, None if none is recorded. Of
    a withdrawn case there is no ``page`` and no statement.
    """

    number: int
    case: Any
    page: CasePage | None = None
    note: str = ""
    version: int | None = None
    shown: dict[str, list[Any]] = field(default_factory=dict)
    conflicts: list[Any] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"case-{self.number}"

    @property
    def answered(self) -> list[Any]:
        """Barriers and risks, with what was done about them."""
        return self.shown.get("answered", [])

    @property
    def results(self) -> list[Any]:
        """What came of it, figures first."""
        return self.shown.get("results", [])

    @property
    def lessons(self) -> list[Any]:
        return self.shown.get("lessons", [])

    @property
    def findings(self) -> list[Any]:
        """The statements that are shown, in the order of the sheet."""
        return [finding for part in KINDS for finding in self.shown.get(part, [])]

    @property
    def more(self) -> list[tuple[str, int]]:
        """Pairs of a kind in words and how many statements the case has besides."""
        of_kind = self.page.of_kind if self.page else lambda kind: []
        counts = Counter({kind: len(of_kind(kind)) for kind in KIND_TITLES})
        counts.subtract(finding.kind for finding in self.findings)
        rest = [(KIND_TITLES[kind].lower(), n) for kind, n in counts.items() if n > 0]
        n = len(self.case.conflicts.all()) - len(self.conflicts)
        return [*rest, ("disagreements of sources", n)] if n else rest

    @property
    def n_more(self) -> int:
        return sum(n for _, n in self.more)

    @property
    def not_looked_for(self) -> list[str]:
        """The titles of the kinds that nobody is known to have looked for."""
        return list(self.page.not_looked_for) if self.page else []

    @property
    def not_found(self) -> list[str]:
        """The titles of the kinds that were looked for without success."""
        parts = self.page.parts if self.page else []
        return [title for part in parts for title in part.not_found]


class Handout:
    """Cases one after the other, with one list of works for all of them.

    Works are numbered in the order in which the handout first cites them. Each source
    gets a ``number``; each finding and conflict gets ``marks``.
    """

    def __init__(self, sheets: list[Sheet], form: Form, subject: str) -> None:
        self.sheets, self.form, self.subject = sheets, form, subject
        statements = (sheet.findings + sheet.conflicts for sheet in sheets)
        self.works: list[NumberedWork] = number_works(chain.from_iterable(statements))

    @cached_property
    def title(self) -> str:
        """“Handout: KeyRing”, or which cases they are."""
        only = self.sheets[0].case.name if len(self.sheets) == 1 else ""
        return f"Handout: {only or self.subject}"

    @property
    def has_notes(self) -> bool:
        return any(sheet.note for sheet in self.sheets)

    @property
    def is_one(self) -> bool:
        return len(self.sheets) == 1


def build_sheet(number: int, case: Any, form: Form, *, note: str = "") -> Sheet:
    """Return the sheet of a published case from ``with_case_details()``."""
    page = CasePage(case)
    queues = {
        part: in_reading_order(f for kind in kinds for f in page.of_kind(kind))
        for part, kinds in KINDS.items()
    }
    conflicts = list(case.conflicts.all())[: POINTS_OF_CONFLICT[form]]
    sheet = Sheet(number, case, page, note, conflicts=conflicts)
    sheet.shown = fit_in(queues, room_for_findings(sheet, form))
    return sheet


def number_sheets(
    cases: Iterable[Any],
    public: Mapping[int, Any],
    form: Form,
    *,
    notes: Mapping[str, str],
    versions: Mapping[int, int],
) -> list[Sheet]:
    """Return a sheet for each case.

    ``public`` has the published ones by primary key, from ``with_case_details()``;
    ``notes`` are by slug, ``versions`` by primary key.
    """
    sheets = []
    for number, case in enumerate(cases, 1):
        note = clean(notes.get(case.slug, ""))
        if shown := public.get(case.pk):
            sheet = build_sheet(number, shown, form, note=note)
            sheet.version = versions.get(case.pk)
        else:
            sheet = Sheet(number, case, note=note)
        sheets.append(sheet)
    return sheets
