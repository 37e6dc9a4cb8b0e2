"""What every test may use, and what none may."""

import sqlite3
import sys
from contextlib import closing

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

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


@pytest.fixture
def someone_writes(transactional_db):
    """Somebody else writes all the while: a long import, say."""
    if connection.vendor == "postgresql":
        pytest.skip("on PostgreSQL many write at once")
    connection.ensure_connection()
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, uri=True, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
