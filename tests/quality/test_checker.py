"""The verdict of a check, for every way in which servers fail."""

import asyncio

import pytest

from casebase.desk.quality.links.host_throttling import ThrottleSettings
from tests.quality.server import (
    HERE,
    SHORT_TIMEOUT,
    by_method,
    endless,
    in_turn,
    redirect_to,
    reset,
    respond_with,
    running_server,
    send_bytes,
    send_slowly,
    silent,
    trusting_context,
)

OK = b"HTTP/1.1 200 Words\r\n"
PAGES = {
    "/there": respond_with(200),
    "/wordy": respond_with(200, f"X-Policy: {'x' * 100_000}"),
    "/too-wordy": respond_with(200, f"X-Policy: {'x' * 1_000_000}"),
    "/gone": respond_with(404),
    "/gone-for-good": respond_with(410),
    "/closed": respond_with(403),
    "/with-password": respond_with(401),
    "/busy": respond_with(429),
    "/broken": respond_with(500),
    "/odd": respond_with(400),
    "/multiple": respond_with(300),
    "/silent": silent,
    "/silent-to-head": by_method(silent, respond_with(200)),
    "/no-head": by_method(respond_with(405), respond_with(200)),
    "/head-says-gone": by_method(respond_with(404), respond_with(200)),
    "/head-breaks-off": by_method(reset, respond_with(200)),
    "/slow-head": send_slowly(b"HTTP/1.1 200 "),
    "/slow": by_method(
        respond_with(405), send_slowly(OK + b"Content-Length: 900\r\n\r\n")
    ),
    "/endless": by_method(respond_with(405), endless),
    "/cut-short": by_method(
        respond_with(405), send_bytes(OK + b"Content-Length: 9\r\n\r\n.")
    ),
    "/garbage": send_bytes(b"\x00\xff\x00 no answer\r\n\r\n"),
    "/nothing": send_bytes(b""),
    "/reset": reset,
    "/round": redirect_to(302, "/round"),
    "/moved": redirect_to(301, "/there"),
    "/moved-twice": redirect_to(308, "/moved"),
    "/elsewhere-for-now": redirect_to(302, "/there"),
    "/moved-then-elsewhere": redirect_to(301, "/elsewhere-for-now"),
    "/elsewhere-then-moved": redirect_to(302, "/moved"),
    "/moved-to-gone": redirect_to(301, "/gone"),
    "/inward": redirect_to(302, "http://10.0.0.1/"),
    "/to-metadata": redirect_to(301, "http://169.254.169.254/latest/"),
    "/to-file": redirect_to(302, "file:///etc/passwd"),
    "/to-script": redirect_to(301, "javascript:alert(1)"),
    "/to-nonsense": redirect_to(302, "http://[::1"),
    "/to-null": redirect_to(301, "http://a%00b.example/"),
    "/to-other-port": redirect_to(302, f"http://{HERE}:22/"),
}


@pytest.fixture(scope="module")
def server():
    with running_server(PAGES) as server:
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
def test_each_answer_gets_its_state(server, path, state, status):
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
def test_slow_answers_get_their_state(server, path, state, status):
    verdict = server.check(path, seconds=SHORT_TIMEOUT)
    assert (verdict.state, verdict.status) == (state, status)


@pytest.mark.parametrize(
    ("path", "leads_to", "moved_to"),
    [
        ("/there", "", ""),
        ("/moved", "/there", "/there"),
        ("/moved-twice", "/there", "/there"),
        ("/elsewhere-for-now", "/there", ""),
        # The target of a temporary redirect is not a new address.
        ("/moved-then-elsewhere", "/there", "/elsewhere-for-now"),
        ("/elsewhere-then-moved", "/there", ""),
        ("/moved-to-gone", "/gone", "/gone"),
    ],
)
def test_the_verdict_has_the_last_and_the_new_address(server, path, leads_to, moved_to):
    verdict = server.check(path)
    known = [server.url(each) if each else "" for each in (leads_to, moved_to)]
    assert [verdict.leads_to, verdict.moved_to] == known


def test_a_redirect_to_a_page_that_is_gone_is_gone(server):
    assert server.check("/moved-to-gone").state == "gone"


def test_a_get_is_only_sent_after_a_failed_head(server):
    del server.asked[:]
    server.check("/there")
    server.check("/no-head")
    assert server.asked == ["HEAD /there", "HEAD /no-head", "GET /no-head"]


def test_only_the_start_of_a_body_is_read(server):
    # Reading the endless body to the end would time out, and the verdict be “slow”.
    assert server.check("/endless").state == "fine"


@pytest.mark.parametrize("status", [429, 503])
def test_an_overloaded_server_is_asked_again(status):
    page = in_turn(
        respond_with(status, "Retry-After: 0"), respond_with(status), respond_with(200)
    )
    with running_server({"/": page}) as server:
        assert server.check("/").state == "fine"
        assert server.asked == ["HEAD /"] * 3


def test_a_server_that_stays_overloaded_is_left_alone():
    with running_server({"/": respond_with(503, "Retry-After: 0")}) as server:
        verdict = server.check("/")
        assert (verdict.state, len(server.asked)) == ("failing", 3)


def test_a_server_that_asks_for_a_long_pause_is_not_asked_again():
    with running_server({"/": respond_with(503, "Retry-After: 3600")}) as server:
        checker = server.checker(
            throttle_settings=ThrottleSettings(
                between_requests=0, when_overloaded=0, max_pause=60
            )
        )
        assert asyncio.run(checker.check(server.url("/"))).state == "failing"
        assert len(server.asked) == 1
        assert checker.throttles.by_host[HERE].is_closed


# Certificates


def check_over_https(server, host, **changes):
    address = server.url("/there", host=host, secure=True)
    return asyncio.run(server.checker(**changes).check(address))


def test_a_self_signed_certificate_is_reported(server):
    verdict = check_over_https(server, "casebase.example")
    assert verdict.state == "certificate"
    assert "casebase.example" in verdict.sentence


def test_a_certificate_is_valid_for_its_own_name_only(server):
    context = trusting_context()
    assert check_over_https(server, "casebase.example", context=context).state == "fine"
    assert (
        check_over_https(server, "other.example", context=context).state
        == "certificate"
    )


def test_a_server_without_tls_on_https_is_reported(server):
    address = f"https://{HERE}:{server.plain}/there"
    assert asyncio.run(server.checker().check(address)).state == "certificate"


def test_the_host_header_has_the_requested_name(server):
    del server.hosts[:]
    check_over_https(server, "casebase.example", context=trusting_context())
    assert server.hosts == [f"casebase.example:{server.secure}"]
