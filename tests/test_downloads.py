"""Streamed downloads: at most two large ones at a time."""

from contextlib import ExitStack, suppress
from itertools import islice

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from pytest_django.asserts import assertContains

from casebase.files import downloads
from casebase.files.downloads import SEMAPHORE, download
from casebase.files.formats import BLOCK_BYTES
from casebase.lists import exports
from casebase.semaphore import BusyError
from tests.factories import InitiativeFactory, ReferenceFactory
from tests.jobs.waiting_jobs import run_waiting_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.once]
STREAMS = ["/initiatives/export/csv/", "/references/export/ris/"]


@pytest.fixture(autouse=True)
def two_records_are_many(monkeypatch, settings, tmp_path):
    settings.CACHE_DIR = tmp_path
    monkeypatch.setattr(downloads, "LARGE", 1)
    InitiativeFactory.create_batch(2)
    ReferenceFactory.create_batch(2)


def hang_up(answer):
    """Close the response as a server does, but keep the test's connection open."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


def n_free_permits():
    permits = []
    with ExitStack() as stack, suppress(BusyError):
        while True:
            permits.append(stack.enter_context(SEMAPHORE.acquire()))
    return len(permits)


@pytest.mark.parametrize("address", STREAMS)
def test_a_third_large_download_gets_503(client, address):
    first, second = client.get(address), client.get(address)
    third = client.get(address)
    assert third["Retry-After"] == "10"
    assertContains(third, "Try again in a minute.", status_code=503)
    assert first.getvalue()
    third = client.get(address)
    assert third.status_code == 200
    for answer in (second, third):
        hang_up(answer)
    assert n_free_permits() == 2


def test_a_client_that_disconnects_releases_the_permit(rf):
    """The test client is not used, because it reads the response to its end."""
    for n_read in (0, 3):
        pieces = iter([b"a" * BLOCK_BYTES] * 9)
        answer = download(
            rf.get("/"), pieces, n=2, media_type="text/plain", name="a.txt"
        )
        blocks = iter(answer)
        assert len(list(islice(blocks, n_read))) == n_read
        assert n_free_permits() == 1
        hang_up(answer)
        assert n_free_permits() == 2


@pytest.mark.parametrize("address", STREAMS)
def test_small_files_and_head_requests_need_no_permit(client, address, monkeypatch):
    with SEMAPHORE.acquire(), SEMAPHORE.acquire():
        assert client.get(address).status_code == 503
        assert client.head(address).status_code == 200
        monkeypatch.setattr(downloads, "LARGE", 2)
        assert client.get(address).status_code == 200


def test_a_large_xlsx_file_is_made_by_a_job(client, monkeypatch):
    monkeypatch.setattr(exports, "LARGE", 1)
    page = client.get("/initiatives/export/xlsx/?country=DE")
    [job] = run_waiting_jobs()
    assert page["Location"] == f"/jobs/{job.token}/"
    assert job.address == "/initiatives/export/xlsx/?country=DE"
    file = client.get(f"/jobs/{job.token}/file/")
    named = 'attachment; filename="casebase-germany-2'
    assert file["Content-Disposition"].startswith(named)
    assert file.getvalue().startswith(b"PK")
    monkeypatch.setattr(exports, "LARGE", 2)
    assert client.get("/initiatives/export/xlsx/").getvalue().startswith(b"PK")
