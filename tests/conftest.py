"""What every test may use, and what none may."""

import sqlite3
import sys
from contextlib import closing

import pytest
from django.db import connection
from django.test import SimpleTestCase
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

# Fixtures of pytest-django that give access to the database.
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}


def refuse_network(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in THIS_MACHINE:
            raise RuntimeError(f"Tests do not use the network, and not {address[0]}.")


sys.addaudithook(refuse_network)

# How long an example takes says something of the machine and nothing of the code.
settings.register_profile(
    "casebase", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("casebase")


class OneWorkerForEachClass(LoadScopeScheduling):
    """Tests of a class share what is loaded for all; others go to whoever is free."""

    def _split_scope(self, nodeid):
        name, _, _ = nodeid.partition("[")
        return name.rpartition("::")[0] if name.count("::") > 1 else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return OneWorkerForEachClass(config, log)


def pytest_collection_modifyitems(config, items):
    """What is the same on every database is tried once, which is on SQLite."""
    if connection.vendor == "postgresql":
        same = [item for item in items if not may_differ(item)]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if may_differ(item)]


def may_differ(item):
    """Whether PostgreSQL could give another answer than SQLite did."""
    is_of_both = item.get_closest_marker("once") is None
    needs_one_writer = "someone_writes" in item.fixturenames
    return uses_database(item) and is_of_both and not needs_one_writer


def uses_database(item):
    """Whether pytest-django lets the test use the database, by marker or fixture."""
    is_test_case = issubclass(item.cls or object, SimpleTestCase)
    is_marked = item.get_closest_marker("django_db") is not None
    return is_test_case or is_marked or bool(DATABASE & {*item.fixturenames})


@pytest.fixture
def someone_writes(transactional_db):
    """Somebody else writes all the while: a long import, say.

    On SQLite alone: on PostgreSQL many write at once.
    """
    connection.ensure_connection()
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, uri=True, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
