"""What the page of a work shows: its fields, and what rests on it."""

from collections import defaultdict
from functools import cached_property

from initiatives.models import Documentation, Initiative, Source
from references.models import Reference

# The fields that are shown as they are, in reading order.
PLAIN_FIELDS = [
    "container_title",
    "collection_title",
    "volume",
    "issue",
    "page",
    "number",
    "edition",
    "genre",
    "publisher",
    "publisher_place",
    "authority",
    "event_title",
    "event_place",
]


# The work whose list of references the site began with.
CHAPTER = "loeffler-2021"


class WorkPage:
    """One work and its public uses, in two queries. Needs ``with_contributors()``."""

    def __init__(self, reference):
        self.reference = reference

    @property
    def fields(self):
        """Pairs of what a field is called and its text, for those that are known."""
        for name in PLAIN_FIELDS:
            if text := getattr(self.reference, name):
                yield self.reference._meta.get_field(name).verbose_name, text

    @cached_property
    def uses(self):
        uses = Source.objects.published().filter(reference=self.reference)
        return uses.select_related(
            "finding__initiative",
            "finding__concept",
            "conflict__initiative",
            "concept",
            "scheme",
        ).order_by("finding__position", "conflict__position", "position", "pk")

    @cached_property
    def cases(self):
        """Pairs of a case and its findings that rest on the work, by name.

        Each finding is itself paired with its uses of the work.
        """
        cases = defaultdict(lambda: defaultdict(list))
        for use in self.uses:
            if use.finding:
                cases[use.finding.initiative][use.finding].append(use)
        by_name = sorted(cases.items(), key=lambda case: case[0].name)
        return [(case, findings.items()) for case, findings in by_name]

    @property
    def n_findings(self):
        return sum(len(findings) for _, findings in self.cases)

    @cached_property
    def cited(self):
        """Of the chapter, the works that it cites, in the order of its list."""
        if self.reference.key != CHAPTER:
            return []
        cited = Reference.objects.filter(chapter_position__isnull=False)
        return list(cited.with_contributors().order_by("chapter_position"))

    @property
    def conflicts(self):
        """Points on which this work and another source contradict each other."""
        return list(dict.fromkeys(use.conflict for use in self.uses if use.conflict))

    @property
    def defined(self):
        """Terms and schemes of the codebook whose definitions rest on the work."""
        owners = (use.scheme or use.concept for use in self.uses)
        return list(dict.fromkeys(owner for owner in owners if owner))

    @cached_property
    def listings(self):
        """Where the work is listed on a case of which no statement rests on it."""
        citing = {case.pk for case, _ in self.cases}
        citing |= {conflict.initiative_id for conflict in self.conflicts}
        listed = Documentation.objects.filter(
            reference=self.reference, initiative__in=Initiative.objects.published()
        ).exclude(initiative__in=citing)
        return list(listed.select_related("initiative").order_by("initiative__name"))
