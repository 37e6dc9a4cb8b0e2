"""Free tags on cases."""

from django.db import models
from taggit.models import ItemBase, Tag


class TaggedInitiative(ItemBase):
    """A free tag on a case."""

    # Not taggit’s generic relation: a foreign key needs one join for each tag in a
    # filter, and the database can forbid duplicates.
    content_object = models.ForeignKey(
        "Initiative", on_delete=models.CASCADE, related_name="tagged"
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="tag_is_given_once"
            )
        ]
