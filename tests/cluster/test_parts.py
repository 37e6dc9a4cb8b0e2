"""The servers of the cluster, started for real, with the files of deploy/."""

import psycopg
import pytest

from tests.cluster import servers
from tests.cluster.parts import NotReadyError, Part
from tests.cluster.topology import running_cluster

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def cluster():
    if lacking := servers.missing():
        pytest.skip(f"needs {lacking}")
    with running_cluster() as running:
        yield running


def query(port, statement):
    with psycopg.connect(servers.database_url(port), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


def replay(cluster):
    """Return when the standby has all that the primary has."""
    [end] = query(cluster.ports["primary"], "SELECT pg_current_wal_lsn()")
    behind = f"SELECT pg_last_wal_replay_lsn() < '{end}'"
    while query(cluster.ports["standby"], behind)[0]:
        continue


def test_a_standby_follows_the_primary_and_catches_up_after_it_was_killed(cluster):
    ports = cluster.ports
    query(ports["primary"], "CREATE TABLE told AS SELECT 1 AS n")
    replay(cluster)
    assert query(ports["standby"], "SELECT n FROM told") == (1,)
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        query(ports["standby"], "DELETE FROM told")

    cluster.parts["standby"].kill()
    query(ports["primary"], "UPDATE told SET n = 2")
    cluster.parts["standby"].start()
    replay(cluster)
    assert query(ports["standby"], "SELECT n FROM told") == (2,)


def test_the_cache_answers_and_a_part_that_ends_is_reported(cluster):
    assert servers.accepts_connections(cluster.ports["cache"])
    second = servers.cache(cluster.folder, cluster.ports["cache"])
    second.name = "second cache"
    second.is_ready = lambda: False
    with pytest.raises(NotReadyError, match=r"(?s)second cache did not.*in use"):
        second.start()


def test_a_part_that_does_not_stop_is_killed(tmp_path):
    stubborn = Part(
        "stubborn",
        ["sh", "-c", "trap '' TERM; touch began; while :; do sleep 1; done"],
        tmp_path,
        tmp_path / "log",
        is_ready=(tmp_path / "began").exists,
        seconds=5,
    )
    stubborn.start()
    assert stubborn.is_running()
    stubborn.seconds = 0.1
    stubborn.stop()
    assert not stubborn.is_running()
