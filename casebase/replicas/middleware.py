"""Middleware that lets views read from a replica, and others from the primary."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from casebase.change_tracking.replica_counter import replica_counter
from casebase.database_availability import is_unavailable
from casebase.private_links import PRIVATE_LINK
from casebase.replicas.replica import Replica
from casebase.replicas.watching import Replicas, all_replicas

type View = Callable[..., HttpResponse]

# Marks for some seconds who has just sent something: she reads from the primary, and so
# sees what she wrote.
COOKIE, COOKIE_SECONDS = "just-sent", 10
# The SQLSTATE of a write in a transaction that can only read.
READ_ONLY = "25006"


class Reading(NamedTuple):
    """What a request reads from, and the connection that it replaces meanwhile."""

    replica: Replica
    primary: BaseDatabaseWrapper


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def reads_from_primary(view: View) -> View:
    """Mark a view that needs the primary: it writes, or tells how the primary is."""
    # A function may have attributes of its own, which mypy does not know.
    view.reads_from_primary = True  # type: ignore[attr-defined]
    return view


class Unanswered(HttpResponse):
    """Stands for a response that a replica could not give."""


class ReplicaMiddleware:
    """Lets a view read from a replica if nothing speaks against it.

    If the view fails because of the replica, or doesn't find something there, it is
    called again and reads from the primary. So is one whose response is a stream: that
    can't be begun again when a replica breaks off.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.replicas = all_replicas()
        if not self.replicas.all:
            raise MiddlewareNotUsed("The database has no replica.")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        finally:
            replica = end_reading()
        if replica and (response.streaming or isinstance(response, Unanswered)):
            response.close()
            request.reads_from_primary = True
            response = self.get_response(request)
        if request.method == "POST" or hasattr(request, "has_written"):
            response.set_cookie(
                COOKIE,
                "1",
                max_age=COOKIE_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> None:
        self.replicas.watch()
        if may_read_from_replica(request, view, self.replicas.primary_answers):
            begin_reading(self.replicas)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Return Unanswered if the view may have failed because of a replica."""
        reading = _reading.get()
        if reading is None or not isinstance(exception, Error | Http404):
            return None
        if is_unavailable(exception):
            reading.replica.leave_out(str(exception))
        if getattr(exception.__cause__, "sqlstate", None) == READ_ONLY:
            request.has_written = True
        return Unanswered()


def may_read_from_replica(
    request: HttpRequest, view: View, primary_answers: bool
) -> bool:
    """Whether the reader is anonymous and the view can do with what was just true.

    While the primary does not answer, that is better than nothing also for those who
    have just sent something.
    """
    personal = {settings.SESSION_COOKIE_NAME} | ({COOKIE} if primary_answers else set())
    sent = personal & request.COOKIES.keys()
    # What is behind a private link notes that it was opened.
    is_private = PRIVATE_LINK.match(request.path_info)
    is_of_desk = request.path_info.startswith(reverse("admin:index"))
    is_marked = any(hasattr(each, "reads_from_primary") for each in (request, view))
    if sent or is_private or is_of_desk or is_marked or connection.in_atomic_block:
        return False
    return request.method in {"GET", "HEAD"}


def begin_reading(replicas: Replicas) -> None:
    """Read from a replica in this thread, until ``end_reading``, if one is recent."""
    for replica in replicas.used():
        counter = replica.begin()
        if counter and counter.version >= replicas.version:
            _reading.set(Reading(replica, connections[DEFAULT_DB_ALIAS]))
            replica_counter.set(counter)
            connections[DEFAULT_DB_ALIAS] = replica.connection
            return
        replica.end()


def end_reading() -> Replica | None:
    """Read from the primary again. Returns the replica that was read from, if any."""
    reading = _reading.get()
    if reading is None:
        return None
    connections[DEFAULT_DB_ALIAS] = reading.primary
    replica_counter.set(None)
    _reading.set(None)
    reading.replica.end()
    return reading.replica
