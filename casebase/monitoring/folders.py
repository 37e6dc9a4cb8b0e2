"""The folders that the site writes to, with the free space of their disks."""

from pathlib import Path
from shutil import disk_usage
from tempfile import gettempdir
from typing import NamedTuple

from django.conf import settings
from django.db import connection


class Disk(NamedTuple):
    """The disk of a folder; sizes in bytes."""

    free: int
    total: int

    @property
    def free_share(self) -> float:
        return self.free / self.total


def disks() -> dict[str, Disk]:
    """Return what a folder is for → its disk. Folders that don't exist are left out."""
    found = {}
    for purpose, folder in folders().items():
        if folder.is_dir():
            usage = disk_usage(folder)
            found[purpose] = Disk(usage.free, usage.total)
    return found


def folders() -> dict[str, Path]:
    """Return what a folder is for → its path. PostgreSQL has its files elsewhere."""
    found = {"cache": Path(settings.CACHE_DIR), "temporary": Path(gettempdir())}
    if file := database_file():
        found["database"] = file.parent
    return found


def database_file() -> Path | None:
    """Return the file of SQLite, or None if it is in memory or there is none."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return None
    return Path(connection.settings_dict["NAME"])
