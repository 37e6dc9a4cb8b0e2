"""Addresses that a check never connects to, neither directly nor after a redirect."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.desk.quality.links.checker import Checker
from casebase.desk.quality.links.client import Client, Limits
from casebase.desk.quality.links.public_addresses import is_public
from tests.quality.server import (
    HERE,
    NO_PAUSES,
    Names,
    redirect_to,
    respond_with,
    running_server,
)


@pytest.fixture(scope="module")
def server():
    pages = {
        "/there": respond_with(200),
        "/inward": redirect_to(302, "http://10.0.0.1/"),
    }
    with running_server(pages) as server:
        yield server


@pytest.mark.parametrize(
    "address",
    [
        "ftp://casebase.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:someone@casebase.example",
        "casebase.example",
        "",
        "http://",
        "http:///there",
        "http://[::1",
        "http://casebase.example:99999/",
        "http://casebase.example:0/",
        "http://casebase.example:22/",
        "http://someone@casebase.example/",
        "http://someone:secret@casebase.example/",
        "http://:secret@casebase.example/",
        "http://\ud800.example/",
    ],
)
def test_an_address_outside_the_web_is_not_looked_up(server, address):
    names = Names(casebase_example=[HERE])
    verdict = asyncio.run(server.checker(resolver=names).check(address))
    assert verdict.state == "not-checkable"
    assert names.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "localhost",
        "rebind.example",
    ],
)
def test_no_name_for_this_machine_is_connected_to(server, host):
    del server.asked[:]
    names = Names(rebind_example=[HERE], localhost=[HERE])
    checker = server.checker(is_allowed=is_public, resolver=names)
    verdict = asyncio.run(checker.check(server.url("/there", host=host)))
    assert verdict.state in ("not-checkable", "unreachable")
    assert server.asked == []


def test_a_name_with_one_private_address_is_not_connected_to(server):
    del server.asked[:]
    names = Names(rebind_example=["10.0.0.1", HERE])
    checker = server.checker(resolver=names)
    address = server.url("/there", host="rebind.example")
    verdict = asyncio.run(checker.check(address))
    assert verdict.state == "not-checkable"
    assert "10.0.0.1" in verdict.sentence
    assert server.asked == []


def test_a_name_is_looked_up_once_for_a_request(server):
    names = Names(casebase_example=[HERE])
    address = server.url("/there", host="casebase.example")
    asyncio.run(server.checker(resolver=names).check(address))
    assert names.asked == ["casebase.example"]


def test_the_address_of_each_redirect_is_checked(server):
    judged = []

    def is_allowed(address):
        judged.append(address)
        return address == HERE

    server.check("/inward", is_allowed=is_allowed)
    assert judged == [HERE, "10.0.0.1"]


PRIVATE_ADDRESSES = [
    "http://127.0.0.1:{port}/there",
    "http://2130706433:{port}/there",
    "http://[::ffff:7f00:1]:{port}/there",
    "http://[::1]:{port}/there",
    "http://rebind.example:{port}/there",
    "//127.1:{port}/there",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00::1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:7f00:1::]/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/there",
    "http://public.example@127.0.0.1:{port}/there",
]


@pytest.mark.parametrize("location", PRIVATE_ADDRESSES)
def test_no_redirect_to_a_private_address_is_followed(location):
    """The first connection is allowed, as if it went to a public server."""
    judged = []

    def is_allowed(address):
        judged.append(address)
        return len(judged) == 1 or is_public(address)

    with (
        running_server({"/there": respond_with(200)}) as inside,
        running_server({}) as outside,
    ):
        outside.pages["/"] = redirect_to(302, location.format(port=inside.plain))
        checker = outside.checker(
            is_allowed=is_allowed,
            resolver=Names(public_example=[HERE], rebind_example=[HERE]),
            limits=Limits(ports=frozenset({80, outside.plain, inside.plain})),
        )
        address = outside.url("/", host="public.example")
        verdict = asyncio.run(checker.check(address))
    assert verdict.state == "not-checkable"
    assert outside.asked
    assert inside.asked == []


def test_a_name_that_changes_between_requests_is_checked_each_time():
    class Rebinding(Names):
        async def resolve(self, host, port=0, family=0):
            self.addresses = {host: ["10.0.0.1"] if self.asked else [HERE]}
            return await super().resolve(host, port, family)

    with running_server({"/": redirect_to(302, "/again")}) as server:
        checker = server.checker(resolver=Rebinding())
        address = server.url("/", host="rebind.example")
        verdict = asyncio.run(checker.check(address))
    assert verdict.state == "not-checkable"
    assert "10.0.0.1" in verdict.sentence


@pytest.mark.parametrize("host", ["nowhere.example", f"{'a' * 64}.example"])
def test_an_unknown_host_is_unreachable(server, host):
    verdict = asyncio.run(server.checker().check(server.url("/", host=host)))
    assert verdict.state == "unreachable"
    assert host in verdict.sentence


@given(st.text() | st.builds("http://{}/{}".format, st.text(), st.text()))
def test_any_text_gets_a_verdict(address):
    client = Client(resolver=Names(), is_allowed=lambda address: False)
    checker = Checker(client, NO_PAUSES)
    verdict = asyncio.run(checker.check(address))
    assert verdict.state in ("not-checkable", "unreachable")
    assert verdict.sentence


def test_a_closed_port_is_unreachable():
    with running_server({}) as server:
        checker, address = server.checker(), server.url("/")
    assert asyncio.run(checker.check(address)).state == "unreachable"


def test_proxies_of_the_environment_are_not_used(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://10.0.0.1:3128")
    assert server.check("/there").state == "fine"


def test_an_unforeseen_error_gets_a_verdict(server, caplog):
    class Strange(Names):
        async def resolve(self, host, port=0, family=0):
            raise RuntimeError("strange")

    address = server.url("/there", host="casebase.example")
    verdict = asyncio.run(server.checker(resolver=Strange()).check(address))
    assert verdict.state == "not-checkable"
    assert "strange" in caplog.text
