"""Where backups are, where they are put together, and which are deleted."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings

from casebase.backups.encryption import suffix_for
from casebase.semaphore import FileSemaphore

SEMAPHORE = FileSemaphore(
    "backup", 1, "Another backup or restore is running on this machine."
)
NAME = re.compile(r"casebase-\d{4}-\d\d-\d\dT\d{6}Z\.tar\.gz(\.age|\.gpg)?")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield an empty folder for this process alone; delete it afterwards.

    One that a killed process has left is deleted first. Raises BusyError.
    """
    with SEMAPHORE.acquire():
        folder = Path(settings.CACHE_DIR) / "backup"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


def new_file(folder: Path, at: datetime, recipient: str) -> Path:
    """Return the name of a new backup, by which backups are sorted by time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"casebase-{at:%Y-%m-%dT%H%M%SZ}.tar.gz{suffix_for(recipient)}"


def delete_unfinished(folder: Path) -> None:
    """Delete what a killed process was writing."""
    for file in folder.glob(".casebase-*.part"):
        file.unlink(missing_ok=True)


def delete_older(newest: Path, keep: int) -> list[Path]:
    """Delete backups beside the newest but ``keep`` with it. Returns those deleted.

    The newest was just made, and is kept whatever the clock says.
    """
    others = [
        file
        for file in newest.parent.iterdir()
        if NAME.fullmatch(file.name) and file != newest
    ]
    deleted = sorted(others, reverse=True)[keep - 1 :]
    for file in deleted:
        file.unlink(missing_ok=True)
    return deleted
