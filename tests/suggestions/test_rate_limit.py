"""Floods are turned away at the door, and readers of one address from others."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import Client
from pytest_django.asserts import assertContains

from casebase.desk.suggestions import rate_limit
from casebase.desk.suggestions.models import Suggestion, Tally
from tests.desk import count_queries
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db

FORM = "/initiatives/weyhe/suggest/"
HERE = settings.SUGGESTIONS_PER_ADDRESS


@pytest.fixture(autouse=True)
def weyhe(request):
    return InitiativeFactory(slug="weyhe")


def send(origin="192.0.2.1", client=None, **fields):
    client = client or Client()
    return client.post(FORM, {"text": "Look."} | fields, REMOTE_ADDR=origin)


def test_an_address_sends_so_many_in_an_hour_and_no_more():
    statuses = [send().status_code for _ in range(HERE + 20)]
    assert statuses == [302] * HERE + [429] * 20
    assert Suggestion.objects.count() == HERE
    # What was refused is counted nowhere.
    assert set(Tally.objects.values_list("n", flat=True)) == {HERE}


def test_who_is_turned_away_hears_when_to_come_back():
    for _ in range(HERE):
        send()
    page = send()
    assertContains(page, "Try again in", status_code=429)
    assertContains(page, "your browser has kept what you typed", status_code=429)
    assert 0 < int(page["Retry-After"]) <= 60 * 60
    assert page["Cache-Control"] == "no-store"
    assert len(page.content) < 1000


def test_who_is_turned_away_costs_one_look(client):
    for _ in range(HERE):
        send()
    assert send().status_code == 429

    def knock():
        page = send(client=client)
        assert page.status_code == 429
        # As count_queries() wants it.
        page.status_code = 200
        return page

    assert count_queries(knock) == 1


def test_others_are_let_in_meanwhile():
    for _ in range(HERE + 1):
        send()
    assert send("192.0.2.2").status_code == 302


def test_a_network_of_version_6_is_one_address():
    statuses = [send(f"2001:db8::{n:x}").status_code for n in range(HERE + 1)]
    assert statuses[-1] == 429
    assert send("2001:db8:0:1::1").status_code == 302


@pytest.mark.parametrize(
    ("is_behind_proxy", "named"), [(False, "198.51.100.{}"), (True, "198.51.100.{}, a")]
)
def test_who_says_to_come_from_elsewhere_counts_all_the_same(
    settings, is_behind_proxy, named
):
    """A proxy names who asked it last, after what they say."""
    settings.BEHIND_PROXY = is_behind_proxy
    named = named.replace("a", "203.0.113.9")
    statuses = []
    for n in range(HERE + 1):
        client = Client(headers={"X-Forwarded-For": named.format(n)})
        statuses.append(send(client=client).status_code)
    assert statuses == [302] * HERE + [429]


def test_forms_in_error_count_too():
    statuses = [send(text="").status_code for _ in range(HERE + 1)]
    assert statuses == [400] * HERE + [429]


def test_readers_wait_for_no_import(concurrent_writer):
    concurrent_writer.rollback()
    InitiativeFactory(slug="kent")
    concurrent_writer.execute("BEGIN IMMEDIATE")
    page = send()
    assertContains(page, "Many changes are being saved right now.", status_code=503)
    concurrent_writer.rollback()
    assert not Tally.objects.exists()
    assert send().status_code == 302


def test_looking_at_the_form_does_not_count(client):
    for _ in range(HERE + 1):
        assert client.get(FORM).status_code == 200
    assert not Tally.objects.exists()


def test_many_addresses_together_are_held_off(settings):
    settings.SUGGESTIONS_PER_HOUR = 12
    statuses = [send(f"192.0.2.{n}").status_code for n in range(30)]
    assert statuses == [302] * 12 + [429] * 18
    # One line an address that was let in, and one for all.
    assert Tally.objects.count() == 13


def test_the_next_hour_begins_anew_and_forgets_the_last():
    for _ in range(HERE + 1):
        send()
    Tally.objects.update(hour=F("hour") - 1)
    assert send().status_code == 302
    assert Tally.objects.filter(n=1).count() == Tally.objects.count() == 2


def test_of_an_address_only_a_hash_is_kept_another_one_every_hour(monkeypatch):
    send("192.0.2.77")
    [key] = Tally.objects.exclude(key="all").values_list("key", flat=True)
    assert "192" not in key
    assert len(key) == 32
    monkeypatch.setattr(rate_limit, "HOUR", rate_limit.HOUR * 2)
    send("192.0.2.77")
    [other] = Tally.objects.exclude(key__in=["all", key]).values_list("key", flat=True)
    assert other != key


def test_what_is_too_long_is_not_read(client):
    page = client.post(FORM, {"text": "Look."}, CONTENT_LENGTH="64001")
    assertContains(page, "longer than we can read", status_code=413)
    assert not Tally.objects.exists()


def test_what_another_site_sends_is_not_counted():
    page = send(client=Client(enforce_csrf_checks=True))
    assert page.status_code == 403
    assert not Tally.objects.exists()


def test_what_is_about_no_case_is_counted_where_it_was_sent():
    for _ in range(HERE):
        assert Client().post("/initiatives/none/suggest/", {}).status_code == 404
    # Found out after it was counted, and taken back with all that it wrote.
    assert send().status_code == 302


def test_a_form_filled_to_the_brim_is_let_in():
    widest = "😀"
    fields = {"text": widest * 4000, "source": widest * 1000, "name": widest * 100}
    assert send(**fields).status_code == 302
    assert Suggestion.objects.get().text == widest * 4000


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time"
)
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_are_let_in():
    def knock(_):
        try:
            return rate_limit.try_acquire("192.0.2.1")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(knock, range(60))) == HERE


def test_who_came_between_the_look_and_the_count_is_held_off_too(monkeypatch):
    for _ in range(HERE):
        send()
    monkeypatch.setattr(rate_limit, "is_exhausted", lambda origin: False)
    assert send().status_code == 429
    assert Suggestion.objects.count() == HERE
