"""Logging: everything to stderr, where the process manager collects it.

Private links are left out of it. A web server in front of the site has a log of its
own; docs/operating.md says how to keep them out of that.
"""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from casebase.monitoring.request_ids import HEADER, current_request_id
from casebase.private_links import PRIVATE_LINK

LINE = "{asctime} {levelname} {name}{request}: {message}"
# Field of a JSON object → what gunicorn calls it in a line of its access log.
ACCESS_FIELDS = {
    "message": "r",
    "address": "h",
    "method": "m",
    "path": "U",
    "query": "q",
    "bytes": "B",
    "microseconds": "D",
    "agent": "a",
    "request_id": f"{{{HEADER.lower()}}}o",
}


class RedactingFormatter(logging.Formatter):
    """Writes “/plan/…/” in place of a link that has a secret in it.

    Of a request, lines have its id as ``request``.
    """

    def format(self, record: logging.LogRecord) -> str:
        request_id = current_request_id()
        record.request = f" [{request_id}]" if request_id else ""
        return redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """Writes each record as a JSON object on a line, without secrets of links."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        fields = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "request_id": current_request_id(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return redact(json.dumps(fields | access_fields(record)))


def access_fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a line of gunicorn's access log tells; {} for any other."""
    if record.name != "gunicorn.access" or not isinstance(record.args, Mapping):
        return {}
    fields = {field: record.args[name] for field, name in ACCESS_FIELDS.items()}
    return fields | {"status": int(str(record.args["s"]))}


def redact(text: str) -> str:
    return PRIVATE_LINK.sub(r"\1…", text)


def make_formatter(
    log_format: str, line: str = LINE, datefmt: str | None = None
) -> logging.Formatter:
    """Return a formatter of JSON or of text, with this format of its lines."""
    if log_format == "json":
        return JsonFormatter()
    return RedactingFormatter(line, datefmt, style="{" if line == LINE else "%")


def build_logging(log_format: str) -> dict[str, Any]:
    """Return Django's setting LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": make_formatter, "log_format": log_format}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        # Without its own handlers, which write only when DEBUG is on.
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            # The audit log has more details of failures.
            "axes": {"level": "ERROR"},
        },
    }
