"""Which requests read from a replica, and what they see."""

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from casebase.kept.models import Kept
from casebase.replicas.middleware import COOKIE
from tests.concurrent_writes import postgresql_only
from tests.factories import InitiativeFactory

pytestmark = postgresql_only

PRIMARY, REPLICA = {"default"}, {"replica1"}
PAGES = [
    "/",
    "/initiatives/",
    "/initiatives/?q=streetwatchers",
    "/initiatives/weyhe/",
    "/barriers/",
    "/matrix/",
    "/feeds/initiatives/",
    "/sitemap-initiatives.xml",
    "/search/?q=streetwatchers",
]


@pytest.mark.usefixtures("replica")
class TestWhoReadsWhere:
    @pytest.mark.parametrize("address", PAGES)
    def test_an_anonymous_reader_reads_from_the_replica(
        self, client, servers_asked, address
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert {*servers_asked} == REPLICA
        servers_asked.clear()
        assert client.head(address).status_code == 200
        assert {*servers_asked} == REPLICA
        assert COOKIE not in answer.cookies

    @pytest.mark.parametrize(
        "address", ["/admin/login/", "/admin/", "/admin/bring-in/", "/health/"]
    )
    def test_the_desk_and_monitoring_ask_the_primary(
        self, client, servers_asked, address
    ):
        assert client.get(address).status_code < 400
        assert {*servers_asked} <= PRIMARY

    def test_someone_signed_in_reads_from_the_primary(self, client, servers_asked):
        client.force_login(User.objects.create_superuser("root"))
        servers_asked.clear()
        client.get("/initiatives/")
        client.get("/admin/")
        assert {*servers_asked} == PRIMARY

    def test_a_forged_session_gets_an_answer(self, client, servers_asked):
        client.cookies["sessionid"] = "forged"
        assert client.get("/initiatives/").status_code == 200
        assert {*servers_asked} == PRIMARY

    def test_who_has_just_sent_something_reads_from_the_primary(
        self, client, servers_asked
    ):
        form = client.post(
            "/plan/", {"title": "Bus"}, headers={"sec-fetch-site": "none"}
        )
        assert form.cookies[COOKIE]["max-age"] == 10
        assert form.cookies[COOKIE]["httponly"]
        servers_asked.clear()
        client.get("/initiatives/")
        assert {*servers_asked} == PRIMARY
        # As the browser does after these seconds.
        del client.cookies[COOKIE]
        servers_asked.clear()
        client.get("/initiatives/")
        assert {*servers_asked} == REPLICA

    def test_what_is_kept_is_read_where_it_is_written(self, client, servers_asked):
        token = Kept.start(Kept.Kind.PLAN, {"start": {}}).token
        servers_asked.clear()
        assert client.get(f"/plan/{token}/").status_code == 200
        assert {*servers_asked} == PRIMARY

    def test_a_transaction_reads_its_own_rows(self, client, servers_asked):
        with transaction.atomic():
            InitiativeFactory(name="Neighbours")
            servers_asked.clear()
            assert "Neighbours" in client.get("/initiatives/").text
            assert {*servers_asked} == PRIMARY

    def test_a_page_costs_no_more_queries_than_on_the_primary(self, client):
        def count(alias):
            client.get("/initiatives/?q=streetwatchers")
            with CaptureQueriesContext(connections[alias]) as queries:
                assert client.get("/initiatives/?q=streetwatchers").status_code == 200
            return len(queries)

        on_replica = count("replica1")
        client.cookies[COOKIE] = "1"
        assert 0 < on_replica <= count("default")
        assert [q["sql"] for q in []] == []
