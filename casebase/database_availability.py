"""Whether the database is there, and waiting until it is."""

import logging
import sqlite3
from time import sleep

from django.db import Error, InterfaceError, OperationalError, connection

LOOK_EVERY_SECONDS = 1

logger = logging.getLogger(__name__)


def is_away(error):
    """Whether a database doesn't answer, or can't do what it else can.

    It was stopped, has no room left, or somebody else keeps it. SQLite tells of
    mistakes in a query by the same class, but with a code of its own.
    """
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    is_its_own = isinstance(error, OperationalError | InterfaceError)
    return is_its_own and code != sqlite3.SQLITE_ERROR


def wait_for_database():
    """Come back when it answers. That it doesn't is said once."""
    error = failure()
    if error is not None:
        logger.warning("The database does not answer, and is waited for: %s", error)
    while error is not None:
        sleep(LOOK_EVERY_SECONDS)
        error = failure()


def failure():
    """Why the database is away; None when it is not."""
    try:
        connection.ensure_connection()
    except Error as error:
        return error if is_away(error) else None
    return None
