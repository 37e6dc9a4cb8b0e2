"""/metrics/: who may read it, and what it counts."""

import secrets
from ipaddress import ip_network

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError, connection

from casebase import environment
from casebase.caches.lookups import look_up
from casebase.facets.snapshot_cache import SNAPSHOTS, current_snapshot
from casebase.monitoring.gauges import GAUGES, gauge
from casebase.semaphore import BusyError
from tests.factories import InitiativeFactory
from tests.monitoring.samples import families, value

SECRET_PART = "0123456789abcdef" * 2


def requests_of(**labels):
    return value("casebase_requests_total", **labels)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("127.8.8.8", 200),
        ("::1", 200),
        ("::ffff:127.0.0.1", 200),
        ("192.0.2.7", 403),
        ("::2", 403),
        # Through a Unix socket, so that nobody knows who asks.
        ("", 403),
    ],
)
def test_only_this_machine_may_read_metrics(client, address, status):
    response = client.get("/metrics/", REMOTE_ADDR=address)
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]
    assert ("casebase_requests" in response.text) == (status == 200)


@pytest.mark.once
@pytest.mark.django_db
def test_other_networks_may_be_allowed(client, settings):
    settings.METRICS_ALLOWED = [ip_network("10.1.0.0/16"), ip_network("2001:db8::/32")]
    for address in ("10.1.2.3", "2001:db8::7"):
        assert client.get("/metrics/", REMOTE_ADDR=address).status_code == 200
    for address in ("10.2.2.3", "127.0.0.1", "2001:db9::7"):
        assert client.get("/metrics/", REMOTE_ADDR=address).status_code == 403


@pytest.mark.once
def test_networks_are_named_by_a_variable(monkeypatch):
    def networks(value):
        monkeypatch.setenv("METRICS_ALLOWED", value)
        return [*map(str, environment.read_networks("METRICS_ALLOWED"))]

    assert networks("") == ["127.0.0.0/8", "::1/128"]
    assert networks("10.0.0.0/8, 192.0.2.7") == ["10.0.0.0/8", "192.0.2.7/32"]
    for wrong in ("10.0.0.1/8", "anywhere", "10.0.0.0/8;10.1.0.0/16"):
        with pytest.raises(ImproperlyConfigured, match=r"^METRICS_ALLOWED: .*10\.0"):
            networks(wrong)


@pytest.mark.once
@pytest.mark.django_db
def test_behind_a_proxy_its_word_on_the_address_counts(client, settings):
    def status(sent):
        headers = {"X-Forwarded-For": sent}
        return client.get("/metrics/", headers=headers).status_code

    assert status("192.0.2.7") == 200
    settings.BEHIND_PROXY = True
    assert status("127.0.0.1, 192.0.2.7") == 403
    assert status("192.0.2.7, 127.0.0.1") == 200


@pytest.mark.django_db
def test_requests_are_counted_by_route_method_and_status(client):
    labels = {"route": "initiatives:concept-detail", "method": "GET", "status": "404"}
    before = requests_of(**labels)
    client.get("/barriers/nothing/")
    client.get("/barriers/nothing-else/")
    assert requests_of(**labels) == before + 2
    seconds = "casebase_request_seconds_count"
    assert value(seconds, route="initiatives:concept-detail") >= 2


@pytest.mark.once
@pytest.mark.django_db
def test_what_readers_send_is_no_label(client):
    """Neither secrets nor nonsense, which could be any number of values."""
    client.get(f"/plan/{SECRET_PART}/map-it/")
    client.get(f"/nowhere/{SECRET_PART}/")
    client.get(f"/static/{SECRET_PART}.css")
    client.get(
        f"/barriers/{SECRET_PART}/?country={SECRET_PART}",
        headers={"host": "testserver"},
    )
    client.get("/", headers={"host": f"{SECRET_PART}.example"})
    client.generic(SECRET_PART.upper(), "/")
    text = client.get("/metrics/").text
    assert SECRET_PART not in text.lower()
    found = families(text)["casebase_requests"].samples
    assert {"plan:step", "none", "static"} <= {s.labels["route"] for s in found}
    assert "other" in {sample.labels["method"] for sample in found}


