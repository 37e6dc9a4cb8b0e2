"""What an Accept header says of a type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.metadata.accept_header import parse_accept_header, weight_of

pytestmark = pytest.mark.once

# The example of https://www.rfc-editor.org/rfc/rfc9110.html#name-accept
RFC = (
    "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed,"
    "text/plain;format=fixed;q=0.4, */*;q=0.5"
)


def weight(header, media_type, **params):
    return weight_of(media_type, params, list(parse_accept_header(header)))


@pytest.mark.parametrize(
    ("media_type", "params", "expected"),
    [
        ("text/plain", {"format": "flowed"}, 1),
        ("text/plain", {}, 0.7),
        ("text/html", {}, 0.3),
        ("image/jpeg", {}, 0.5),
        ("text/plain", {"format": "fixed"}, 0.4),
        ("text/html", {"level": "3"}, 0.3),
    ],
)
def test_the_example_of_the_standard(media_type, params, expected):
    assert weight(RFC, media_type, **params) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("a/b", 1),
        ("A/B", 1),
        (" a/b ;\tq = 0.5 ", 0.5),
        ("a/b;Q=0.5", 0.5),
        ('a/b;q="0.5"', 0.5),
        ("a/b;q=.5", 0.5),
        ("a/b;q=0.5;extension=1", 0.5),
        ("a/b;charset=utf-8;q=0.5", 0.5),
        ("a/b; charset=ISO-8859-1", 1),
        ('a/b;profile="http://www.w3.org/ns/json-ld#compacted, x"', 1),
        ("a/b;level=1", 0),
        ("*/*", 1),
        ("a/*", 1),
        ("c/*", 0),
        ("a/b;q=0, */*", 0),
        ("*/*, a/b;q=0", 0),
        ("a/*;q=0, */*", 0),
        ("a/*;q=0, a/b;q=0.2", 0.2),
        ("*/*;q=0", 0),
        ("a/b;level=1;q=0, a/b", 1),
        ("a/b;q=0.1, a/b;q=0.2", 0.2),
        ('c/d;x=", a/b", e/f', 0),
        ('c/d;x="\\", a/b", a/b;q=0.3', 0.3),
        ('c/d;x="a/b', 0),
        *((f"a/b;q={q}", 1) for q in ("2", "-1", "nan", "inf", "1e-1", "", "x")),
        ("a/b;q=0.000", 0),
        *(
            (text, 0)
            for text in ("a", "a/", "/b", "*", "*/b", "a/b/c", "a b/c", ";q=1")
        ),
        ("*;q=0.2, */*;q=0.2", 0.2),
        ("a/b;x*=none'y'z", 0),
        ("a/b;x*=none'y'z, a/b", 1),
        (",,a/b,", 1),
        ("", 0),
        ("a/b;" + "x" * 20_000, 0),
    ],
)
def test_ranges_are_read_as_the_standard_has_them(header, expected):
    assert weight(header, "a/b") == expected


@given(st.text(st.sampled_from("ab/*,;=q01. \t\"\\'%é-")) | st.text())
def test_no_header_is_more_than_nonsense(header):
    assert 0 <= weight(header, "a/b") <= 1
