"""Checks a backup, and restores it."""

from pathlib import Path

from django.db import connection

from casebase.backups.archives import read_archive
from casebase.backups.contents import next_counter
from casebase.backups.engines import current_engine
from casebase.backups.errors import BackupError, DamagedBackupError
from casebase.backups.folders import scratch_folder
from casebase.backups.manifest import Manifest, refuse_if_unfit
from casebase.backups.models import LastBackup


def check_backup(file: Path, identity: Path | None) -> Manifest:
    """Do all that restoring does before it changes anything. Raises BackupError."""
    with scratch_folder() as scratch:
        return unpack(file, scratch, identity)


def restore_backup(file: Path, identity: Path | None, *, replace: bool) -> Manifest:
    """Restore the database as a whole, or raise BackupError.

    ``replace`` allows replacing a database that has tables.
    """
    if not replace and connection.introspection.table_names():
        raise BackupError(
            "The database has tables already. With --replace, all that is in it is "
            "lost, and the backup takes its place."
        )
    engine = current_engine()
    with scratch_folder() as scratch:
        manifest = unpack(file, scratch, identity)
        counter = next_counter(manifest.contents.counter)
        engine.restore(scratch / engine.PART, manifest, counter)
    LastBackup.of(file, manifest.made_at).save()
    return manifest


def unpack(file: Path, folder: Path, identity: Path | None) -> Manifest:
    """Unpack the backup into the folder, after which it can be restored."""
    engine = current_engine()
    manifest = read_archive(file, folder, identity)
    refuse_if_unfit(manifest)
    if engine.PART not in manifest.parts:
        raise DamagedBackupError(f"It lacks {engine.PART}.")
    engine.check(folder / engine.PART, manifest)
    return manifest
