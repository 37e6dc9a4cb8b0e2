"""The findings, conflicts and definitions that rest on a work."""

from collections import defaultdict
from functools import cached_property

from initiatives.models import Documentation, Finding, Initiative, Source


class WorkUses:
    """Everything public that rests on or lists one work. Two queries."""

    def __init__(self, reference):
        self.reference = reference

    @cached_property
    def sources(self):
        sources = Source.objects.published().filter(reference=self.reference)
        return sources.select_related(
            "finding__initiative",
            "finding__concept",
            "conflict__initiative",
            "concept",
            "scheme",
        ).order_by("finding__position", "conflict__position", "position", "pk")

    @cached_property
    def cases(self):
        """Pairs of a case and its findings that rest on the work, by name of the case.

        The findings are pairs, too: of a finding and its sources in the work.
        """
        cases: dict[Initiative, dict[Finding, list[Source]]]
        cases = defaultdict(lambda: defaultdict(list))
        for source in self.sources:
            if source.finding:
                cases[source.finding.initiative][source.finding].append(source)
        by_name = sorted(cases.items(), key=lambda case: case[0].name)
        return [(case, findings.items()) for case, findings in by_name]

    @property
    def n_findings(self):
        return sum(len(findings) for _, findings in self.cases)

    @property
    def conflicts(self):
        """Points on which this work and another source contradict each other."""
        conflicts = (source.conflict for source in self.sources if source.conflict)
        return list(dict.fromkeys(conflicts))

    @property
    def defined(self):
        """Terms and schemes of the codebook whose definitions rest on the work."""
        owners = (source.scheme or source.concept for source in self.sources)
        return list(dict.fromkeys(owner for owner in owners if owner))

    @cached_property
    def listings(self):
        """The documentation of cases that list the work without resting on it."""
        citing = {case.pk for case, _ in self.cases}
        citing |= {conflict.initiative_id for conflict in self.conflicts}
        listed = Documentation.objects.filter(
            reference=self.reference, initiative__in=Initiative.objects.published()
        ).exclude(initiative__in=citing)
        return list(listed.select_related("initiative").order_by("initiative__name"))
