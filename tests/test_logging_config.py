"""What is logged, and what is left out of it."""

import json
import logging
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from casebase import environment
from casebase.logging_config import build_logging, make_formatter

pytestmark = pytest.mark.once

SECRET_PART = "0123456789abcdef" * 2


def record_of(message, *args, name="a", exc_info=None):
    return logging.LogRecord(name, 30, "a.py", 1, message, args, exc_info)


def read_json(record):
    return json.loads(make_formatter("json").format(record))


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (f"/plan/{SECRET_PART}/map-it/", "/plan/…/map-it/"),
        (f"/shortlist/{SECRET_PART}/", "/shortlist/…/"),
        ("/preview/17.abcDEF-123_456789012345/", "/preview/…/"),
        ("/plan/start/", "/plan/start/"),
    ],
)
def test_private_links_are_left_out(path, logged):
    record = record_of("Not Found: %s", path)
    assert (
        make_formatter("text", "%(message)s").format(record) == f"Not Found: {logged}"
    )
    assert read_json(record)["message"] == f"Not Found: {logged}"


def test_a_line_of_json_has_one_object_whatever_was_logged():
    message = 'line\nbreak "quoted" \ud800 \x00 …'
    line = make_formatter("json").format(record_of(message))
    assert "\n" not in line
    assert json.loads(line) | {
        "level": "WARNING",
        "logger": "a",
        "message": message,
    } == json.loads(line)


def test_private_links_are_left_out_of_tracebacks():
    try:
        raise ValueError(f"no {SECRET_PART} at /plan/{SECRET_PART}/")
    except ValueError:
        found = read_json(record_of("It failed", exc_info=sys.exc_info()))
    assert "ValueError" in found["traceback"]
    assert f"/plan/{SECRET_PART}" not in found["traceback"]
    assert "/plan/…/" in found["traceback"]


def test_a_line_of_the_access_log_has_fields():
    atoms = dict.fromkeys("rhmUqBDa", "-")
    atoms |= {"s": "404", "U": f"/plan/{SECRET_PART}/", "{x-request-id}o": "abc"}
    found = read_json(record_of("%(U)s", atoms, name="gunicorn.access"))
    assert (found["path"], found["status"]) == ("/plan/…/", 404)
    assert found["request_id"] == "abc"
    assert "path" not in read_json(record_of("%(U)s", atoms, name="another"))
    assert "path" not in read_json(record_of("plain", name="gunicorn.access"))


def test_the_setting_chooses_the_format():
    assert build_logging("json")["formatters"]["line"]["log_format"] == "json"


def test_a_variable_is_read_from_a_file_without_setting_it(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("LOG_FORMAT=json\n")
    monkeypatch.delenv("LOG_FORMAT", raising=False)
    assert environment.peek("LOG_FORMAT", file) == "json"
    assert environment.peek("LOG_FORMAT", tmp_path / "none") == ""
    monkeypatch.setenv("LOG_FORMAT", "text")
    assert environment.peek("LOG_FORMAT", file) == "text"


@pytest.mark.parametrize(
    ("value", "expected"), [("", "text"), ("JSON", "json"), ("text", "text")]
)
def test_the_format_is_text_or_json(monkeypatch, value, expected):
    monkeypatch.setenv("LOG_FORMAT", value)
    assert environment.read_log_format() == expected
    monkeypatch.setenv("LOG_FORMAT", "yaml")
    with pytest.raises(ImproperlyConfigured, match="Set it to text or json"):
        environment.read_log_format()
