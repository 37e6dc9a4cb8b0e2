"""Tests that entries contain only allowed HTML, even those of hostile works."""

import re

import pytest

from references.styles.entry_html import Entry, parse_entries
from references.styles.errors import RenderError
from tests.references.styles.csl_factories import item, person, rendered

ALLOWED = re.compile(
    r"</?(?:i|b|em|strong|sup|sub)>|</a>|</span>"
    r'|<a href="https?://[^"<>\s]+">'
    r'|<span class="(?:smallcaps|underline|csl-block|csl-indent)">'
)
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</div></div><div class='csl-entry' id='ref-r000001'>Another",
    "&lt;script&gt;&#60;script&#62;",
    '<i onmouseover="alert(1)">it</i>',
    '<span style="position:fixed" class="csl-entry">over all</span>',
    "<!-- <style>*{}</style>",
    "$\\input{/etc/passwd}$ `code`{=html} \\href{javascript:x}{y}",
    "{:title: Another} {{ settings.SECRET_KEY }}",
    "\u202etxt.exe\x00\x1b]0;title\x07",
]
ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://example.org/"onclick="alert(1)',
    "https://[bad",
    "//example.org",
    "file:///etc/passwd",
]


def with_everything_hostile(number, words, address):
    return item(
        words,
        type=("book", "chapter", "webpage", "report")[number % 4],
        title=words,
        author=[person(words, words, suffix=words), {"literal": words}],
        editor=[person(words)],
        DOI=f"10.1000/{words}",
        URL=address,
        publisher=words,
        page=words,
        language=words,
        **{"container-title": words, "publisher-place": words},
    )


@pytest.mark.parametrize("style", ["apa", "din-1505-2", "springer-basic-brackets"])
def test_hostile_works_are_rendered_as_text(style):
    works = [
        with_everything_hostile(number, words, ADDRESSES[number % len(ADDRESSES)])
        for number, words in enumerate(HOSTILE)
    ]
    entries = rendered(works, style)
    assert {entry.key for entry in entries} == set(HOSTILE)
    for entry in entries:
        assert "<" not in ALLOWED.sub("", entry.html)
        assert ">" not in ALLOWED.sub("", entry.html)
        assert '"' not in ALLOWED.sub("", entry.html)


def read(html):
    return parse_entries(f'<div class="csl-entry" id="ref-r1">{html}</div>', ["r1"])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<em>a</em> <sup>b</sup>", "<em>a</em> <sup>b</sup>"),
        ("<u>a</u>", '<span class="underline">a</span>'),
        ('<span class="smallcaps x">a</span>', '<span class="smallcaps">a</span>'),
        ('<span class="nocase" onclick="x">a</span>', "a"),
        ('<div class="csl-block">a</div>', '<span class="csl-block">a</span>'),
        ('<a href="http://a.b" rel="x">a</a>', '<a href="http://a.b">a</a>'),
        ('<a href="javascript:x">a</a>', "a"),
        (
            '<a href="HTTPS://a.b/?a&amp;b">a</a>',
            '<a href="HTTPS://a.b/?a&amp;b">a</a>',
        ),
        ('<a href="https:x">a</a>', "a"),
        ('<a href="https://[bad">a</a>', "a"),
        ("<a>a</a>", "a"),
        (
            '<a href="https://a.b/<é %20">a</a>',
            '<a href="https://a.b/%3C%C3%A9%20%20">a</a>',
        ),
        ('<img src="x" />a<br />', "a"),
        ("<!-- x -->a", "a"),
        ("<iframe>a</iframe>", "a"),
        ("a &lt; b &amp; c", "a &lt; b &amp; c"),
        ("a\x1b]0;b\x07\x9c", "a]0;b"),
        ("a\ufdd0\ufffe\uffff\U0001fffe\U0010ffffb \ufffd", "ab \ufffd"),
    ],
)
def test_only_allowed_elements_remain(html, expected):
    [entry] = read(html)
    assert entry.html == expected


def test_the_label_is_separate():
    html = (
        '<div class="csl-left-margin">[1] </div><div class="csl-right-inline">A</div>'
    )
    assert read(html) == [Entry("r1", "A", "A", "[1]")]


def test_blocks_are_separated_in_plain_text():
    [entry] = read('A.<div class="csl-block">Note</div>')
    assert entry.text == "A. Note"


@pytest.mark.parametrize(
    "html", ["</div>", "<em>a", "a</em>", "<em><b>a</em></b>", "<img src=x>"]
)
def test_unbalanced_tags_are_an_error(html):
    with pytest.raises(RenderError):
        read(html)


def test_each_work_has_exactly_one_entry():
    html = '<div class="csl-entry" id="ref-r1">a</div>'
    with pytest.raises(RenderError, match="Not every work"):
        parse_entries(html, ["r1", "r2"])
    with pytest.raises(RenderError, match="Not every work"):
        parse_entries(html * 2, ["r1"])
    with pytest.raises(RenderError, match="Not every work"):
        parse_entries('<div class="csl-entry">a</div>', ["r1"])
