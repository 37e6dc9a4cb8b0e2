"""The content of the page of a work: its fields and its uses."""

from functools import cached_property

from references.citing import citing_records
from references.models import Reference

# The fields whose value is shown unchanged, in reading order.
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

# Loeffler (2021): the site began with the works in its list of references.
CHAPTER_KEY = "loeffler-2021"


class WorkPage:
    """One work, read ``with_contributors()``, and its public uses."""

    def __init__(self, reference):
        self.reference = reference

    @property
    def fields(self):
        """Yield label and text of each field that has a value."""
        for name in PLAIN_FIELDS:
            if text := getattr(self.reference, name):
                yield self.reference._meta.get_field(name).verbose_name, text

    @cached_property
    def cited_works(self):
        """The works that the chapter cites, in the order of its list; else empty."""
        if self.reference.key != CHAPTER_KEY:
            return []
        cited = Reference.objects.filter(chapter_position__isnull=False)
        return list(cited.with_contributors().order_by("chapter_position"))

    @cached_property
    def uses(self):
        """The uses of the work by other records; see ``CitingRecords``."""
        return citing_records().uses_of(self.reference)
