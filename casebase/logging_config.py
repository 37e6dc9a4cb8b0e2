"""Logging: everything to stderr, where the process manager collects it.

Private links are left out of it. A web server in front of the site has a log of its
own; docs/operating.md says how to keep them out of that.
"""

import logging

from casebase.private_links import PRIVATE_LINK


class RedactingFormatter(logging.Formatter):
    """Writes “/plan/…/” in place of a link that has a secret in it."""

    def format(self, record: logging.LogRecord) -> str:
        return PRIVATE_LINK.sub(r"\1…", super().format(record))


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": RedactingFormatter,
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Without its own handlers, which write only when DEBUG is on.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # The audit log has more details of failures.
        "axes": {"level": "ERROR"},
    },
}
