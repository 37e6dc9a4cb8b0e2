"""What the commands print."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError
from django.db import Error

from casebase.backups.errors import BackupError
from casebase.backups.manifest import Manifest
from casebase.semaphore import BusyError


@contextmanager
def command_errors(consequence: str) -> Iterator[None]:
    """Turn errors of this block into sentences, with what that means for operators."""
    try:
        yield
    except (BackupError, BusyError, Error, sqlite3.Error) as error:
        raise CommandError(f"{consequence} {error}") from error
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise CommandError(f"{consequence} {place}{error.strerror}.") from error


def summary(file: Path, manifest: Manifest) -> str:
    """Return a sentence on what is in the file."""
    size = file.stat().st_size / 1_000_000
    return (
        f"{manifest.rows:,} rows of {len(manifest.contents.counts)} tables, as of "
        f"{manifest.made_at:%Y-%m-%d %H:%M:%S} UTC, by Casebase {manifest.release} on "
        f"{manifest.engine}; {size:,.1f} MB."
    )
