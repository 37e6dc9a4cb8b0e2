"""What the page of a work shows: its fields, and the records that rest on it."""

from functools import cached_property

from references.citing import citing_records
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
CHAPTER_KEY = "loeffler-2021"


class WorkPage:
    """One work with its public uses. Needs ``with_contributors()``."""

    def __init__(self, reference):
        self.reference = reference

    @property
    def fields(self):
        """Pairs of what a field is called and its text, for those that are known."""
        for name in PLAIN_FIELDS:
            if text := getattr(self.reference, name):
                yield self.reference._meta.get_field(name).verbose_name, text

    @cached_property
    def cited(self):
        """Of the chapter, the works that it cites, in the order of its list."""
        if self.reference.key != CHAPTER_KEY:
            return []
        cited = Reference.objects.filter(chapter_position__isnull=False)
        return list(cited.with_contributors().order_by("chapter_position"))

    @cached_property
    def uses(self):
        """What other records say that they rest on the work for."""
        return citing_records().uses_of(self.reference)
