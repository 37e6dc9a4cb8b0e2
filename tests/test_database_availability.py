"""Readers get what can still be given while the database or the disk is away."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from pytest_django.asserts import assertContains

from casebase.database_availability import is_away
from casebase.overload import handle_server_error
from tests.factories import InitiativeFactory
from tests.test_settings import PRODUCTION

pytestmark = pytest.mark.django_db(transaction=True)

NOWHERE = {
    "sqlite": {"NAME": "/nowhere/db.sqlite3"},
    "postgresql": {"HOST": "127.0.0.1", "PORT": "1"},
}


@pytest.fixture
def stop(monkeypatch):
    """From when it is called, nobody who comes reaches the database."""

    def away():
        for name, value in NOWHERE[connection.vendor].items():
            monkeypatch.setitem(connection.settings_dict, name, value)

    return away


def newcomer(method, address, client=None, **options):
    """The answer to a request of a thread that has no connection yet."""

    def ask():
        try:
            return getattr(client or Client(), method)(address, **options)
        finally:
            # Django's own way leaves one in memory open.
            if connection.connection:
                connection.connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


@pytest.fixture
def kept(settings):
    locmem = "django.core.cache.backends.locmem.LocMemCache"
    answers = {"BACKEND": locmem, "LOCATION": "while the database is away"}
    settings.CACHES = settings.CACHES | {"answers": answers}
    yield
    caches["answers"].clear()


def test_who_asks_for_what_is_kept_gets_it(kept, stop):
    InitiativeFactory(slug="weyhe", name="Streetwatchers")
    before = newcomer("get", "/initiatives/weyhe/")
    stop()
    after = newcomer("get", "/initiatives/weyhe/")
    assert (after.status_code, after.content) == (200, before.content)
    headers = {"If-None-Match": before["ETag"]}
    assert newcomer("get", "/initiatives/weyhe/", headers=headers).status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/initiatives/?q=trust",
        "/initiatives/weyhe/",
        "/initiatives/weyhe/cite/",
        "/initiatives/weyhe/history/",
        "/initiatives/weyhe/suggest/",
        "/initiatives/export/csv/",
        "/references/bibliography/",
        "/references/export/ris/",
        "/feeds/initiatives/",
        "/sitemap.xml",
        "/search/?q=trust",
        "/preview/a/",
    ],
)
def test_others_are_told_when_to_come_back(kept, stop, address, caplog):
    stop()
    page = newcomer("get", address)
    if address == "/preview/a/":
        # Which links are ours can be said without.
        assert page.status_code == 404
        return
    assertContains(page, "The database does not answer just now", status_code=503)
    assert page["Retry-After"] == page["Refresh"] == "10"
    assert page["Cache-Control"] == "no-store"
    assert "Answered with 503" in caplog.text
    assert "nowhere" not in page.text


@pytest.mark.parametrize("address", ["/initiatives/weyhe/suggest/", "/admin/login/"])
def test_forms_are_told_to_be_sent_again(stop, address):
    stop()
    page = newcomer("post", address, data={"text": "Look.", "username": "ada"})
    assertContains(page, "your browser has kept what you typed", status_code=503)
    assert not page.has_header("Refresh")


def test_what_needs_no_database_answers_on(stop):
    stop()
    for address, status in [
        ("/admin/login/", 200),
        ("/references/styles/?q=apa", 200),
        ("/none/", 404),
        ("/health/", 503),
    ]:
        assert newcomer("get", address).status_code == status, address


def test_a_mistake_in_a_query_is_no_database_that_is_away():
    with connection.cursor() as cursor, pytest.raises(DatabaseError) as mistake:
        cursor.execute("SELECT nothing_of_this_name")
    assert not is_away(mistake.value)
    assert is_away(OperationalError("server closed the connection unexpectedly"))


def test_where_files_can_be_put_nowhere_it_is_told(settings, tmp_path):
    """It befalls no view, but the check of the form before it."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "none")
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    client.cookies["sessionid"] = "a"
    file = tmp_path / "large.bib"
    file.write_bytes(b"%" * 3_000_000)
    with file.open("rb") as large:
        page = client.post("/admin/bring-in/works/", {"file": large})
    words = "A file that is needed for this can’t be read or written just now."
    assertContains(page, words, status_code=503)


def test_all_other_failures_stay_ours(rf):
    try:
        raise ValueError("a mistake")
    except ValueError:
        assert handle_server_error(rf.get("/")).status_code == 500


def test_a_start_waits_for_the_database_and_says_so(tmp_path):
    folder = tmp_path / "later"
    url = f"sqlite:///{folder / 'db.sqlite3'}"
    with subprocess.Popen(
        [sys.executable, "manage.py", "wait_for_database"],
        env=os.environ | PRODUCTION | {"DATABASE_URL": url},
        stderr=subprocess.PIPE,
        text=True,
    ) as waiting:
        assert "does not answer, and is waited for" in waiting.stderr.readline()
        assert waiting.poll() is None
        folder.mkdir()
        assert waiting.wait() == 0
        assert waiting.stderr.read() == ""


def test_a_start_that_waits_for_nothing_says_nothing(tmp_path):
    url = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    done = subprocess.run(
        [sys.executable, "manage.py", "wait_for_database"],
        env=os.environ | PRODUCTION | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
