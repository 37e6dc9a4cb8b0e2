"""Manners towards servers."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from casebase.desk.quality.links.concurrent_checks import Round, grouped
from casebase.desk.quality.links.host_throttling import Pauses, Turns, seconds_of
from tests.quality.server import HURRIED, says, serving

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
def test_how_long_a_server_wants_to_be_left_alone(header, seconds):
    assert seconds_of(header, NOW) == seconds


def test_each_time_the_pause_is_twice_as_long():
    turns = Turns(Pauses(overloaded=1, longest=10, attempts=9))
    waits = []
    for attempt in range(3):
        turns.of["host"].free_at = 0
        assert turns.back_off("host", "", attempt)
        waits.append(turns.of["host"].free_at)
    first, second, third = waits
    assert third - second > second - first > 0.5


def test_after_the_last_attempt_there_is_no_other():
    turns = Turns(Pauses(overloaded=0, attempts=2))
    assert turns.back_off("host", "", 0)
    assert not turns.back_off("host", "", 1)
    assert not turns.of["host"].is_closed


def test_a_server_is_asked_one_thing_at_a_time():
    busy, most = [], []

    async def page(method, reader, writer):
        busy.append(method)
        most.append(len(busy))
        # Whoever else asks has all the time to do it.
        with suppress(TimeoutError):
            await asyncio.wait_for(reader.read(), HURRIED / 20)
        busy.pop()
        await says(200)(method, reader, writer)

    async def all_at_once(checker, addresses):
        await asyncio.gather(*map(checker.check, addresses))

    with serving({"/": page}) as server:
        asyncio.run(all_at_once(server.checker(), [server.url("/")] * 3))
    assert most == [1, 1, 1]


def test_addresses_are_grouped_by_their_server():
    addresses = ["http://a.example/1", "http://b.example/", "https://a.example/2"]
    assert grouped([*addresses, "http://[", "nonsense"]) == {
        "a.example": ["http://a.example/1", "https://a.example/2"],
        "b.example": ["http://b.example/"],
        "": ["http://[", "nonsense"],
    }


def test_a_round_tells_of_each_address_as_it_is_found():
    with serving({"/there": says(200), "/gone": says(404)}) as server:
        addresses = [server.url("/there"), server.url("/gone"), "nonsense"]
        found = dict(Round(server.checker()).verdicts(addresses))
    assert {address: v.state for address, v in found.items()} == {
        addresses[0]: "fine",
        addresses[1]: "gone",
        "nonsense": "not-checkable",
    }


def test_a_server_that_closed_its_door_is_not_asked_again():
    closed = says(429, "Retry-After: 9999")
    with serving({"/one": closed, "/two": closed}) as server:
        addresses = [server.url("/one"), server.url("/two")]
        found = dict(Round(server.checker()).verdicts(addresses))
        assert found.keys() == {addresses[0]}
        assert server.asked == ["HEAD /one"]


def test_a_round_can_be_broken_off():
    with serving({"/": says(200)}) as server:
        verdicts = Round(server.checker()).verdicts([server.url("/")] * 3)
        next(verdicts)
        verdicts.close()
        assert len(server.asked) < 3


def test_what_breaks_a_round_is_heard_of():
    class Broken:
        turns = Turns(Pauses())

        async def check(self, address):
            raise LookupError(address)

    with pytest.raises(ExceptionGroup, match="unhandled"):
        list(Round(Broken()).verdicts(["http://a.example/"]))
