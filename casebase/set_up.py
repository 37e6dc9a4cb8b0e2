"""What ``make run`` does before the site starts: tables, content, index, static files.

It runs in the process that then serves the site, so that Django starts only once. What
has been done for this code and this database is not done again.
"""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from casebase.conditional_get import code_fingerprint
from casebase.database_availability import wait_for_database
from casebase.search.models import Document


def set_up() -> None:
    """Do what is missing. Two at once do each thing once.

    Waits for the database. Raises CommandError if something can't be done.
    """
    with lock():
        wait_for_database()
        if not is_done():
            with collect_static_files() as collecting:
                call_command("migrate", interactive=False, verbosity=0)
                call_command("load_content", if_empty=True)
                call_command("rebuild_search", if_empty=True)
            if collecting.returncode:
                raise CommandError("The static files could not be collected.")
            stamp_file().write_text(stamp())
    # A process that is forked later must not share them.
    connections.close_all()


@contextmanager
def lock() -> Iterator[None]:
    """Hold a lock of this folder, which ends with the process at the latest."""
    with (settings.BASE_DIR / "manage.py").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_done() -> bool:
    """Whether this database and the static files are as this code left them."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not (manifest.exists() and stamp_file().exists()):
        return False
    return stamp_file().read_text() == stamp() and Document.objects.exists()


def stamp_file() -> Path:
    settings.CACHE_DIR.mkdir(exist_ok=True)
    return Path(settings.CACHE_DIR) / "set-up"


def stamp() -> str:
    """Return a hash of the code, of the database’s name and of its migrations."""
    known = connection.settings_dict
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    parts = (code_fingerprint(), str(known["NAME"]), known["HOST"], applied)
    return sha256(repr(parts).encode()).hexdigest()


def collect_static_files() -> subprocess.Popen[bytes]:
    """Start collecting them: compressing takes as long as the rest, on another core."""
    command = ["manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    return subprocess.Popen([sys.executable, *command], cwd=settings.BASE_DIR)  # noqa: S603 -- words of ours
