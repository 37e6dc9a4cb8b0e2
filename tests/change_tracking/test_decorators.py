"""Views that write: one transaction for a form, and a limit on waiting for the lock."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django.asserts import assertContains

from casebase.change_tracking import decorators
from casebase.change_tracking.decorators import (
    manages_own_transactions,
    transactional_view,
)
from casebase.change_tracking.lock_timeout import (
    ANONYMOUS_SEMAPHORE,
    permit_to_wait,
    write_lock_timeout,
)
from casebase.semaphore import BusyError
from initiatives.models import Initiative
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


class AnonymousRequestFactory(RequestFactory):
    def request(self, **environment):
        request = super().request(**environment)
        request.user = AnonymousUser()
        return request


@pytest.fixture
def rf():
    return AnonymousRequestFactory()


def view_returning(status):
    def view(request):
        InitiativeFactory()
        assert connection.in_atomic_block
        return HttpResponse(status=status)

    return transactional_view(view)


def test_a_form_updates_derived_data(rf, updates):
    assert view_returning(302)(rf.post("/")).status_code == 302
    assert updates == [{"initiative": {Initiative.objects.get().pk}}]


def test_a_server_error_rolls_the_transaction_back(rf, updates):
    assert view_returning(500)(rf.post("/")).status_code == 500
    assert not Initiative.objects.exists()
    assert updates == []


@pytest.mark.django_db(transaction=True)
def test_a_get_request_opens_no_transaction(rf):
    def view(request):
        return HttpResponse(str(connection.in_atomic_block))

    assert transactional_view(view)(rf.get("/")).content == b"False"


class Body:
    """The body of a request, which records whether it is read in a transaction."""

    def __init__(self, body, error=None):
        self.body, self.error, self.in_transaction = body, error, []

    def read(self, size=-1):
        self.in_transaction.append(connection.in_atomic_block)
        if self.error:
            raise self.error
        sent, self.body = self.body, b""
        return sent

    readline = read


def post_request(rf, body):
    form = "application/x-www-form-urlencoded"
    return rf.post("/", b"a=1", form, **{"wsgi.input": body})


@pytest.mark.django_db(transaction=True)
def test_the_body_is_read_before_the_transaction_begins(rf):
    def view(request):
        return HttpResponse(f"{request.POST['a']} {connection.in_atomic_block}")

    body = Body(b"a=1")
    assert transactional_view(view)(post_request(rf, body)).content == b"1 True"
    assert set(body.in_transaction) == {False}


@pytest.mark.django_db(transaction=True)
def test_a_client_that_disconnects_while_sending_causes_no_error(rf):
    def view(request):
        return HttpResponse(str(dict(request.POST)))

    body = Body(b"", error=OSError("gone"))
    assert transactional_view(view)(post_request(rf, body)).content == b"{}"


def plain_view(request):
    return HttpResponse(str(connection.in_atomic_block))


@manages_own_transactions
def own_transactions_view(request):
    response = plain_view(request)
    with transaction.atomic():
        return response


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("view", "in_transaction"),
    [(own_transactions_view, b"False"), (plain_view, b"True")],
)
def test_a_marked_view_manages_its_own_transactions(rf, view, in_transaction):
    assert transactional_view(view)(rf.post("/")).content == in_transaction


def test_a_form_gets_503_while_another_connection_writes(client, concurrent_writer):
    page = client.post("/admin/login/", {"username": "ada", "password": "x"})
    assertContains(page, "your browser has kept what you typed", status_code=503)
    assert page["Retry-After"] == "10"
    # A page that reloads itself would lose the form.
    assert "Refresh" not in page


def test_own_transactions_wait_no_longer_for_the_lock(
    rf, concurrent_writer, monkeypatch
):
    monkeypatch.setattr(decorators, "ANONYMOUS_TIMEOUT_SECONDS", 0)
    with pytest.raises(BusyError, match="Many changes are being saved right now"):
        own_transactions_view(rf.post("/own/"))
    concurrent_writer.rollback()
    assert own_transactions_view(rf.post("/own/")).status_code == 200


def busy_timeout():
    """Return SQLite's busy timeout in milliseconds."""
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA busy_timeout").fetchone()[0]


@pytest.mark.skipif(
    "connection.vendor == 'postgresql'", reason="only SQLite has one write lock"
)
def test_requests_wait_less_long_for_the_lock_than_commands(rf):
    usual, timeouts = busy_timeout(), []
    view = transactional_view(
        lambda request: timeouts.append(busy_timeout()) or HttpResponse()
    )
    view(rf.post("/"))
    form = rf.post("/")
    form.user = User()
    view(form)
    assert timeouts == [2_000, 10_000]
    assert busy_timeout() == usual > 10_000


@pytest.mark.django_db(transaction=True)
def test_few_threads_of_a_worker_wait_for_the_lock(rf):
    signed_in = rf.post("/")
    signed_in.user = User()
    with permit_to_wait(ANONYMOUS_SEMAPHORE):
        if connection.vendor == "sqlite":
            with pytest.raises(BusyError):
                transactional_view(plain_view)(rf.post("/"))
        # Signed-in people have a semaphore of their own.
        assert transactional_view(plain_view)(signed_in).content == b"True"
    # The permit was released once the transaction had begun.
    assert transactional_view(plain_view)(rf.post("/")).content == b"True"
    with permit_to_wait(ANONYMOUS_SEMAPHORE):
        assert transactional_view(plain_view)(rf.get("/")).content == b"False"


def test_other_database_errors_are_passed_on():
    with pytest.raises(OperationalError, match="full"), write_lock_timeout(1):
        raise OperationalError("database or disk is full")
