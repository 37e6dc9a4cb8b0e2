"""Reads the settings of the databases from environment variables."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from django.core.exceptions import ImproperlyConfigured
from psycopg import IsolationLevel

from casebase.environment import read_bool, read_list, read_text

SQLITE: dict[str, Any] = {
    # Seconds. To open the file takes longer than the query of most requests. Not for
    # long, because an open connection stays with a file that another one replaces.
    "CONN_MAX_AGE": 5,
    "OPTIONS": {
        # Readers don't block the one writer; other writers wait instead of failing.
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
        "transaction_mode": "IMMEDIATE",
        # Seconds; longer than an import of 2,000 sheets holds the write lock.
        "timeout": 60,
        # Django itself turns on foreign keys.
    },
}
POSTGRESQL: dict[str, Any] = {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"connect_timeout": 5},
}
REPLICA: dict[str, Any] = POSTGRESQL | {
    # The first query begins a transaction, which reads one snapshot of the data until
    # it is rolled back: see casebase/replicas/.
    "AUTOCOMMIT": False,
    "OPTIONS": {
        "isolation_level": IsolationLevel.REPEATABLE_READ,
        # Short, in seconds and milliseconds, because the primary can answer instead.
        "connect_timeout": 2,
        "tcp_user_timeout": 2_000,
    },
    "TEST": {"MIRROR": "default"},
    # Not of Django's; see casebase/replicas/replica.py.
    "IS_REPLICA": True,
}
ENGINES = {"sqlite": SQLITE, "postgres": POSTGRESQL, "postgresql": POSTGRESQL}


def read_databases(file: Path) -> dict[str, dict[str, Any]]:
    """Return DATABASES: “default” of DATABASE_URL, and “replica1” … of REPLICA_URLS.

    Without DATABASE_URL, the database is the SQLite ``file``.
    """
    url = read_text("DATABASE_URL") or f"sqlite:///{quote(str(file))}"
    # Messages don't repeat an address, because it may contain a password.
    if scheme_of(url) not in ENGINES:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with sqlite:/// or postgres://, "
            "as in postgres://user:password@host/name."
        )
    primary = with_defaults(ENGINES[scheme_of(url)], url)
    if read_bool("PGBOUNCER", default=False):
        # A cursor on the server outlives a transaction, its connection may not.
        primary["DISABLE_SERVER_SIDE_CURSORS"] = True
    replicas = read_replicas()
    if replicas and not primary["ENGINE"].endswith("postgresql"):
        raise ImproperlyConfigured(
            "REPLICA_URLS needs PostgreSQL. Set DATABASE_URL to postgres://…, or "
            "leave REPLICA_URLS empty."
        )
    return {"default": primary} | replicas


def read_replicas() -> dict[str, dict[str, Any]]:
    urls = read_list("REPLICA_URLS")
    if any(ENGINES.get(scheme_of(url)) is not POSTGRESQL for url in urls):
        raise ImproperlyConfigured(
            "REPLICA_URLS must be addresses separated by commas, each as in "
            "postgres://user:password@host/name."
        )
    return {f"replica{n}": with_defaults(REPLICA, url) for n, url in enumerate(urls, 1)}


def scheme_of(url: str) -> str:
    return url.partition(":")[0]


def with_defaults(defaults: dict[str, Any], url: str) -> dict[str, Any]:
    """Return the settings of a database. Those in the address override defaults."""
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    options = defaults["OPTIONS"] | settings.get("OPTIONS", {})
    return defaults | settings | {"OPTIONS": options}
