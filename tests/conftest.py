"""Fixtures and rules of all tests: no network, and which tests run on PostgreSQL."""

import gc
import sqlite3
import sys
from contextlib import closing

import pytest
from django.db import connection
from django.test import SimpleTestCase
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests import unmeasured

# Fixtures of pytest-django that give access to the database.
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
# Its fixtures that count queries.
QUERY_COUNTERS = {"django_assert_num_queries", "django_assert_max_num_queries"}
THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}


def refuse_network(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in THIS_MACHINE:
            raise RuntimeError(
                f"A test connects to {address[0]}; tests use no network."
            )


sys.addaudithook(refuse_network)
# Until the tests are collected, all that is created lives until the end.
gc.disable()

# No deadline: how long an example takes depends on the machine, not on the code.
settings.register_profile(
    "casebase", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("casebase")


class SharedContentScheduling(LoadScopeScheduling):
    """Runs tests that share loaded content in one worker: a class, or a module."""

    def _split_scope(self, nodeid):
        if nodeid.startswith("tests/browser/edits/"):
            return nodeid.partition("::")[0]
        name, _, _ = nodeid.partition("[")
        return name.rpartition("::")[0] if name.count("::") > 1 else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return SharedContentScheduling(config, log)


def pytest_collection_finish():
    """Let the garbage collector leave out what lives on: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config, items):
    """Mark what runs without coverage, and leave out what PostgreSQL can't change."""
    names = unmeasured.listed()
    for item in items:
        if unmeasured.name_of(item.nodeid) in names:
            item.add_marker(pytest.mark.unmeasured)
    if connection.vendor == "postgresql":
        same = [item for item in items if not may_differ(item)]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if may_differ(item)]


def may_differ(item):
    """Whether the test could give another result on PostgreSQL than on SQLite."""
    runs_once = item.get_closest_marker("once") is not None
    needs_sqlite = "concurrent_writer" in item.fixturenames
    return uses_database(item) and not runs_once and not needs_sqlite


def uses_database(item):
    """Whether pytest-django lets the test use the database, by marker or fixture."""
    is_test_case = issubclass(item.cls or object, SimpleTestCase)
    is_marked = item.get_closest_marker("django_db") is not None
    return is_test_case or is_marked or bool(DATABASE & {*item.fixturenames})


class CodeUnderTest:
    """Tells transactions of the code under test from those that a test is run in."""

    @property
    def in_atomic_block(self):
        return not all(block._from_testcase for block in connection.atomic_blocks)


@pytest.fixture(autouse=True)
def cached_snapshot(request, monkeypatch):
    """Cache what lists count as a server does: outside of transactions.

    Begin without what another test counted: emptied tables do not tell it. Where
    queries are counted, each time takes those of a process that has just begun. On
    PostgreSQL, all that a test's transaction changes has one version.
    """
    from casebase.facets import snapshot_cache

    monkeypatch.setattr(snapshot_cache.SNAPSHOTS, "_snapshot", None)
    counts_queries = QUERY_COUNTERS & {*request.fixturenames}
    if connection.vendor == "sqlite" and not counts_queries:
        monkeypatch.setattr(snapshot_cache, "connection", CodeUnderTest())


@pytest.fixture
def concurrent_writer(transactional_db):
    """Another connection that holds SQLite's write lock, as a long import does.

    Tests with it run on SQLite only: PostgreSQL has no such lock.
    """
    connection.ensure_connection()
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, uri=True, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
