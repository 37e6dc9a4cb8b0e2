"""The site while the database or the disk is unavailable."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from pytest_django.asserts import assertContains

from casebase.database_availability import is_unavailable
from casebase.overload import handle_server_error
from casebase.unapplied_migrations import is_waiting_for_migrate
from tests.factories import InitiativeFactory
from tests.once import once
from tests.test_settings import PRODUCTION

pytestmark = pytest.mark.django_db(transaction=True)

NOWHERE = {
    "sqlite": {"NAME": "/nowhere/db.sqlite3"},
    "postgresql": {"HOST": "127.0.0.1", "PORT": "1"},
}


@pytest.fixture
def stop_database(monkeypatch):
    """A function after which new connections to the database fail."""

    def stop():
        for name, value in NOWHERE[connection.vendor].items():
            monkeypatch.setitem(connection.settings_dict, name, value)

    return stop


def request_in_new_thread(method, address, client=None, **options):
    """Return the response to a request in a thread without a connection."""

    def ask():
        try:
            return getattr(client or Client(), method)(address, **options)
        finally:
            # Django does not close connections to a database in memory.
            if connection.connection:
                connection.connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


@pytest.fixture
def page_cache(settings):
    locmem = "django.core.cache.backends.locmem.LocMemCache"
    answers = {"BACKEND": locmem, "LOCATION": "while the database is away"}
    settings.CACHES = settings.CACHES | {"answers": answers}
    yield
    caches["answers"].clear()


def test_cached_pages_are_still_shown(page_cache, stop_database):
    InitiativeFactory(slug="weyhe", name="Streetwatchers")
    before = request_in_new_thread("get", "/initiatives/weyhe/")
    stop_database()
    after = request_in_new_thread("get", "/initiatives/weyhe/")
    assert (after.status_code, after.content) == (200, before.content)
    headers = {"If-None-Match": before["ETag"]}
    assert (
        request_in_new_thread("get", "/initiatives/weyhe/", headers=headers).status_code
        == 304
    )


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/initiatives/?q=trust",
        *once(
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
        ),
    ],
)
def test_other_pages_say_when_to_try_again(page_cache, stop_database, address, caplog):
    stop_database()
    page = request_in_new_thread("get", address)
    if address == "/preview/a/":
        # The signature of a link is checked without the database.
        assert page.status_code == 404
        return
    assertContains(page, "The database does not answer just now", status_code=503)
    assert page["Retry-After"] == page["Refresh"] == "10"
    assert page["Cache-Control"] == "no-store"
    assert "Answered with 503" in caplog.text
    assert "nowhere" not in page.text


@pytest.mark.parametrize("address", ["/initiatives/weyhe/suggest/", "/admin/login/"])
def test_forms_have_to_be_sent_again(stop_database, address):
    stop_database()
    page = request_in_new_thread(
        "post", address, data={"text": "Look.", "username": "ada"}
    )
    assertContains(page, "your browser has kept what you typed", status_code=503)
    assert not page.has_header("Refresh")


@pytest.mark.once
def test_pages_that_need_no_database_still_work(stop_database):
    stop_database()
    for address, status in [
        ("/admin/login/", 200),
        ("/references/styles/?q=apa", 200),
        ("/none/", 404),
        ("/health/", 200),
        ("/ready/", 503),
    ]:
        assert request_in_new_thread("get", address).status_code == status, address


def test_a_wrong_query_does_not_mean_that_the_database_is_unavailable():
    with connection.cursor() as cursor, pytest.raises(DatabaseError) as mistake:
        cursor.execute("SELECT nothing_of_this_name")
    assert not is_unavailable(mistake.value)
    assert is_unavailable(OperationalError("server closed the connection unexpectedly"))


def test_no_migrations_are_missed_while_the_database_is_away(stop_database):
    stop_database()
    with ThreadPoolExecutor(1) as pool:
        error = DatabaseError("no such column")
        assert not pool.submit(is_waiting_for_migrate, error).result()


@pytest.mark.once
def test_an_upload_without_a_temporary_folder_gets_503(settings, tmp_path):
    """The error is raised by the CSRF check, before any view."""
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


@pytest.mark.once
def test_other_errors_get_500(rf):
    try:
        raise ValueError("a mistake")
    except ValueError:
        assert handle_server_error(rf.get("/")).status_code == 500
    assert handle_server_error(rf.get("/")).status_code == 500


@pytest.mark.once
def test_starting_waits_for_the_database_and_logs_it(tmp_path):
    folder = tmp_path / "later"
    url = f"sqlite:///{folder / 'db.sqlite3'}"
    with subprocess.Popen(
        [sys.executable, "manage.py", "wait_for_database"],
        env=os.environ | PRODUCTION | {"DATABASE_URL": url},
        stderr=subprocess.PIPE,
        text=True,
    ) as waiting:
        assert "does not answer. Waiting for it" in waiting.stderr.readline()
        assert waiting.poll() is None
        folder.mkdir()
        assert waiting.wait() == 0
        assert waiting.stderr.read() == ""


@pytest.mark.once
def test_starting_logs_nothing_if_the_database_answers(tmp_path):
    url = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    done = subprocess.run(
        [sys.executable, "manage.py", "wait_for_database"],
        env=os.environ | PRODUCTION | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
