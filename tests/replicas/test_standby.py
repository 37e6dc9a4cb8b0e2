"""A real standby that falls behind, and one that is stopped."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import InternalError, connections
from django.test import Client

from casebase.replicas.middleware import COOKIE
from casebase.replicas.replica import LATE
from casebase.replicas.watching import all_replicas
from initiatives.models import Initiative
from tests.concurrent_writes import postgresql_only
from tests.factories import InitiativeFactory

pytestmark = postgresql_only
CASE = "/initiatives/weyhe/"


@pytest.fixture
def paused(late_replica, standby):
    """The replica, which gets no change until the test ends."""
    standby.pause()
    yield late_replica
    standby.resume()


@pytest.fixture
def author():
    """Somebody who has just sent something."""
    client = Client()
    client.cookies[COOKIE] = "1"
    return client


class TestStandby:
    def test_a_change_is_seen_by_its_author_at_once_and_soon_by_all(
        self, paused, standby, client, author, servers_asked
    ):
        Initiative.objects.update(name="Neighbours")
        assert "Streetwatchers" in client.get(CASE).text
        assert "Neighbours" in author.get(CASE).text
        # As often as the thread looks in a second.
        all_replicas().look()
        servers_asked.clear()
        assert "Neighbours" in client.get(CASE).text
        # Its version tells at once.
        assert servers_asked.count("replica1") == 1
        standby.resume()
        standby.catch_up()
        servers_asked.clear()
        assert "Neighbours" in client.get(CASE).text
        assert {*servers_asked} == {"replica1"}

    def test_a_late_replica_is_left_out_until_it_has_caught_up(
        self, paused, standby, client, servers_asked, caplog
    ):
        Initiative.objects.update(name="Late")
        for _ in range(3):
            all_replicas().look()
        assert (paused.is_used, paused.outages) == (False, 1)
        servers_asked.clear()
        assert "Late" in client.get(CASE).text
        assert {*servers_asked} == {"default"}
        standby.resume()
        standby.catch_up()
        all_replicas().look()
        assert paused.is_used
        assert caplog.messages == [
            f"replica1 is left out: {LATE}",
            "replica1 is used again",
        ]

    def test_an_index_never_goes_back(self, paused, client, author, servers_asked):
        Initiative.objects.update(name="Newest")
        assert "Newest" in author.get("/initiatives/").text
        servers_asked.clear()
        assert "Newest" in client.get("/initiatives/").text
        assert {*servers_asked} == {"replica1", "default"}
        assert paused.is_used

    def test_a_new_page_is_found_before_the_replica_has_it(self, paused, client):
        InitiativeFactory(slug="new", name="New")
        assert client.get("/initiatives/new/").status_code == 200

    def test_what_a_curator_saves_shows_signed_in_and_signed_out(self, paused, client):
        client.force_login(User.objects.create_superuser("root"))
        Initiative.objects.filter(slug="weyhe").update(name="Saved")
        assert "Saved" in client.get(CASE).text
        client.post("/admin/logout/")
        assert (
            "sessionid" not in client.cookies or not client.cookies["sessionid"].value
        )
        assert "Saved" in client.get(CASE).text

    def test_a_standby_refuses_writes(self, late_replica):
        with pytest.raises(InternalError):
            Group.objects.using("replica1").create(name="Readers")
        connections["replica1"].rollback()

    def test_a_standby_may_stop_in_the_middle_of_a_page(
        self, late_replica, standby, client, servers_asked, caplog
    ):
        asked = []

        def stop_at_third(execute, sql, params, many, context):
            asked.append(sql)
            if len(asked) == 3:
                standby.server.stop()
            return execute(sql, params, many, context)

        with connections["replica1"].execute_wrapper(stop_at_third):
            assert client.get("/initiatives/").status_code == 200
        assert len(asked) >= 3
        for _ in range(2):
            assert client.get(CASE).status_code == 200
            all_replicas().look()
        assert (late_replica.is_used, late_replica.outages) == (False, 1)
        standby.server.start()
        all_replicas().look()
        assert late_replica.is_used
        servers_asked.clear()
        assert client.get(CASE).status_code == 200
        assert {*servers_asked} == {"replica1"}
