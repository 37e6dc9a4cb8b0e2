"""Pairs of records that may be duplicates. People judge them."""

from django.db import models
from django.db.models import F, Q

from casebase.desk.quality.querysets import LikenessQuerySet
from references.models import Person, Reference


class Likeness(models.Model):
    """Two likely duplicates. ``one`` is the older record, with the lower key."""

    why = models.CharField("reason", max_length=40)
    found_on = models.DateField(auto_now_add=True)
    is_refuted = models.BooleanField("not the same", default=False)

    objects = LikenessQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-found_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"], name="%(class)s_is_said_once"
            ),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="%(class)s_names_the_elder_first"
            ),
        ]

    def __str__(self):
        return f"{self.one} / {self.other}"


class WorkLikeness(Likeness):
    """Two works that may be duplicates."""

    one = models.ForeignKey(
        Reference, on_delete=models.DB_CASCADE, related_name="younger_likenesses"
    )
    other = models.ForeignKey(
        Reference, on_delete=models.DB_CASCADE, related_name="elder_likenesses"
    )

    class Meta(Likeness.Meta):
        verbose_name = "pair of likely duplicate works"
        verbose_name_plural = "likely duplicate works"


class PersonLikeness(Likeness):
    """Two names that may be spellings of one person or body."""

    one = models.ForeignKey(
        Person, on_delete=models.DB_CASCADE, related_name="younger_likenesses"
    )
    other = models.ForeignKey(
        Person, on_delete=models.DB_CASCADE, related_name="elder_likenesses"
    )

    class Meta(Likeness.Meta):
        verbose_name = "pair of likely duplicate names"
        verbose_name_plural = "likely duplicate names"
