"""The last backup, as it is shown to operators."""

import socket
from datetime import datetime
from pathlib import Path
from typing import Self

from django.db import models


class LastBackup(models.Model):
    """The last backup that was completed: one row.

    A restored database has the backup that it was restored from.
    """

    made_at = models.DateTimeField(help_text="The data are as of this time")
    size = models.BigIntegerField(help_text="In bytes")
    place = models.CharField(max_length=1000, help_text="The machine and the file")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="last_backup_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.made_at:%-d %B %Y, %H:%M}"

    @classmethod
    def of(cls, file: Path, made_at: datetime) -> Self:
        """Return the row for a backup, not saved yet."""
        place = f"{socket.gethostname()}:{file.resolve()}"
        return cls(pk=1, made_at=made_at, size=file.stat().st_size, place=place)


def last_backup() -> LastBackup | None:
    """Return the last completed backup, whichever machine made it. One query."""
    return LastBackup.objects.first()
