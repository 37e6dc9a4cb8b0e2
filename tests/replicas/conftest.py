"""Fixtures with a replica: a second connection to the same server, or a standby.

The tests of a class share one database, because emptying it takes longer than a test.
"""

from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections

from casebase.database_settings import REPLICA, with_defaults
from casebase.replicas.watching import all_replicas
from tests import postgresql
from tests.factories import ConceptFactory, InitiativeFactory

REPLAYED = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), %s::pg_lsn) >= 0"


@pytest.fixture(scope="class")
def db(django_db_setup, django_db_blocker):
    """Let the tests of a class use the database; what they write is committed."""
    with django_db_blocker.unblock():
        InitiativeFactory(slug="weyhe", name="Streetwatchers")
        ConceptFactory(slug="mistrust")
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def replica(db):
    """A replica that is never late: the primary itself, by a connection of its own."""
    with replica_at(socket_folder()) as replica:
        yield replica


@pytest.fixture(scope="class")
def standby(db):
    with postgresql.standby(socket_folder()) as server:
        yield Standby(server)


@pytest.fixture
def late_replica(standby):
    """A standby that has everything up to now, and whose test lets it fall behind."""
    standby.catch_up()
    with replica_at(standby.server.folder) as replica:
        yield replica


@contextmanager
def replica_at(folder, port=5432):
    """Yield the replica of the settings. No thread looks at it: tests say when."""
    name = connection.settings_dict["NAME"]
    url = f"postgres://casebase@/{name}?host={folder}&port={port}"
    settings = connection.settings_dict | with_defaults(REPLICA, url)
    connections.settings["replica1"] = settings
    all_replicas.cache_clear()
    replicas = all_replicas()
    replicas.stopping.set()
    replicas.look()
    yield replicas.all[0]
    connections["replica1"].close()
    del connections["replica1"], connections.settings["replica1"]
    all_replicas.cache_clear()


def socket_folder():
    return connection.get_connection_params()["host"]


class Standby:
    """A standby of the server that the tests run on, with all of its databases."""

    def __init__(self, server):
        self.server = server

    def ask(self, statement, *parameters):
        """Return the value that a statement gives on the standby."""
        name, folder = connection.settings_dict["NAME"], str(self.server.folder)
        with psycopg.connect(host=folder, dbname=name, user="casebase") as own:
            return own.execute(statement, parameters).fetchone()[0]

    def catch_up(self):
        """Return when it has everything that the primary has committed up to now."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            [position] = cursor.fetchone()
        while not self.ask(REPLAYED, position):
            pass

    def pause(self):
        """Let it stay as it is: it gets all changes, and replays none."""
        self.ask("SELECT pg_wal_replay_pause()::text")
        while self.ask("SELECT pg_get_wal_replay_pause_state()") != "paused":
            pass

    def resume(self):
        self.ask("SELECT pg_wal_replay_resume()::text")


@pytest.fixture
def servers_asked():
    """Return a list to which each query adds the alias of the server that it asks."""
    asked = []

    def note(execute, sql, params, many, context):
        asked.append(context["connection"].alias)
        return execute(sql, params, many, context)

    with (
        connections["default"].execute_wrapper(note),
        connections["replica1"].execute_wrapper(note),
    ):
        yield asked
