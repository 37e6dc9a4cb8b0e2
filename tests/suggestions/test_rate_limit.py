"""Rate limits of suggestions, for one IP address and for all."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import Client
from pytest_django.asserts import assertContains

from casebase.desk.suggestions.models import Suggestion
from casebase.desk.suggestions.views import rate_limit
from casebase.rate_limits import limits
from casebase.rate_limits.limits import RateLimit
from casebase.rate_limits.models import Tally
from tests.desk import count_queries
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db

FORM = "/initiatives/weyhe/suggest/"
HERE = settings.SUGGESTIONS_PER_ADDRESS
ALL = "suggestions:all"


@pytest.fixture(autouse=True)
def weyhe(request):
    return InitiativeFactory(slug="weyhe")


def send(origin="192.0.2.1", client=None, **fields):
    client = client or Client()
    return client.post(FORM, {"text": "Look."} | fields, REMOTE_ADDR=origin)


def test_an_address_has_a_limit_for_an_hour():
    statuses = [send().status_code for _ in range(HERE + 20)]
    assert statuses == [302] * HERE + [429] * 20
    assert Suggestion.objects.count() == HERE
    # Rejected suggestions are not counted.
    assert set(Tally.objects.values_list("n", flat=True)) == {HERE}


@pytest.mark.once
def test_the_answer_429_says_when_to_retry():
    for _ in range(HERE):
        send()
    page = send()
    assertContains(page, "More was sent from your network", status_code=429)
    assertContains(page, "Try again in", status_code=429)
    assertContains(page, "your browser has kept what you typed", status_code=429)
    assert 0 < int(page["Retry-After"]) <= 60 * 60
    assert page["Cache-Control"] == "no-store"
    assert len(page.content) < 1000


@pytest.mark.once
def test_the_answer_429_takes_one_query(client):
    for _ in range(HERE):
        send()
    assert send().status_code == 429

    def send_one():
        page = send(client=client)
        assert page.status_code == 429
        # count_queries() needs a response with status 200.
        page.status_code = 200
        return page

    assert count_queries(send_one) == 1


@pytest.mark.once
def test_other_addresses_are_not_limited():
    for _ in range(HERE + 1):
        send()
    assert send("192.0.2.2").status_code == 302


@pytest.mark.once
def test_an_ipv6_network_counts_as_one_address():
    statuses = [send(f"2001:db8::{n:x}").status_code for n in range(HERE + 1)]
    assert statuses[-1] == 429
    assert send("2001:db8:0:1::1").status_code == 302


@pytest.mark.once
@pytest.mark.parametrize(
    ("is_behind_proxy", "named"), [(False, "198.51.100.{}"), (True, "198.51.100.{}, a")]
)
def test_forged_addresses_do_not_evade_the_limit(settings, is_behind_proxy, named):
    """A proxy appends the address of its client to the header that the client sent."""
    settings.BEHIND_PROXY = is_behind_proxy
    named = named.replace("a", "203.0.113.9")
    statuses = []
    for n in range(HERE + 1):
        client = Client(headers={"X-Forwarded-For": named.format(n)})
        statuses.append(send(client=client).status_code)
    assert statuses == [302] * HERE + [429]


@pytest.mark.once
def test_invalid_forms_are_counted():
    statuses = [send(text="").status_code for _ in range(HERE + 1)]
    assert statuses == [400] * HERE + [429]


def test_the_limit_is_checked_during_an_import(concurrent_writer):
    concurrent_writer.rollback()
    InitiativeFactory(slug="kent")
    concurrent_writer.execute("BEGIN IMMEDIATE")
    page = send()
    assertContains(page, "Many changes are being saved right now.", status_code=503)
    concurrent_writer.rollback()
    assert not Tally.objects.exists()
    assert send().status_code == 302


@pytest.mark.once
def test_showing_the_form_is_not_counted(client):
    for _ in range(HERE + 1):
        assert client.get(FORM).status_code == 200
    assert not Tally.objects.exists()


def test_all_addresses_together_have_a_limit(settings):
    settings.SUGGESTIONS_PER_HOUR = 12
    statuses = [send(f"192.0.2.{n}").status_code for n in range(30)]
    assert statuses == [302] * 12 + [429] * 18
    # One tally for each accepted address, and one for all.
    assert Tally.objects.count() == 13


def test_a_new_hour_deletes_the_counts_of_the_last():
    for _ in range(HERE + 1):
        send()
    Tally.objects.update(hour=F("hour") - 1)
    assert send().status_code == 302
    assert Tally.objects.filter(n=1).count() == Tally.objects.count() == 2


def test_addresses_are_stored_as_hashes_that_change_hourly(monkeypatch):
    send("192.0.2.77")
    [key] = Tally.objects.exclude(key=ALL).values_list("key", flat=True)
    assert "192.0.2.77" not in key
    assert len(key) == len("suggestions:") + 32
    monkeypatch.setattr(limits, "HOUR_SECONDS", limits.HOUR_SECONDS * 2)
    send("192.0.2.77")
    [other] = Tally.objects.exclude(key__in=[ALL, key]).values_list("key", flat=True)
    assert other != key


@pytest.mark.once
def test_oversized_forms_are_rejected_unread(client):
    page = client.post(FORM, {"text": "Look."}, CONTENT_LENGTH="64001")
    assertContains(page, "larger than what we take", status_code=413)
    assert not Tally.objects.exists()


@pytest.mark.once
def test_cross_site_forms_are_not_counted():
    page = send(client=Client(enforce_csrf_checks=True))
    assert page.status_code == 403
    assert not Tally.objects.exists()


def test_suggestions_on_unknown_cases_are_not_counted():
    for _ in range(HERE):
        assert Client().post("/initiatives/none/suggest/", {}).status_code == 404
    # The case is looked up after the count, which is rolled back with everything else.
    assert send().status_code == 302


def test_a_form_of_the_maximum_size_is_accepted():
    widest = "😀"
    fields = {"text": widest * 4000, "source": widest * 1000, "name": widest * 100}
    assert send(**fields).status_code == 302
    assert Suggestion.objects.get().text == widest * 4000


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time"
)
@pytest.mark.django_db(transaction=True)
def test_concurrent_suggestions_do_not_exceed_the_limit():
    def send_one(_):
        try:
            return rate_limit().try_acquire("192.0.2.1")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send_one, range(60))) == HERE


def test_a_limit_reached_after_the_first_check_is_noticed(monkeypatch):
    for _ in range(HERE):
        send()
    monkeypatch.setattr(RateLimit, "is_exhausted", lambda self, origin: False)
    assert send().status_code == 429
    assert Suggestion.objects.count() == HERE


def test_a_tally_has_a_readable_name():
    assert str(Tally(key=ALL, hour=5, n=3)) == "3 in hour 5"