@pytest.mark.django_db
def test_kept_pages_are_hits(client, settings):
    settings.CACHES = settings.CACHES | {
        "answers": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    caches["answers"].clear()

    def lookups(result):
        name = "casebase_cache_lookups_total"
        return value(name, cache="answers", result=result)

    hits, misses = lookups("hit"), lookups("miss")
    for _ in range(3):
        client.get("/about/")
    # A personal page is neither looked up nor stored.
    client.cookies["shortlist"] = "1"
    client.get("/about/")
    assert (lookups("hit"), lookups("miss")) == (hits + 2, misses + 1)


@pytest.mark.once
@pytest.mark.django_db
def test_look_ups_in_files_are_counted():
    def misses():
        labels = {"cache": "cards", "result": "miss"}
        return value("casebase_cache_lookups_total", **labels)

    before = misses()
    assert look_up("cards", secrets.token_hex()) is None
    assert misses() == before + 1


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (BusyError("Later.", "pandoc"), "pandoc"),
        (OSError("full"), "disk"),
    ],
)
def test_reasons_of_503_are_counted(client, monkeypatch, error, reason):
    def fail():
        raise error

    monkeypatch.setattr("casebase.site.views.public_statistics", fail)
    before = value("casebase_unavailable_total", reason=reason)
    assert client.get("/about/").status_code == 503
    assert value("casebase_unavailable_total", reason=reason) == before + 1


@pytest.mark.django_db(transaction=True)
def test_queries_and_their_errors_are_counted():
    kind = "OperationalError" if connection.vendor == "sqlite" else "ProgrammingError"

    def errors():
        return value("casebase_database_errors_total", database="default", kind=kind)

    def queries():
        return value("casebase_database_query_seconds_count", database="default")

    before, failed = queries(), errors()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        with pytest.raises(DatabaseError):
            cursor.execute("SELECT nothing FROM nowhere")
    assert errors() == failed + 1
    # Asking for the metrics takes two more, and they were asked for twice before.
    assert queries() >= before + 2


@pytest.mark.django_db
def test_the_index_is_measured(monkeypatch):
    InitiativeFactory()
    assert "initiative" not in str(families()["casebase_index_records"].samples)
    assert not families()["casebase_index_bytes"].samples
    monkeypatch.setattr(SNAPSHOTS, "_snapshot", current_snapshot())
    assert value("casebase_index_records", kind="initiative") == 1
    assert value("casebase_index_bytes") > 0
    version = value("casebase_records_version")
    assert version == SNAPSHOTS.latest.version


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_worker_tells_which_version_its_index_has():
    assert current_snapshot().version == value("casebase_index_version")
    assert value("casebase_index_build_seconds_count") > 0


@pytest.mark.django_db
def test_searches_are_timed(client):
    before = value("casebase_search_seconds_count", step="match")
    client.get("/initiatives/?q=trust")
    assert value("casebase_search_seconds_count", step="match") > before


@pytest.fixture
def _other_gauges(monkeypatch):
    monkeypatch.setattr("casebase.monitoring.gauges.GAUGES", GAUGES.copy())


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.usefixtures("_other_gauges")
def test_an_app_can_register_a_gauge_and_one_that_fails_is_left_out():
    from casebase.monitoring import gauges

    gauges.gauge("casebase_waiting", "Jobs", label="kind")(lambda: {"a": 3, "b": 0})
    gauges.gauge("casebase_unknown", "Nothing to tell")(lambda: None)
    gauges.gauge("casebase_broken", "A mistake")(lambda: 1 / 0)
    assert value("casebase_waiting", kind="a") == 3
    assert not families()["casebase_unknown"].samples
    assert "casebase_broken" not in families()
    assert value("casebase_gauges_failed") == 1
    with pytest.raises(ValueError, match="registered already"):
        gauge("casebase_waiting", "Others")(lambda: 1)


@pytest.mark.once
@pytest.mark.django_db
def test_without_the_database_only_gauges_that_need_none_are_read(monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)
    found = families()
    assert value("casebase_database_up") == 0
    assert value("casebase_gauges_failed") == 0
    assert "casebase_disk_free_bytes" in found
    assert "casebase_records_version" not in found


def refuse():
    raise OperationalError("no connection")


@pytest.mark.django_db
def test_reading_metrics_takes_few_queries(client, django_assert_max_num_queries):
    client.get("/metrics/")
    with django_assert_max_num_queries(9):
        client.get("/metrics/")
