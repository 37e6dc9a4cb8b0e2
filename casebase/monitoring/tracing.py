"""Traces of requests and of their queries, as OpenTelemetry defines them.

Off unless OTEL_EXPORTER_OTLP_ENDPOINT is set, because the packages are optional; see
docs/monitoring.md. Spans have names from our code and SQL with placeholders: neither
paths nor values, which may be secrets.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse

from casebase import __version__
from casebase.monitoring.request_ids import current_request_id
from casebase.monitoring.routes import route_of

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

VARIABLE = "OTEL_EXPORTER_OTLP_ENDPOINT"
NOT_INSTALLED = (
    f"{VARIABLE} is set, but the packages for traces are not installed. Install "
    "requirements/tracing.txt, or leave it empty."
)
# More of a query is not sent.
MAX_SQL = 2_000


class TraceRequests:
    """Middleware that traces requests, and the queries of connections from now on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not os.environ.get(VARIABLE, "").strip():
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.provider = start_provider()
        self.tracer = self.provider.get_tracer("casebase", __version__)
        connection_created.connect(self.trace_connection)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind

        # Only a proxy of ours may say that a request belongs to a trace.
        parent = extract(request.headers) if settings.BEHIND_PROXY else None
        with self.tracer.start_as_current_span(
            str(request.method), parent, SpanKind.SERVER
        ) as span:
            response = self.get_response(request)
            describe(span, request, response)
        return response

    def trace_connection(self, connection: Any, **kwargs: Any) -> None:
        """Trace all queries of a connection, which may have been opened before."""
        if self.trace_query not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.trace_query)

    def trace_query(
        self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Execute the query within a span, which has its SQL but not its values."""
        from opentelemetry.trace import SpanKind

        text = str(sql)
        with self.tracer.start_as_current_span(
            text.lstrip().partition(" ")[0].upper(),
            kind=SpanKind.CLIENT,
            attributes={
                "db.system.name": context["connection"].vendor,
                "db.namespace": context["connection"].alias,
                "db.query.text": text[:MAX_SQL],
            },
            # The message of an error may quote values.
            record_exception=False,
        ):
            return execute(sql, params, many, context)


def describe(span: "Span", request: HttpRequest, response: HttpResponse) -> None:
    """Say in the span what the request was, without its path."""
    from opentelemetry.trace import StatusCode

    route = route_of(request)
    span.update_name(f"{request.method} {route}")
    span.set_attribute("http.request.method", str(request.method))
    span.set_attribute("http.route", route)
    span.set_attribute("http.response.status_code", response.status_code)
    span.set_attribute("casebase.request_id", current_request_id())
    if response.status_code >= 500:
        span.set_status(StatusCode.ERROR)


def start_provider() -> "TracerProvider":
    """Return what collects spans and sends them in batches, from a thread of its own.

    It reads the other variables of OpenTelemetry, such as OTEL_TRACES_SAMPLER, itself.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise ImproperlyConfigured(NOT_INSTALLED) from None
    os.environ.setdefault("OTEL_SERVICE_NAME", "casebase")
    resource = Resource.create({"service.version": __version__})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
