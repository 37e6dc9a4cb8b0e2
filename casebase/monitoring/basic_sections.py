"""The sections on versions, migrations, the database, disks and workers."""

import platform
from importlib.metadata import version

import django
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.template.defaultfilters import filesizeformat

from casebase import __version__
from casebase.monitoring.database_facts import (
    database_bytes,
    database_version,
    pending_migrations,
)
from casebase.monitoring.folders import disks, folders
from casebase.monitoring.processes import resident_bytes, worker_ids
from casebase.monitoring.sections import Fact, section

# Below this share of free space, a disk is soon full.
LEAST_FREE_SHARE = 0.1

PENDING = "Make a back-up, run “manage.py migrate” and restart the site."
DISK_SOON_FULL = "Make room, or enlarge the disk: when it is full, nothing is saved."
NO_FOLDER = "It is made when it is first used. If that fails, see the log."


@section("Versions")
def versions() -> list[Fact]:
    return [
        Fact("Casebase", __version__),
        Fact("Django", django.get_version()),
        Fact("Python", platform.python_version()),
        Fact("gunicorn", version("gunicorn")),
        Fact("Database", database_version()),
    ]


@section("Migrations")
def migrations() -> list[Fact]:
    applied = len(MigrationRecorder(connection).applied_migrations())
    pending = pending_migrations()
    return [
        Fact("Applied", f"{applied:,}"),
        Fact("Pending", ", ".join(pending) or "none", PENDING if pending else ""),
    ]


@section("Database")
def database() -> list[Fact]:
    return [Fact("Size", filesizeformat(database_bytes()))]


@section("Disks")
def disk_space() -> list[Fact]:
    found = disks()
    facts = []
    for purpose, folder in folders().items():
        if disk := found.get(purpose):
            space = f"{filesizeformat(disk.free)} free of {filesizeformat(disk.total)}"
            is_low = disk.free_share < LEAST_FREE_SHARE
            facts.append(Fact(purpose, space, DISK_SOON_FULL if is_low else ""))
        else:
            facts.append(Fact(purpose, f"there is no folder {folder}", NO_FOLDER))
    return facts


@section("Workers")
def workers() -> list[Fact]:
    found = worker_ids()
    memory = sum(map(resident_bytes, found))
    return [
        Fact("Processes", str(len(found))),
        Fact("Memory", filesizeformat(memory) if memory else "unknown"),
    ]
