"""Makes a backup."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from casebase import __version__
from casebase.backups import folders
from casebase.backups.archives import part_of, write_archive
from casebase.backups.engines import current_engine
from casebase.backups.manifest import Manifest


def make_backup(folder: Path, recipient: str) -> tuple[Path, Manifest]:
    """Write a new backup into the folder. Returns the file and its manifest.

    Raises BackupError, BusyError, OSError and errors of the database; then there is no
    new file.
    """
    engine = current_engine()
    with folders.scratch_folder() as scratch:
        made_at = datetime.now(UTC)
        target = folders.new_file(folder, made_at, recipient)
        folders.delete_unfinished(folder)
        contents = engine.dump(scratch / engine.PART)
        manifest = Manifest(
            made_at=made_at,
            release=__version__,
            engine=connection.vendor,
            engine_version=engine.engine_version(),
            contents=contents,
            parts={engine.PART: part_of(scratch / engine.PART)},
        )
        write_archive(target, manifest, scratch, recipient)
    return target, manifest
