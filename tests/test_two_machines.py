"""Two machines with folders and memory of their own behave as one site."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from casebase.change_tracking.transactions import tracked_transaction
from tests.factories import InitiativeFactory
from tests.initiatives.shortlist.keeping import HERE, records
from tests.machines import Browser, running_machines
from tests.redis_server import needs_redis, running_server

LOGIN = "/admin/login/"
PASSWORD = "the desk by the window"  # noqa: S105
WORK = b"@report{x, title = {Neighbours at night}, author = {Meyer, Anna}}"
CACHED = (
    "/initiatives/weyhe/",
    "/references/export/text/?style=modern-language-association",
    "/initiatives/weyhe/card.png",
)
NOT_HERE = """
from casebase.social_cards import responses
from references.styles import pandoc
pandoc.PROGRAM, responses.draw_card = "/nowhere/pandoc", None
"""
FIND_CASE = """
from initiatives.models import Initiative
result = Initiative.objects.get(slug="weyhe").pk
"""
RENAME = """
from initiatives.models import Initiative
Initiative.objects.filter(slug="weyhe").update(name="{name}")
"""
SHARE_DRAFT = """
from initiatives.models import Initiative, PreviewLink
draft = Initiative.objects.get(slug="draft")
link = PreviewLink(initiative=draft, expires_at=PreviewLink.expiry_after(1))
link.save()
result = link.token
"""
SAVE_RESULT = """
from django.core.files.base import ContentFile
from django.core.files.storage import storages
result = storages["results"].save("jobs/one", ContentFile(b"of a job"))
"""
READ_RESULT = """
from django.core.files.storage import storages
result = storages["results"].open("jobs/one").read()
"""
HOLD_LOCK = """
from casebase import site_lock
site_lock.held = site_lock.site_lock("check-links", "Checked elsewhere.")
site_lock.held.__enter__()
"""


@pytest.fixture
def draft():
    """A case that is not public; beside it are public records, and a curator."""
    records()
    User.objects.create_superuser("curator", password=PASSWORD)
    with tracked_transaction():
        return InitiativeFactory(slug="draft", name="Not yet", status="draft")


@pytest.fixture
def cache_server():
    with running_server() as server:
        yield server


@pytest.fixture
def machines(draft, cache_server, tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    urls = {"CACHE_URL": cache_server.url(), "STORAGE_URL": f"file://{tmp_path}/shared"}
    with running_machines(folders, **urls) as machines:
        yield machines


@needs_redis
@pytest.mark.unmeasured
@pytest.mark.django_db(transaction=True)
def test_two_machines_are_one_site(machines, cache_server):
    a, b = machines
    curator = Browser()
    check_sign_in(a, b, curator)
    check_upload(a, b, curator)
    check_limits(a, b)
    check_kept_list(a, b)
    check_preview(a, b)
    check_results(a, b)
    check_caches(a, b)
    check_changes(a, b, "Neighbours by night")
    check_lock(a, b)
    cache_server.kill()
    check_changes(b, a, "Street by street")


def check_sign_in(a, b, curator):
    """Who signs in on one machine is known to the other, and so are guesses."""
    sent = {"username": "curator", "next": "/admin/"}
    guesser = Browser()
    for number in range(5):
        wrong = sent | {"username": "guessed", "password": "wrong"}
        answer = guesser.post((a, b)[number % 2], LOGIN, wrong)
    assert answer.status == 429
    assert guesser.post(b, LOGIN, wrong).status == 429
    assert curator.post(a, LOGIN, sent | {"password": PASSWORD}).status == 302
    assert curator.get(b, "/admin/").status == 200


def check_upload(a, b, curator):
    """What was uploaded here is looked at and confirmed there."""
    file = SimpleUploadedFile("works.bib", WORK)
    preview = curator.post(a, "/admin/bring-in/works/", {"file": file})
    assert preview.status == 302, preview.text
    assert "Neighbours at night" in curator.get(b, preview.headers["Location"]).text


def check_limits(a, b):
    """Suggestions are counted on both; two are allowed."""
    address = "/initiatives/weyhe/suggest/"
    sent = [Browser().post(each, address, {"text": "Look."}) for each in (a, b, a, b)]
    assert [answer.status for answer in sent] == [302, 302, 429, 429]


def check_kept_list(a, b):
    """A list that was stored here is read and changed there."""
    reader = Browser()
    case = a.run(FIND_CASE)
    reader.post(a, "/shortlist/keep/", {"keep": f"c{case}"}, headers=HERE)
    stored = reader.post(b, "/shortlist/link/", {}, headers=HERE)
    address = stored.headers["Location"]
    for machine in (a, b):
        assert "Streetwatchers" in Browser().get(machine, address).text


def check_preview(a, b):
    """A link to a draft that was made here opens there, and nothing else does."""
    token = a.run(SHARE_DRAFT)
    assert "Not yet" in Browser().get(b, f"/preview/{token}/").text
    assert Browser().get(b, "/initiatives/draft/").status == 404


def check_results(a, b):
    """What a job has stored here is read there."""
    assert a.run(SAVE_RESULT) == "jobs/one"
    assert b.run(READ_RESULT) == b"of a job"


def check_caches(a, b):
    """Pages, bibliographies and social cards are made once."""
    answers = [Browser().get(a, address).text for address in CACHED]
    b.run(NOT_HERE)
    assert [Browser().get(b, address).text for address in CACHED] == answers
    # Only the version of the records is looked up.
    assert Browser().get(b, CACHED[0]).n_queries == 1


def check_changes(a, b, name):
    """What was saved here is seen there at once."""
    a.run(RENAME.format(name=name))
    for machine in (a, b):
        assert name in Browser().get(machine, "/initiatives/weyhe/").text


def check_lock(a, b):
    """Links are checked by one machine at a time. A file of SQLite has one machine."""
    if connection.vendor == "postgresql":
        a.run(HOLD_LOCK)
        with pytest.raises(AssertionError, match="Checked elsewhere"):
            b.run(HOLD_LOCK)
