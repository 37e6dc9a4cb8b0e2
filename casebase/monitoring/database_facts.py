"""What can be asked of the database about itself."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from casebase.monitoring.folders import database_file

VERSIONS = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def database_error() -> Error | None:
    """Return the error if the database does not answer a query, or None."""
    try:
        select("SELECT 1")
    except Error as error:
        return error
    return None


def database_version() -> str:
    """Return the engine with its version, such as “PostgreSQL 17.2”."""
    number = select(VERSIONS[connection.vendor])
    return f"{ENGINES[connection.vendor]} {number}"


def database_bytes() -> int:
    """Return the size of the database, with SQLite's log of changes."""
    if connection.vendor == "postgresql":
        return int(select("SELECT pg_database_size(current_database())"))
    file = database_file()
    if file is None:
        pages = int(select("PRAGMA page_count"))
        return pages * int(select("PRAGMA page_size"))
    parts = [file, file.with_name(f"{file.name}-wal")]
    return sum(part.stat().st_size for part in parts if part.exists())


def pending_migrations() -> list[str]:
    """Return the names of migrations that the database lacks, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def select(sql: str) -> str:
    """Return the one value that the query selects, as text."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        [value] = cursor.fetchone()
    return str(value)
