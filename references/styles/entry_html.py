"""Reads pandoc's HTML of a bibliography, and writes it anew with what we allow."""

from html import escape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from references.styles.errors import RenderError

ALLOWED_TAGS = {"i", "b", "em", "strong", "sup", "sub"}
# What tags and classes become; others vanish and leave their text.
SPAN_CLASSES = {
    "u": "underline",
    "underline": "underline",
    "smallcaps": "smallcaps",
    "csl-block": "csl-block",
    "csl-indent": "csl-indent",
}
# What may stand in an address as it is: RFC 3986, 2.2, and the sign of what is encoded.
URL_SAFE_CHARACTERS = "%:/?#[]@!$&'()*+,;="
LABEL_CLASS = "csl-left-margin"
# What HTML forbids, save white space: controls, which others take for commands, and
# what is no character. https://infra.spec.whatwg.org/#noncharacter
CONTROLS = {*range(32), *range(127, 160)} - {9, 10, 13}
NONCHARACTERS = {n - back for n in range(0x10000, 0x110001, 0x10000) for back in (1, 2)}
REMOVE_FORBIDDEN = dict.fromkeys(CONTROLS | NONCHARACTERS | {*range(0xFDD0, 0xFDF0)})

Attributes = list[tuple[str, str | None]]


class Entry(NamedTuple):
    """One work as the style sets it; its label is “[1]” where the style numbers works.

    The HTML has <i>, <b>, <em>, <strong>, <sup>, <sub>, <a href> to the web, and <span>
    with a class of ``SPAN_CLASSES``.
    """

    key: str
    html: str
    text: str
    label: str = ""


def parse_entries(html: str, keys: list[str]) -> list[Entry]:
    """In the style's order. Raises ``RenderError`` unless every key has one entry."""
    reader = EntryParser()
    reader.feed(html)
    reader.close()
    if sorted(entry.key for entry in reader.entries) != sorted(keys):
        raise RenderError("Not every work of this list came back.")
    return reader.entries


class EntryParser(HTMLParser):
    """Keeps, for each open tag, its name and what closes it in our own HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.open: list[tuple[str, str]] = []
        self.start("")

    def start(self, key: str) -> None:
        self.key = key
        self.html: list[str] = []
        self.text: list[str] = []
        self.label: list[str] = []

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        given = dict(attributes)
        classes = (given.get("class") or "").split()
        if "csl-entry" in classes and not self.key:
            self.start((given.get("id") or "").removeprefix("ref-"))
            self.open.append((tag, "entry"))
        elif LABEL_CLASS in classes:
            self.open.append((tag, "label"))
        else:
            opening, closing = sanitize_tag(tag, classes, given.get("href") or "")
            self.html.append(opening)
            self.open.append((tag, closing))
        if tag == "div":
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise RenderError(f"This list came back with a stray </{tag}>.")
        _, closing = self.open.pop()
        if closing == "entry":
            self.finish()
        elif closing != "label":
            self.html.append(closing)

    def handle_data(self, words: str) -> None:
        words = words.translate(REMOVE_FORBIDDEN)
        if any(closing == "label" for _, closing in self.open):
            self.label.append(words)
        else:
            self.html.append(escape(words))
            self.text.append(words)

    def finish(self) -> None:
        html = "".join(self.html).strip()
        text = " ".join("".join(self.text).split())
        label = " ".join("".join(self.label).split())
        self.entries.append(Entry(self.key, html, text, label))
        self.start("")


def sanitize_tag(tag: str, classes: list[str], href: str) -> tuple[str, str]:
    """The opening and the closing tag; two empty texts for what is not allowed."""
    if tag in ALLOWED_TAGS:
        return f"<{tag}>", f"</{tag}>"
    if tag == "a" and is_web_address(href):
        return f'<a href="{escape(quote(href, safe=URL_SAFE_CHARACTERS))}">', "</a>"
    for name in (tag, *classes):
        if name in SPAN_CLASSES:
            return f'<span class="{SPAN_CLASSES[name]}">', "</span>"
    return "", ""


def is_web_address(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
