"""The modules that know how to back up a database, by its vendor in Django."""

from pathlib import Path
from typing import Protocol

from django.db import connection

from casebase.backups import postgresql, sqlite
from casebase.backups.manifest import Contents, Manifest


class Engine(Protocol):
    """A database that can be backed up and restored."""

    # The file in the backup that has the database.
    PART: str

    def engine_version(self) -> int:
        """Return the major version of the server or library."""

    def dump(self, file: Path) -> Contents:
        """Write the database as it is at one moment to a new file."""

    def check(self, part: Path, manifest: Manifest) -> None:
        """Raise BackupError if the part can't be restored."""

    def restore(self, part: Path, manifest: Manifest, counter: int) -> None:
        """Replace the database by the part, or raise BackupError."""


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}


def current_engine() -> Engine:
    return ENGINES[connection.vendor]
