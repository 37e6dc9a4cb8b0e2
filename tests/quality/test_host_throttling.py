"""Pauses between requests to a host, and runs over several hosts."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from casebase.desk.quality.links.concurrent_checks import CheckRun, group_by_host
from casebase.desk.quality.links.host_throttling import (
    HostThrottles,
    ThrottleSettings,
    parse_retry_after,
)
from tests.quality.server import (
    SHORT_TIMEOUT,
    respond_with,
    running_server,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        ("9" * 400, 9_999_999_999),
        ("Thu, 01 Jan 2026 00:01:00 GMT", 60),
        ("Thu, 01 Jan 2026 00:01:00 -0000", 60),
        ("Wed, 31 Dec 2025 23:59:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("Thu, 99 Jan 2026 00:00:00 GMT", None),
    ],
)
def test_the_header_retry_after_is_read_as_seconds(header, seconds):
    assert parse_retry_after(header, NOW) == seconds


def test_the_pause_doubles_with_each_attempt():
    throttles = HostThrottles(
        ThrottleSettings(when_overloaded=1, max_pause=10, max_attempts=9)
    )
    waits = []
    for attempt in range(3):
        throttles.by_host["host"].free_at = 0
        assert throttles.back_off("host", "", attempt)
        waits.append(throttles.by_host["host"].free_at)
    first, second, third = waits
    assert third - second > second - first > 0.5


def test_the_last_attempt_is_not_repeated():
    throttles = HostThrottles(ThrottleSettings(when_overloaded=0, max_attempts=2))
    assert throttles.back_off("host", "", 0)
    assert not throttles.back_off("host", "", 1)
    assert not throttles.by_host["host"].is_closed


def test_a_host_gets_one_request_at_a_time():
    busy, most = [], []

    async def page(method, reader, writer):
        busy.append(method)
        most.append(len(busy))
        # Leave time for another request to arrive, if one is sent.
        with suppress(TimeoutError):
            await asyncio.wait_for(reader.read(), SHORT_TIMEOUT / 20)
        busy.pop()
        await respond_with(200)(method, reader, writer)

    async def all_at_once(checker, addresses):
        await asyncio.gather(*map(checker.check, addresses))

    with running_server({"/": page}) as server:
        asyncio.run(all_at_once(server.checker(), [server.url("/")] * 3))
    assert most == [1, 1, 1]


def test_addresses_are_grouped_by_host():
    addresses = ["http://a.example/1", "http://b.example/", "https://a.example/2"]
    assert group_by_host([*addresses, "http://[", "nonsense"]) == {
        "a.example": ["http://a.example/1", "https://a.example/2"],
        "b.example": ["http://b.example/"],
        "": ["http://[", "nonsense"],
    }


def test_a_run_yields_the_verdict_on_each_address():
    with running_server(
        {"/there": respond_with(200), "/gone": respond_with(404)}
    ) as server:
        addresses = [server.url("/there"), server.url("/gone"), "nonsense"]
        found = dict(CheckRun(server.checker()).iterate_verdicts(addresses))
    assert {address: v.state for address, v in found.items()} == {
        addresses[0]: "fine",
        addresses[1]: "gone",
        "nonsense": "not-checkable",
    }


def test_a_closed_host_gets_no_more_requests():
    closed = respond_with(429, "Retry-After: 9999")
    with running_server({"/one": closed, "/two": closed}) as server:
        addresses = [server.url("/one"), server.url("/two")]
        found = dict(CheckRun(server.checker()).iterate_verdicts(addresses))
        assert found.keys() == {addresses[0]}
        assert server.asked == ["HEAD /one"]


def test_a_run_can_be_stopped():
    with running_server({"/": respond_with(200)}) as server:
        verdicts = CheckRun(server.checker()).iterate_verdicts([server.url("/")] * 3)
        next(verdicts)
        verdicts.close()
        assert len(server.asked) < 3


def test_an_error_that_ends_a_run_is_raised():
    class Broken:
        throttles = HostThrottles(ThrottleSettings())

        async def check(self, address):
            raise LookupError(address)

    with pytest.raises(ExceptionGroup, match="unhandled"):
        list(CheckRun(Broken()).iterate_verdicts(["http://a.example/"]))
