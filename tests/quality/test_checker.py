"""What a check says of an address, for every way in which servers fail."""

import asyncio

import pytest

from casebase.desk.quality.links.host_throttling import Pauses
from tests.quality.server import (
    HERE,
    HURRIED,
    by_method,
    drips,
    endless,
    in_turn,
    leads,
    reset,
    says,
    sends,
    serving,
    silent,
    trusting,
)

OK = b"HTTP/1.1 200 Words\r\n"
PAGES = {
    "/there": says(200),
    "/wordy": says(200, f"X-Policy: {'x' * 100_000}"),
    "/too-wordy": says(200, f"X-Policy: {'x' * 1_000_000}"),
    "/gone": says(404),
    "/gone-for-good": says(410),
    "/closed": says(403),
    "/with-password": says(401),
    "/busy": says(429),
    "/broken": says(500),
    "/odd": says(400),
    "/multiple": says(300),
    "/silent": silent,
    "/silent-to-head": by_method(silent, says(200)),
    "/no-head": by_method(says(405), says(200)),
    "/head-says-gone": by_method(says(404), says(200)),
    "/head-breaks-off": by_method(reset, says(200)),
    "/slow-head": drips(b"HTTP/1.1 200 "),
    "/slow": by_method(says(405), drips(OK + b"Content-Length: 900\r\n\r\n")),
    "/endless": by_method(says(405), endless),
    "/cut-short": by_method(says(405), sends(OK + b"Content-Length: 9\r\n\r\n.")),
    "/garbage": sends(b"\x00\xff\x00 no answer\r\n\r\n"),
    "/nothing": sends(b""),
    "/reset": reset,
    "/round": leads(302, "/round"),
    "/moved": leads(301, "/there"),
    "/moved-twice": leads(308, "/moved"),
    "/elsewhere-for-now": leads(302, "/there"),
    "/moved-then-elsewhere": leads(301, "/elsewhere-for-now"),
    "/elsewhere-then-moved": leads(302, "/moved"),
    "/moved-to-gone": leads(301, "/gone"),
    "/inward": leads(302, "http://10.0.0.1/"),
    "/to-metadata": leads(301, "http://169.254.169.254/latest/"),
    "/to-file": leads(302, "file:///etc/passwd"),
    "/to-script": leads(301, "javascript:alert(1)"),
    "/to-nonsense": leads(302, "http://[::1"),
    "/to-null": leads(301, "http://a%00b.example/"),
    "/to-other-port": leads(302, f"http://{HERE}:22/"),
}


@pytest.fixture(scope="module")
def server():
    with serving(PAGES) as server:
        yield server


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("/there", "fine", 200),
        ("/wordy", "fine", 200),
        ("/too-wordy", "garbled", None),
        ("/gone", "gone", 404),
        ("/gone-for-good", "gone", 410),
        ("/closed", "refused", 403),
        ("/with-password", "refused", 401),
        ("/busy", "refused", 429),
        ("/broken", "failing", 500),
        ("/odd", "failing", 400),
        ("/multiple", "failing", 300),
        ("/no-head", "fine", 200),
        ("/head-says-gone", "fine", 200),
        ("/head-breaks-off", "fine", 200),
        ("/endless", "fine", 200),
        ("/cut-short", "garbled", None),
        ("/garbage", "garbled", None),
        ("/nothing", "unreachable", None),
        ("/reset", "unreachable", None),
        ("/round", "loop", 302),
        ("/moved", "moved", 200),
        ("/elsewhere-for-now", "fine", 200),
        ("/inward", "not-checkable", None),
        ("/to-metadata", "not-checkable", None),
        ("/to-file", "not-checkable", None),
        ("/to-script", "not-checkable", None),
        ("/to-nonsense", "garbled", None),
        ("/to-null", "unreachable", None),
        ("/to-other-port", "not-checkable", None),
    ],
)
def test_each_answer_has_a_name(server, path, state, status):
    verdict = server.check(path)
    assert (verdict.state, verdict.status) == (state, status)
    assert verdict.sentence.endswith((".", ".)", "/there"))


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("/silent", "time-out", None),
        ("/silent-to-head", "fine", 200),
        ("/slow-head", "time-out", None),
        ("/slow", "slow", None),
    ],
)
def test_what_takes_too_long_has_a_name(server, path, state, status):
    verdict = server.check(path, seconds=HURRIED)
    assert (verdict.state, verdict.status) == (state, status)


@pytest.mark.parametrize(
    ("path", "leads_to", "moved_to"),
    [
        ("/there", "", ""),
        ("/moved", "/there", "/there"),
        ("/moved-twice", "/there", "/there"),
        ("/elsewhere-for-now", "/there", ""),
        # What is only for now is no new address.
        ("/moved-then-elsewhere", "/there", "/elsewhere-for-now"),
        ("/elsewhere-then-moved", "/there", ""),
        ("/moved-to-gone", "/gone", "/gone"),
    ],
)
def test_where_an_address_leads_is_kept(server, path, leads_to, moved_to):
    verdict = server.check(path)
    known = [server.url(each) if each else "" for each in (leads_to, moved_to)]
    assert [verdict.leads_to, verdict.moved_to] == known


def test_what_moved_to_a_page_that_is_gone_is_gone(server):
    assert server.check("/moved-to-gone").state == "gone"


def test_a_get_is_only_sent_where_a_head_was_no_use(server):
    del server.asked[:]
    server.check("/there")
    server.check("/no-head")
    assert server.asked == ["HEAD /there", "HEAD /no-head", "GET /no-head"]


def test_no_more_is_read_than_shows_that_the_page_is_coming(server):
    # It would go on for ever, and the limit of time would call it slow.
    assert server.check("/endless").state == "fine"


@pytest.mark.parametrize("status", [429, 503])
def test_an_overloaded_server_is_asked_again(status):
    page = in_turn(says(status, "Retry-After: 0"), says(status), says(200))
    with serving({"/": page}) as server:
        assert server.check("/").state == "fine"
        assert server.asked == ["HEAD /"] * 3


def test_a_server_that_stays_overloaded_is_left_alone():
    with serving({"/": says(503, "Retry-After: 0")}) as server:
        verdict = server.check("/")
        assert (verdict.state, len(server.asked)) == ("failing", 3)


def test_a_server_that_wants_to_be_left_alone_for_long_is():
    with serving({"/": says(503, "Retry-After: 3600")}) as server:
        checker = server.checker(pauses=Pauses(between=0, overloaded=0, longest=60))
        assert asyncio.run(checker.check(server.url("/"))).state == "failing"
        assert len(server.asked) == 1
        assert checker.turns.of[HERE].is_closed


# Certificates


def secure(server, host, **changes):
    address = server.url("/there", host=host, secure=True)
    return asyncio.run(server.checker(**changes).check(address))


def test_a_certificate_that_nobody_signed_is_no_good(server):
    verdict = secure(server, "casebase.example")
    assert verdict.state == "certificate"
    assert "casebase.example" in verdict.sentence


def test_a_certificate_counts_for_its_own_name_only(server):
    context = trusting()
    assert secure(server, "casebase.example", context=context).state == "fine"
    assert secure(server, "other.example", context=context).state == "certificate"


def test_a_server_that_speaks_no_tls_is_not_secure(server):
    address = f"https://{HERE}:{server.plain}/there"
    assert asyncio.run(server.checker().check(address)).state == "certificate"


def test_the_server_hears_the_name_it_was_asked_by(server):
    del server.hosts[:]
    secure(server, "casebase.example", context=trusting())
    assert server.hosts == [f"casebase.example:{server.secure}"]
