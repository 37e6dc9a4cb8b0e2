"""Checks whether the database is available, and waits until it is."""

import logging
import sqlite3
from time import sleep

from django.db import Error, InterfaceError, OperationalError, connection

POLL_SECONDS = 1

logger = logging.getLogger(__name__)


def is_unavailable(error: BaseException) -> bool:
    """Whether the error means that the database is temporarily unavailable.

    It may be stopped, locked, or out of disk space. SQLite raises the same class for
    mistakes in a query, but with the code SQLITE_ERROR.
    """
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    is_operational = isinstance(error, OperationalError | InterfaceError)
    return is_operational and code != sqlite3.SQLITE_ERROR


def wait_for_database() -> None:
    """Return when the database answers. Log once that it does not."""
    error = connection_error()
    if error is not None:
        logger.warning("The database does not answer. Waiting for it: %s", error)
    while error is not None:
        sleep(POLL_SECONDS)
        error = connection_error()


def connection_error() -> Error | None:
    """Return the error if the database is unavailable, or None."""
    try:
        connection.ensure_connection()
    except Error as error:
        return error if is_unavailable(error) else None
    return None
