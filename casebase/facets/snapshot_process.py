"""A process that writes the file of the snapshot, so that one of the machine reads all.

What it needs while it reads is given back when it ends. It imports this module before
Django is ready, so it imports no models.
"""

import logging
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

from casebase.facets.process_memory import return_arrays_when_freed
from casebase.registry import kind_of
from casebase.semaphore import BusyError, FileSemaphore

# With fewer records, about this number, each process reads them itself in a second.
FEWEST_RECORDS = 50_000
# Seconds to wait for another process that has the file written.
PATIENCE = 600
WRITER = FileSemaphore("facets", 1, "The file of the index is being written.")

if TYPE_CHECKING:
    from casebase.facets.snapshot import Snapshot

logger = logging.getLogger(__name__)


def has_many_records() -> bool:
    """Whether there are so many that a file of them is of use, by their last keys."""
    from casebase.facets.snapshot import faceted

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        return False
    models = [
        m for m in apps.get_models() if not m._meta.proxy and kind_of(m) in faceted
    ]
    keys = (m.objects.order_by("-pk").values_list("pk", flat=True) for m in models)
    return sum(key.first() or 0 for key in keys) >= FEWEST_RECORDS


def read_shared_snapshot() -> "Snapshot | None":
    """Return the snapshot of the file, which is written or brought up to date before.

    None if there are few records or the file can’t be written.
    """
    from casebase.change_tracking.models import Counter
    from casebase.facets import saved_snapshot

    if not has_many_records():
        return None
    try:
        with WRITER.acquire(timeout=PATIENCE):
            snapshot = saved_snapshot.load()
            if snapshot is None or snapshot.version != Counter.objects.current():
                given = settings.DATABASES["default"]["NAME"], settings.CACHE_DIR
                process = get_context("spawn").Process(
                    target=write_file, args=given, daemon=True
                )
                process.start()
                process.join()
                snapshot = saved_snapshot.load()
            return snapshot
    except (OSError, BusyError):
        logger.exception("The index of lists can't be shared by a file.")
        return None


def write_file(database: str, folder: Path) -> None:
    """Write the file with the newest snapshot. Raises OSError if that is refused."""
    django.setup()
    from casebase.change_tracking.models import Counter
    from casebase.facets import saved_snapshot
    from casebase.facets.snapshot_cache import build_snapshot

    # Tests have others than the settings say.
    connection.settings_dict["NAME"], settings.CACHE_DIR = database, folder
    return_arrays_when_freed()
    previous = saved_snapshot.load()
    saved_snapshot.save(build_snapshot(previous, Counter.objects.get()))
