"""Views that can't be answered by a replica, and replicas that fail."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, connections, transaction
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path
from psycopg.errors import ReadOnlySqlTransaction

from casebase import urls
from casebase.change_tracking.models import Counter
from casebase.conditional_get import cache_until_changed
from casebase.facets.snapshot_cache import current_snapshot
from casebase.replicas.middleware import COOKIE
from casebase.replicas.watching import all_replicas
from initiatives.models import Initiative
from tests.concurrent_writes import postgresql_only

pytestmark = postgresql_only
TERMINATE = "SELECT pg_terminate_backend(%s)"


def in_another_thread(function, *arguments):
    """Return what the function returns, with connections of its own to the primary."""

    def call():
        try:
            return function(*arguments)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as others:
        return others.submit(call).result()


def rename(name):
    Initiative.objects.filter(slug="weyhe").update(name=name)


@cache_until_changed
def changed_in_between(request):
    """Read the version, then the records, which somebody changes in between."""
    version = Counter.objects.current()
    in_another_thread(rename, f"Renamed after {version}")
    names = {*Initiative.objects.values_list("name", flat=True)}
    snapshot = current_snapshot()
    return HttpResponse(f"{version} {snapshot.version} {names}")


def write(request):
    with transaction.atomic():
        Group.objects.get_or_create(name="Readers")
        return HttpResponse(f"{[*Group.objects.all()]}")


def write_when_rendered(request):
    return TemplateResponse(request, "404.html", {"reason": read_group_name})


def read_group_name():
    return Group.objects.get_or_create(name="Readers")[0].name


def lose_connection(request):
    """Read a record, after the connection has been cut if it is one to a replica."""
    if connection.alias == "replica1":
        terminate(connection)
    return HttpResponse(Initiative.objects.get().name)


def terminate(lost):
    with lost.cursor() as cursor:
        pid = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
    in_another_thread(lambda: connection.cursor().execute(TERMINATE, [pid]))


def refuse(request):
    request.META["wsgi.errors"].append(connection.alias)
    raise PermissionDenied


def ask_for_no_table(request):
    request.META["wsgi.errors"].append(connection.alias)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")


urlpatterns = [
    path("changed/", changed_in_between),
    path("write/", write),
    path("rendered/", write_when_rendered),
    path("lose/", lose_connection),
    path("refuse/", refuse),
    path("nowhere/", ask_for_no_table),
]


@pytest.fixture
def site(replica, settings, monkeypatch):
    """A client of the site with the views above."""
    monkeypatch.setattr(urls, "urlpatterns", [*urlpatterns, *urls.urlpatterns])
    settings.ROOT_URLCONF = urls.__name__
    return Client(raise_request_exception=False)


class TestFailures:
    def test_version_and_records_are_of_one_snapshot(self, site):
        for _ in range(2):
            before = Counter.objects.get().version
            name = Initiative.objects.get().name
            expected = f"{before} {before} { {name} }"
            assert site.get("/changed/").text == expected
            assert Initiative.objects.get().name == f"Renamed after {before}"

    @pytest.mark.parametrize("address", ["/write/", "/rendered/"])
    def test_a_view_that_writes_is_called_again_on_the_primary(
        self, site, replica, servers_asked, address
    ):
        answer = site.get(address)
        assert "Readers" in answer.text
        assert {*servers_asked} == {"default", "replica1"}
        # She reads on where she has written.
        assert answer.cookies[COOKIE].value
        assert replica.is_used
        Group.objects.get(name="Readers").delete()

    def test_a_connection_to_a_replica_can_only_read(self, replica):
        with pytest.raises(InternalError) as refused:
            Group.objects.using("replica1").create(name="Readers")
        assert isinstance(refused.value.__cause__, ReadOnlySqlTransaction)
        connections["replica1"].rollback()

    def test_a_stream_is_read_from_the_primary(self, site, servers_asked):
        stream = site.get("/initiatives/export/json/")
        assert {*servers_asked} == {"default", "replica1"}
        servers_asked.clear()
        assert Initiative.objects.get().name in stream.getvalue().decode()
        assert {*servers_asked} == {"default"}

    def test_what_a_replica_does_not_have_is_asked_of_the_primary(
        self, site, servers_asked
    ):
        assert site.get("/initiatives/none/").status_code == 404
        assert {*servers_asked} == {"default", "replica1"}

    def test_other_errors_are_answered_at_once(self, site, replica):
        called = []
        refused = site.get("/refuse/", **{"wsgi.errors": called})
        assert (refused.status_code, called) == (403, ["replica1"])

    def test_a_mistake_in_a_query_leaves_no_replica_out(self, site, replica):
        called = []
        failed = site.get("/nowhere/", **{"wsgi.errors": called})
        assert (failed.status_code, called) == (500, ["replica1", "default"])
        assert replica.is_used

    def test_a_replica_that_breaks_off_is_left_out_until_it_answers(
        self, site, replica, servers_asked, caplog
    ):
        name = Initiative.objects.get().name
        answer = site.get("/lose/")
        assert (answer.status_code, answer.text) == (200, name)
        assert not replica.is_used
        servers_asked.clear()
        assert site.get("/initiatives/").status_code == 200
        assert {*servers_asked} == {"default"}
        all_replicas().look()
        assert replica.is_used
        left_out, used_again = caplog.messages
        assert left_out.startswith("replica1 is left out: terminating connection")
        assert used_again == "replica1 is used again"
        assert site.get("/initiatives/").status_code == 200
        assert servers_asked[-1] == "replica1"

    def test_a_replica_that_is_found_broken_is_left_out(self, site, replica):
        terminate(connections["replica1"])
        # Nobody has noticed yet, and no connection is checked twice in a request.
        connections["replica1"].health_check_done = True
        assert site.get("/initiatives/").status_code == 200
        assert not replica.is_used
        assert replica.outages == 1

    def test_readers_go_on_while_the_primary_is_away(self, site, replica, monkeypatch):
        connection.close()
        missing = connection.settings_dict["OPTIONS"] | {"host": "/nowhere"}
        with monkeypatch.context() as away:
            away.setitem(connection.settings_dict, "OPTIONS", missing)
            all_replicas().look()
            assert all_replicas().version == 0
            for address in ("/", "/initiatives/", "/initiatives/weyhe/"):
                assert site.get(address).status_code == 200
            # Also for those who have just sent something, which they may not see.
            site.cookies[COOKIE] = "1"
            assert site.get("/initiatives/?country=DE").status_code == 200
            # What the replica does not have may be at the primary.
            for address in ("none/", "export/json/"):
                assert site.get(f"/initiatives/{address}").status_code == 503
            assert site.get("/ready/").status_code == 503
        all_replicas().look()
        assert all_replicas().version == Counter.objects.get().version

    def test_a_thread_looks_at_the_replicas(self, replica, client):
        replicas = all_replicas()
        replica.leave_out("It is to be found again.")
        replicas.stopping.clear()
        client.get("/initiatives/")
        thread = replicas.thread
        while not replica.is_used:
            assert thread.is_alive()
        client.get("/initiatives/")
        assert replicas.thread is thread
        replicas.stopping.set()
        thread.join()
        # It is started again when it does not run, as in a process that was forked.
        client.get("/initiatives/")
        assert replicas.thread is not thread
        replicas.thread.join()
