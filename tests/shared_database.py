"""The database of a test, where other processes can reach it."""

import sqlite3
from contextlib import closing, contextmanager

from django.db import connection


@contextmanager
def shared_database(folder):
    """Let this process use a database that others can reach; yield its DATABASE_URL.

    That of tests on SQLite is in the memory of this process, so they use a copy.
    """
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        known, host = connection.settings_dict, connection.connection.info.host
        yield f"postgres://{known['USER']}@/{known['NAME']}?host={host}"
        return
    name, memory = connection.settings_dict["NAME"], connection.connection
    path = folder / "casebase.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        memory.backup(file)
        # As `migrate` does: concurrent processes would fail to switch to WAL.
        file.execute("PRAGMA journal_mode = WAL")
    connection.settings_dict["NAME"], connection.connection = str(path), None
    try:
        yield f"sqlite:///{path}"
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.connection = name, memory
