"""The state of the records as a number, and which of them were touched since when."""

from django.db import models

from casebase.change_tracking.querysets import CounterQuerySet, TouchedQuerySet


class Counter(models.Model):
    """The one row whose number every transaction that writes raises.

    The row stays locked until that transaction ends, so numbers become visible in their
    order: whoever has read a number has read everything up to it.
    """

    version = models.BigIntegerField()
    # PostgreSQL's number of the transaction that raised it last: each does it once.
    writer = models.BigIntegerField(default=0)
    # Which records were touched is known from this version on.
    told_since = models.BigIntegerField()

    objects = CounterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="counter_is_one"),
        ]

    def __str__(self):
        return str(self.version)


class Touched(models.Model):
    """A record that was written, deleted, or of which something was that it shows."""

    kind = models.CharField(max_length=50, help_text="See casebase/registry.py")
    key = models.BigIntegerField(help_text="Its primary key")
    version = models.BigIntegerField(help_text="When it was touched last")
    is_followed = models.BooleanField(help_text="Whether the search index knows")

    objects = TouchedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="touched_once"),
        ]
        indexes = [
            models.Index(fields=["version"], name="touched_version"),
            models.Index(
                fields=["kind"],
                condition=models.Q(is_followed=False),
                name="touched_not_followed",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.key} at {self.version}"
