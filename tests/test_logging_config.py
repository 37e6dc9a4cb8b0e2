"""What is logged, and what is left out of it."""

import logging

import pytest

from casebase.logging_config import RedactingFormatter

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/plan/0123456789abcdef0123456789abcdef/map-it/", "/plan/…/map-it/"),
        ("/shortlist/0123456789abcdef0123456789abcdef/", "/shortlist/…/"),
        ("/preview/17.abcDEF-123_456789012345/", "/preview/…/"),
        ("/plan/start/", "/plan/start/"),
    ],
)
def test_private_links_are_left_out(path, logged):
    record = logging.LogRecord("a", 30, "a.py", 1, "Not Found: %s", (path,), None)
    assert RedactingFormatter("%(message)s").format(record) == f"Not Found: {logged}"
