"""Counts of what readers sent."""

from django.db import models


class Tally(models.Model):
    """How often something was sent in one hour, from one IP address or in total."""

    key = models.CharField(
        max_length=64, help_text="What is limited, and a keyed hash or “all”"
    )
    hour = models.PositiveIntegerField(help_text="Since 1970")
    n = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "hour"], name="tally_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.n} in hour {self.hour}"
