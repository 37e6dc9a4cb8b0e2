"""Traces, with OpenTelemetry's own packages, sent to a collector on this machine."""

import builtins
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)

from casebase.monitoring.request_ids import add_request_id
from casebase.monitoring.tracing import VARIABLE, TraceRequests

pytestmark = pytest.mark.once

SECRET_PART = "0123456789abcdef" * 2
LONG = "SELECT nothing FROM nowhere".ljust(3_000)


class Collector(BaseHTTPRequestHandler):
    """Keeps what it is sent in ``received``, a list of bytes of its server."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.received.append(self.rfile.read(length))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Nothing: it would be written to stderr."""


@pytest.fixture
def collector(monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Collector)
    server.received = []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv(VARIABLE, f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("OTEL_SERVICE_NAME", "casebase of a test")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def traced(collector):
    """A function that answers a request with a view, and returns the spans of it."""
    middlewares = []

    def answer(path, view, **headers):
        middleware = TraceRequests(view)
        middlewares.append(middleware)
        request = RequestFactory().get(path, headers=headers)
        request.resolver_match = resolve(path)
        add_request_id(middleware)(request)
        middleware.provider.shutdown()
        return read_spans(collector.received)

    yield answer
    for middleware in middlewares:
        connection_created.disconnect(middleware.trace_connection)
        connection.execute_wrappers[:] = [
            wrapper
            for wrapper in connection.execute_wrappers
            if wrapper != middleware.trace_query
        ]


def read_spans(received):
    """Return the spans, those first that ended first."""
    sent = map(ExportTraceServiceRequest.FromString, received)
    return [
        span
        for each in sent
        for resource in each.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]


def attributes_of(span):
    return {
        each.key: each.value.string_value or each.value.int_value
        for each in span.attributes
    }


@pytest.mark.django_db
def test_a_request_and_its_queries_are_one_trace(traced, collector):
    def view(request):
        connection_created.send(sender=type(connection), connection=connection)
        connection_created.send(sender=type(connection), connection=connection)
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", [SECRET_PART])
            with pytest.raises(DatabaseError):
                cursor.execute(LONG)
        return HttpResponse(status=500)

    query, failed, request = traced(f"/plan/{SECRET_PART}/map-it/", view)
    assert request.name == "GET plan:step"
    assert request.status.code == request.status.STATUS_CODE_ERROR
    assert attributes_of(request)["http.response.status_code"] == 500
    assert len(attributes_of(request)["casebase.request_id"]) == 12
    assert query.parent_span_id == failed.parent_span_id == request.span_id
    assert query.name == "SELECT"
    assert attributes_of(query)["db.query.text"] == "SELECT %s"
    assert len(attributes_of(failed)["db.query.text"]) == 2_000
    assert not failed.events
    sent = b"".join(collector.received)
    assert b"casebase of a test" in sent
    assert SECRET_PART.encode() not in sent


@pytest.mark.django_db
@pytest.mark.parametrize("is_behind_proxy", [True, False])
def test_only_a_proxy_says_that_a_request_belongs_to_a_trace(
    traced, settings, is_behind_proxy
):
    settings.BEHIND_PROXY = is_behind_proxy
    parent = "0af7651916cd43dd8448eb211c80319c"
    sent = {"traceparent": f"00-{parent}-b7ad6b7169203331-01"}
    [span] = traced("/about/", lambda _: HttpResponse(), **sent)
    assert (span.trace_id.hex() == parent) == is_behind_proxy


def test_traces_are_off_without_a_collector(monkeypatch):
    monkeypatch.setenv(VARIABLE, " ")
    with pytest.raises(MiddlewareNotUsed):
        TraceRequests(lambda _: HttpResponse())


def test_missing_packages_are_reported(monkeypatch):
    load = builtins.__import__

    def without_packages(name, *args):
        if name.startswith("opentelemetry.exporter"):
            raise ImportError(name)
        return load(name, *args)

    monkeypatch.setenv(VARIABLE, "http://127.0.0.1:1")
    monkeypatch.setattr(builtins, "__import__", without_packages)
    with pytest.raises(ImproperlyConfigured, match=r"requirements/tracing\.txt"):
        TraceRequests(lambda _: HttpResponse())
