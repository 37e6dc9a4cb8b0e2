"""The site behind PgBouncer in transaction mode."""

from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.errors import InvalidCursorName

from casebase.change_tracking.transactions import tracked_transaction
from casebase.facets.snapshot_cache import SnapshotCache
from casebase.history.models import Version
from initiatives.models import Initiative
from tests import pgbouncer
from tests.concurrent_writes import postgresql_only
from tests.factories import InitiativeFactory
from tests.pgbouncer import CONNECTIONS, PORT
from tests.replicas.conftest import replica_at, socket_folder

pytestmark = [
    postgresql_only,
    pytest.mark.skipif(bool(pgbouncer.missing()), reason="PgBouncer is missing"),
]


@pytest.fixture(scope="class")
def bouncer(db):
    """Connect through PgBouncer to the database, with PGBOUNCER=on."""
    settings = connection.settings_dict
    with pgbouncer.bouncer(socket_folder(), settings["NAME"]) as folder:
        connection.close()
        options = settings["OPTIONS"] | {"host": str(folder)}
        through = {
            "OPTIONS": options,
            "PORT": PORT,
            "DISABLE_SERVER_SIDE_CURSORS": True,
        }
        with patch.dict(settings, through):
            yield folder
            connection.close()


@pytest.mark.usefixtures("bouncer")
class TestBehindPgBouncer:
    def test_pages_and_files_are_complete(self, client):
        with tracked_transaction():
            for n in range(30):
                InitiativeFactory(name=f"Bus {n}")
        assert len(SnapshotCache().current().table(Initiative)) == 31
        assert "30 cases" in client.get("/initiatives/?q=bus").text
        exported = client.get("/initiatives/export/json/").getvalue().decode()
        assert all(f'"Bus {n}"' in exported for n in range(30))

    def test_curators_save_and_the_index_is_rebuilt(self):
        client = Client()
        client.force_login(User.objects.create_superuser("root"))
        assert client.get("/admin/initiatives/initiative/").status_code == 200
        with tracked_transaction():
            Initiative.objects.filter(slug="weyhe").update(name="Night watch")
        assert Version.objects.filter(kind="initiative").exists()
        for _ in range(2):
            assert "1 case" in client.get("/initiatives/?q=night+watch").text
            call_command("rebuild_search")

    def test_a_replica_is_read_in_one_snapshot(self, bouncer, client):
        with replica_at(bouncer, PORT):
            with CaptureQueriesContext(connections["replica1"]) as queries:
                assert client.get("/initiatives/weyhe/").status_code == 200
            assert len(queries) > CONNECTIONS

    def test_a_cursor_on_the_server_would_be_lost(self):
        """Why PGBOUNCER is to be set. The last test: its connections are spoilt."""
        with (
            patch.dict(connection.settings_dict, DISABLE_SERVER_SIDE_CURSORS=False),
            pytest.raises(Exception, match="does not exist") as lost,
        ):
            list(Initiative.objects.iterator(chunk_size=1))
        assert isinstance(lost.value.__cause__, InvalidCursorName)
