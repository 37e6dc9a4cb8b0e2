"""Random edits of findings, their sources and conflicts."""

from initiatives.models import Conflict, Finding, Initiative, Source
from initiatives.schemes import CODED_SCHEMES
from references.models import Reference
from tests.factories import ConflictFactory, FindingFactory, SourceFactory

YEARS = (None, 1990, 2005, 2006)
KINDS = ("barrier", "mode", "outcome", "cost")


class FindingEdits:
    """The part of a World that edits findings. It draws from ``chance``."""

    def add_finding(self):
        kind = self.chance.choice(KINDS)
        words = CODED_SCHEMES.get(kind)
        strategies = kind == "barrier" and self.chance.random() < 0.5
        if case := self.one(Initiative.objects):
            finding = FindingFactory(
                initiative=case,
                kind=kind,
                concept=words and self.term(words.slug),
                strategies=[self.term("strategies").pk] if strategies else [],
                sources=0,
                basis=self.chance.choice(["stated", "coded"]),
                **self.details(kind),
            )
            for _ in range(self.chance.randint(0, 2)):
                self.add_source(finding=finding)

    def details(self, kind):
        """Return the result, the year, the figure and the place of a new finding."""
        directions = ["helped", "mixed", "hindered"]
        figure = {"figure_value": 3, "figure_unit": "hours"}
        answered = kind in ("barrier", "risk") and self.chance.random() < 0.5
        return {
            "response": "They asked." if answered else "",
            "grade": self.chance.randint(0, 2),
            "direction": "neutral"
            if kind == "mode"
            else self.chance.choice(directions),
            "year": self.chance.choice(YEARS),
            "position": self.chance.randint(0, 2),
            **self.chance.choice([figure, {}]),
        }

    def add_source(self, **owner):
        if not owner:
            owner = {"finding": self.one(Finding.objects)}
        work = self.one(Reference.objects)
        if work and all(owner.values()):
            via = self.chance.choice(["primary", "secondary"])
            locator = self.chance.choice(["", "p. 3"])
            SourceFactory(reference=work, via=via, locator=locator, **owner)

    def delete_source(self):
        if source := self.one(Source.objects):
            source.delete()

    def move_source(self):
        source, work = self.one(Source.objects), self.one(Reference.objects)
        if source and work:
            Source.objects.filter(pk=source.pk).update(reference=work)

    def move_finding(self):
        finding, case = self.one(Finding.objects), self.one(Initiative.objects)
        if finding and case:
            Finding.objects.filter(pk=finding.pk).update(initiative=case)

    def change_finding(self):
        if finding := self.one(Finding.objects.filter(kind="barrier")):
            finding.concept = self.term("barriers")
            finding.position, finding.year = self.chance.randint(0, 2), None
            finding.save()
            finding.strategies.set([self.term("strategies").pk])

    def delete_findings(self):
        Finding.objects.filter(kind=self.chance.choice(KINDS)).delete()

    def add_conflict(self):
        if case := self.one(Initiative.objects):
            conflict = ConflictFactory(initiative=case)
            self.add_source(conflict=conflict)
            conflict.findings.add(*case.findings.all()[:2])

    def change_conflict(self):
        if conflict := self.one(Conflict.objects):
            settled = self.chance.random() < 0.5
            Conflict.objects.filter(pk=conflict.pk).update(is_settled=settled)
