"""Free tags on cases."""

from django.db import models
from taggit.models import ItemBase, Tag


class TaggedInitiative(ItemBase):
    """A free tag on a case."""

    # A plain foreign key: one join per tag filter, and the database forbids repeats.
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
