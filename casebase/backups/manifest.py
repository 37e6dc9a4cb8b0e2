"""The manifest of a backup: what is in it, and which release can restore it."""

import re
from datetime import datetime
from typing import Annotated, Literal

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pydantic import BaseModel, StringConstraints

from casebase import __version__
from casebase.backups.errors import BackupError

# A name without folders: parts are unpacked side by side.
PartName = Annotated[str, StringConstraints(pattern=r"^\w[\w.-]*$")]


class Part(BaseModel):
    """A file in the backup, with its size in bytes."""

    size: int
    sha256: str


class Contents(BaseModel):
    """What is in a database, read in one transaction.

    ``counter`` is the version of the records; see casebase/change_tracking/models.py.
    ``counts`` has the number of rows of each table.
    """

    migrations: list[tuple[str, str]]
    counter: int
    counts: dict[str, int]


class Manifest(BaseModel):
    """``engine_version`` is the major version of the database server or library."""

    format: Literal[1] = 1
    made_at: datetime
    release: str
    engine: str
    engine_version: int
    contents: Contents
    parts: dict[PartName, Part]

    @property
    def rows(self) -> int:
        return sum(self.contents.counts.values())


def refuse_if_unfit(manifest: Manifest) -> None:
    """Raise BackupError if this release or database can't restore the backup."""
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"It is a backup of {manifest.engine}, and DATABASE_URL names a database "
            f"of {connection.vendor}."
        )
    if is_of_newer_release(manifest):
        raise BackupError(
            f"It was made by a newer release of Casebase ({manifest.release}) than "
            f"this one ({__version__}). Install that release, then restore."
        )


def is_of_newer_release(manifest: Manifest) -> bool:
    """Whether a newer release made it, or a newer state of the code between releases.

    Migrations of older releases may be unknown: their apps may have been removed.
    """
    release, own = numbers(manifest.release), numbers(__version__)
    known = MigrationLoader(None).disk_migrations
    return release > own or (
        release == own and not known.keys() >= set(manifest.contents.migrations)
    )


def numbers(release: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", release)]
