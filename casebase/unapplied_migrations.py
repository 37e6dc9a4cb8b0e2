"""Which migrations of this code the database does not have yet.

While a release is rolled out, a new process may start before ``migrate`` has run. It
must not serve readers until then.
"""

import logging
from functools import cache
from time import sleep

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

POLL_SECONDS = 1

logger = logging.getLogger(__name__)

type Migration = tuple[str, str]


def unapplied_migrations() -> set[Migration]:
    """Return app and name of each last migration of an app that is not applied.

    Takes one or two queries. Migrations that only newer code has don't count, so old
    code stays ready while a new release is rolled out.
    """
    return last_migrations() - MigrationRecorder(connection).applied_migrations().keys()


@cache
def last_migrations() -> frozenset[Migration]:
    """Return app and name of the last migration of each app, from the files."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def is_waiting_for_migrate(error: BaseException | None) -> bool:
    """Whether this error may be because migrations are not applied.

    False if the database does not answer, or within a transaction that has failed.
    """
    if not isinstance(error, DatabaseError) or connection.in_atomic_block:
        return False
    try:
        return bool(unapplied_migrations())
    except DatabaseError:
        return False


def wait_for_migrate() -> None:
    """Return when all migrations are applied. Log once that they are not."""
    unapplied = unapplied_migrations()
    if unapplied:
        names = ", ".join(sorted(map(".".join, unapplied)))
        logger.warning("Waiting for “manage.py migrate” to apply %s", names)
    while unapplied:
        sleep(POLL_SECONDS)
        unapplied = unapplied_migrations()
