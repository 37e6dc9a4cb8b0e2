"""What is derived follows in the transaction that writes."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django.asserts import assertContains

from casebase.change_tracking import decorators
from casebase.change_tracking import transactions as room
from casebase.change_tracking.decorators import write_together, writes_itself
from casebase.change_tracking.lock_timeout import STRANGERS, in_line, waiting
from casebase.change_tracking.models import Touched
from casebase.change_tracking.transactions import written_together
from casebase.semaphore import BusyError
from initiatives.models import Initiative
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


class Strangers(RequestFactory):
    """Requests of who has not signed in."""

    def request(self, **environment):
        request = super().request(**environment)
        request.user = AnonymousUser()
        return request


@pytest.fixture
def rf():
    return Strangers()


@pytest.fixture
def followed(monkeypatch):
    """What a follower was told, call by call."""
    calls = []
    monkeypatch.setattr(room, "FOLLOWERS", [calls.append])
    Touched.objects.update(is_followed=True)
    return calls


def test_the_follower_is_told_once_of_all_that_was_touched(followed):
    with written_together():
        keys = {InitiativeFactory().pk, InitiativeFactory().pk}
    assert followed == [{"initiative": keys}]
    with written_together():
        pass
    assert len(followed) == 1


def test_what_was_written_elsewhere_is_followed_with_the_next(followed):
    case = InitiativeFactory()
    with written_together():
        pass
    assert followed == [{"initiative": {case.pk}}]


def test_a_follower_that_fails_takes_the_writing_back(monkeypatch):
    def fail(touched):
        raise DatabaseError

    monkeypatch.setattr(room, "FOLLOWERS", [fail])
    with pytest.raises(DatabaseError), written_together():
        InitiativeFactory()
    assert not Initiative.objects.exists()


def test_what_is_taken_back_is_not_followed(followed):
    with written_together():
        InitiativeFactory()
        transaction.set_rollback(True)
    assert followed == []


def answering(status):
    def view(request):
        InitiativeFactory()
        assert connection.in_atomic_block
        return HttpResponse(status=status)

    return write_together(view)


def test_a_request_that_writes_is_followed(rf, followed):
    assert answering(302)(rf.post("/")).status_code == 302
    assert followed == [{"initiative": {Initiative.objects.get().pk}}]


def test_a_request_that_fails_leaves_nothing(rf, followed):
    assert answering(500)(rf.post("/")).status_code == 500
    assert not Initiative.objects.exists()
    assert followed == []


@pytest.mark.django_db(transaction=True)
def test_a_request_that_reads_needs_no_transaction(rf):
    def view(request):
        return HttpResponse(str(connection.in_atomic_block))

    assert write_together(view)(rf.get("/")).content == b"False"


class Sender:
    """Sends a form, and notes whether others are kept from writing meanwhile."""

    def __init__(self, body, error=None):
        self.body, self.error, self.kept = body, error, []

    def read(self, size=-1):
        self.kept.append(connection.in_atomic_block)
        if self.error:
            raise self.error
        sent, self.body = self.body, b""
        return sent

    readline = read


def posted(rf, sender):
    form = "application/x-www-form-urlencoded"
    return rf.post("/", b"a=1", form, **{"wsgi.input": sender})


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_who_sends_slowly(rf):
    def view(request):
        return HttpResponse(f"{request.POST['a']} {connection.in_atomic_block}")

    sender = Sender(b"a=1")
    assert write_together(view)(posted(rf, sender)).content == b"1 True"
    assert set(sender.kept) == {False}


@pytest.mark.django_db(transaction=True)
def test_who_goes_in_the_midst_of_sending_is_no_error_of_ours(rf):
    def view(request):
        return HttpResponse(str(dict(request.POST)))

    sender = Sender(b"", error=OSError("gone"))
    assert write_together(view)(posted(rf, sender)).content == b"{}"


def plain(request):
    return HttpResponse(str(connection.in_atomic_block))


@writes_itself
def itself(request):
    response = plain(request)
    with transaction.atomic():
        return response


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("view", "is_kept"), [(itself, b"False"), (plain, b"True")])
def test_views_may_make_transactions_of_their_own(rf, view, is_kept):
    assert write_together(view)(rf.post("/")).content == is_kept


def test_a_form_is_told_to_wait_where_much_is_written(client, someone_writes):
    page = client.post("/admin/login/", {"username": "ada", "password": "x"})
    assertContains(page, "your browser has kept what you typed", status_code=503)
    assert page["Retry-After"] == "10"
    # It would come back empty.
    assert "Refresh" not in page


def test_so_is_one_that_makes_its_own_transaction(rf, someone_writes, monkeypatch):
    monkeypatch.setattr(decorators, "OF_STRANGERS", 0)
    with pytest.raises(BusyError, match="Very much is being brought in"):
        itself(rf.post("/itself/"))
    someone_writes.rollback()
    assert itself(rf.post("/itself/")).status_code == 200


def patience():
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA busy_timeout").fetchone()[0]


@pytest.mark.skipif(
    "connection.vendor == 'postgresql'",
    reason="only SQLite has a line of writers; on PostgreSQL many write at once",
)
def test_pages_wait_for_less_long_than_commands(rf):
    usual, met = patience(), []
    view = write_together(lambda request: met.append(patience()) or HttpResponse())
    view(rf.post("/"))
    form = rf.post("/")
    form.user = User()
    view(form)
    assert met == [2_000, 10_000]
    assert patience() == usual > 10_000


@pytest.mark.django_db(transaction=True)
def test_few_threads_of_a_worker_wait_to_write(rf):
    at_desk = rf.post("/")
    at_desk.user = User()
    with in_line(STRANGERS):
        if connection.vendor == "sqlite":
            with pytest.raises(BusyError):
                write_together(plain)(rf.post("/"))
        # Strangers take no place of those at the desk.
        assert write_together(plain)(at_desk).content == b"True"
    # Who is let in has left the line.
    assert write_together(plain)(rf.post("/")).content == b"True"
    with in_line(STRANGERS):
        assert write_together(plain)(rf.get("/")).content == b"False"


def test_other_errors_of_the_database_stay_what_they_are():
    with pytest.raises(OperationalError, match="full"), waiting(1):
        raise OperationalError("database or disk is full")
