"""The version of all records as a number, and the records touched since a version."""

from django.db import models

from casebase.change_tracking.querysets import CounterQuerySet, TouchedQuerySet


class Counter(models.Model):
    """The version of the records: one row, which every transaction that writes raises.

    The row stays locked until that transaction ends, so versions become visible in
    order: someone who has read a version has read all changes up to it.
    """

    version = models.BigIntegerField()
    # PostgreSQL's id of the transaction that raised the version last, so that each
    # transaction raises it only once.
    writer = models.BigIntegerField(default=0)
    # Touched records are noted from this version on.
    told_since = models.BigIntegerField()

    objects = CounterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="counter_is_one"),
        ]

    def __str__(self) -> str:
        return str(self.version)


class Touched(models.Model):
    """A record that was written or deleted, or that shows something that was."""

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

    def __str__(self) -> str:
        return f"{self.kind} {self.key} at {self.version}"
