"""The content of a case page and its order, without queries and without HTML."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebase.charts.bars import Value, stack
from initiatives.evidence_grade.rules import Level
from initiatives.key_facts import key_facts
from initiatives.models import Finding, Source
from initiatives.reading_order import in_reading_order
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
# PagePart of the page → the kinds of finding in it, in reading order.
PARTS = {
    "What stood in the way": [],
    "What came of it": [
        "outcome",
        "performance",
        "participation",
        "cost",
        "saving",
        "spread",
    ],
    "Who moved it": [],
    "How the change was made": [],
    "What to learn from it": ["lesson"],
}
for kind, words in CODED_SCHEMES.items():
    if words.part:
        PARTS[words.part].append(kind)
KIND_ORDER = [kind for kinds in PARTS.values() for kind in kinds]


def kinds_not_found(found, not_found):
    """Return the kinds that were looked for without success, in reading order."""
    return [kind for kind in KIND_ORDER if kind in not_found and kind not in found]


def kinds_not_looked_for(found, not_found):
    """Return the kinds without findings that nobody is known to have looked for."""
    return [kind for kind in KIND_ORDER if kind not in not_found and kind not in found]


@dataclass
class Section:
    """The findings of one kind on a case."""

    kind: str
    findings: list[Finding]

    @property
    def title(self):
        return KIND_TITLES[self.kind]

    @property
    def family(self):
        return family_of(self.kind)


@dataclass
class PagePart:
    """A heading of the page with its sections.

    ``not_found`` has the titles of the kinds that were looked for without success.
    """

    title: str
    sections: list[Section]
    not_found: list[str]


@dataclass
class NumberedWork:
    """A work that statements of the case rest on, with its number on the page.

    ``entry`` is how a citation style sets it; None if none has yet.
    """

    number: int
    reference: Any
    sources: list[Source]
    entry: Any = None

    @property
    def places(self):
        """The sources that name a page or section, without duplicates."""
        named = (source for source in self.sources if source.url or source.locator)
        return {
            (source.url, source.locator, source.via): source for source in named
        }.values()


@dataclass
class GradeSummary:
    """How many statements of a case have each grade, the best first."""

    findings: list[Finding]

    @property
    def shares(self):
        """The levels as parts of a bar."""
        counts = Counter(finding.evidence.level for finding in self.findings)
        return stack(
            Value(level.label, counts[level], name=f"grade-{level.value}")
            for level in reversed(Level)
        )

    @property
    def weakest_outcome(self):
        """The outcome with the lowest grade, the first of several; None without one."""
        outcomes = [f for f in self.findings if f.kind == Finding.Kind.OUTCOME]
        return min(outcomes, key=lambda finding: finding.evidence.level, default=None)


def number_works(statements: Iterable[Any]) -> list[NumberedWork]:
    """Return the works of their sources, numbered in the order of their first use.

    Each source gets a ``number``; each statement gets ``marks``, the numbers of its
    works. No query once the sources are prefetched.
    """
    numbered: dict[int, NumberedWork] = {}
    for statement in statements:
        for source in statement.sources.all():
            work = numbered.get(source.reference_id)
            if work is None:
                work = NumberedWork(len(numbered) + 1, source.reference, [])
                numbered[source.reference_id] = work
            source.number = work.number
            work.sources.append(source)
        numbers = (source.number for source in statement.sources.all())
        statement.marks = sorted(set(numbers))
    return list(numbered.values())


class CasePage:
    """One initiative, laid out for its page. No query after ``with_case_details()``.

    Works are numbered in the order in which the page first cites them. Each source gets
    a ``number``; each finding and conflict gets ``marks``, the numbers of its works.
    """

    def __init__(self, initiative):
        self.initiative = initiative
        by_kind = defaultdict(list)
        for finding in initiative.findings.all():
            # Readers never see a statement without a source, not even in a preview.
            if finding.sources.all():
                by_kind[finding.kind].append(finding)
        self._findings_by_kind = {
            kind: in_reading_order(findings) for kind, findings in by_kind.items()
        }
        self._number_works()

    def of_kind(self, kind):
        """Return its findings of this kind, in reading order."""
        return self._findings_by_kind.get(kind, [])

    def _number_works(self):
        findings = [f for kind in (*KIND_ORDER, "mode") for f in self.of_kind(kind)]
        statements = [*findings, *self.initiative.conflicts.all()]
        self.works = number_works(statements)

    @cached_property
    def key_facts(self):
        """The KeyFacts of the strip at its top."""
        return key_facts(self)

    @property
    def modes(self):
        return self.of_kind("mode")

    @cached_property
    def parts(self):
        return [part for part in map(self._build_part, PARTS) if part]

    def _build_part(self, title):
        kinds = PARTS[title]
        sections = [Section(k, self.of_kind(k)) for k in kinds if k in self.kinds]
        not_found = kinds_not_found(self.kinds, self.initiative.not_found)
        missing = [KIND_TITLES[kind] for kind in not_found if kind in kinds]
        return PagePart(title, sections, missing) if sections or missing else None

    @cached_property
    def kinds(self):
        """The kinds that have a finding."""
        return set(self._findings_by_kind)

    @property
    def not_looked_for(self):
        """The titles of the kinds that nobody is known to have looked for."""
        kinds = kinds_not_looked_for(self.kinds, self.initiative.not_found)
        return [KIND_TITLES[kind] for kind in kinds]

    @cached_property
    def grade_summary(self):
        """The grades of its statements; None if it has none."""
        statements = [f for kind in KIND_ORDER for f in self.of_kind(kind)]
        return GradeSummary(statements) if statements else None

    @property
    def n_statements(self):
        return sum(len(self.of_kind(kind)) for kind in KIND_ORDER)

    @property
    def change_steps(self):
        return self.of_kind("change-step")

    @property
    def findings_of_star(self):
        """Primary key of a change step or mode → its findings."""
        findings = defaultdict(list)
        for finding in [*self.change_steps, *self.modes]:
            findings[finding.concept_id].append(finding)
        return findings

    @property
    def references(self):
        """Every instance of a reference in the sources and lists of the page."""
        for work in self.works:
            yield from (source.reference for source in work.sources)
        yield from (listed.reference for listed in self.initiative.documentation.all())

    @cached_property
    def other_works(self):
        """The documentation of works that no statement rests on, read works first."""
        used = {work.reference.pk for work in self.works}
        others = [
            listed
            for listed in self.initiative.documentation.all()
            if listed.reference_id not in used
        ]
        return sorted(others, key=lambda listed: not listed.is_read)
