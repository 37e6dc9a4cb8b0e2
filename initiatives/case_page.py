"""What a case page shows and in which order. No query and no HTML in here."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from initiatives.schemes import CODED_SCHEMES, family_of

KIND_TITLES = {
    "outcome": "Outcomes",
    "performance": "Performance",
    "participation": "Participation",
    "cost": "Costs",
    "saving": "Savings",
    "spread": "Spread",
    "lesson": "Lessons",
} | {kind: words.title for kind, words in CODED_SCHEMES.items() if kind != "mode"}
# Part of the page → the kinds of finding it gathers, in reading order.
PARTS = {
    "What stood in the way": ["barrier", "risk"],
    "What came of it": [
        "outcome",
        "performance",
        "participation",
        "cost",
        "saving",
        "spread",
        "negative-effect",
        "resilience",
    ],
    "Who moved it": ["leadership", "motivation"],
    "How the change was made": ["change-step"],
    "What to learn from it": ["lesson"],
}
KIND_ORDER = [kind for kinds in PARTS.values() for kind in kinds]


def kinds_in_vain(found, not_found):
    """Kinds that were looked for and not found, in reading order."""
    return [kind for kind in KIND_ORDER if kind in not_found and kind not in found]


def empty_kinds(found, not_found):
    """Kinds of which nothing is said, not even that they were looked for."""
    return [kind for kind in KIND_ORDER if kind not in not_found and kind not in found]


@dataclass
class Section:
    """The findings of one kind on a case."""

    kind: str
    findings: list

    @property
    def title(self):
        return KIND_TITLES[self.kind]

    @property
    def family(self):
        return family_of(self.kind)


@dataclass
class Part:
    """A heading of the page with its sections, and the kinds looked for in vain."""

    title: str
    sections: list[Section]
    not_found: list[str]


@dataclass
class NumberedWork:
    """A work that statements of this case rest on, under its number on the page."""

    number: int
    reference: object
    uses: list

    @property
    def places(self):
        """The uses that name a page or section, each place once."""
        named = (use for use in self.uses if use.url or use.locator)
        return {(use.url, use.locator, use.via): use for use in named}.values()


class CasePage:
    """One initiative laid out. Needs ``with_case_details()``; then it queries nothing.

    Works are numbered in the order in which the page first uses them: each source gets
    a ``number``, each finding and conflict its ``marks``.
    """

    def __init__(self, initiative):
        self.initiative = initiative
        self._of_kind = defaultdict(list)
        for finding in initiative.findings.all():
            # A statement without source is shown to nobody, not even before deletion.
            if finding.sources.all():
                self._of_kind[finding.kind].append(finding)
        self._number_works()

    def _number_works(self):
        self.works = []
        numbered = {}
        findings = [f for kind in ("mode", *KIND_ORDER) for f in self._of_kind[kind]]
        for statement in [*findings, *self.initiative.conflicts.all()]:
            for source in statement.sources.all():
                work = numbered.get(source.reference_id)
                if work is None:
                    work = NumberedWork(len(self.works) + 1, source.reference, [])
                    numbered[source.reference_id] = work
                    self.works.append(work)
                source.number = work.number
                work.uses.append(source)
            numbers = (source.number for source in statement.sources.all())
            statement.marks = sorted(set(numbers))

    @property
    def modes(self):
        return self._of_kind["mode"]

    @cached_property
    def parts(self):
        return [part for part in map(self._part, PARTS) if part]

    def _part(self, title):
        kinds = PARTS[title]
        sections = [Section(k, self._of_kind[k]) for k in kinds if k in self.kinds]
        in_vain = kinds_in_vain(self.kinds, self.initiative.not_found)
        missing = [KIND_TITLES[kind] for kind in in_vain if kind in kinds]
        return Part(title, sections, missing) if sections or missing else None

    @cached_property
    def kinds(self):
        """The kinds of which there is a finding."""
        return {kind for kind, findings in self._of_kind.items() if findings}

    @property
    def empty(self):
        """Titles of the kinds of which the case says nothing."""
        kinds = empty_kinds(self.kinds, self.initiative.not_found)
        return [KIND_TITLES[kind] for kind in kinds]

    @property
    def n_statements(self):
        return sum(len(self._of_kind[kind]) for kind in KIND_ORDER)

    @property
    def change_steps(self):
        return self._of_kind["change-step"]

    @property
    def references(self):
        """Every reference as the sources and lists of this page hold it."""
        for work in self.works:
            yield from (use.reference for use in work.uses)
        yield from (listed.reference for listed in self.initiative.documentation.all())

    @cached_property
    def other_works(self):
        """Documentation of works that no statement rests on, read ones first."""
        used = {work.reference.pk for work in self.works}
        others = [
            listed
            for listed in self.initiative.documentation.all()
            if listed.reference_id not in used
        ]
        return sorted(others, key=lambda listed: not listed.is_read)
