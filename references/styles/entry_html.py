"""Parser of the HTML that pandoc renders, which rebuilds it from allowed elements."""

from html import escape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from references.styles.errors import RenderError

ALLOWED_TAGS = {"i", "b", "em", "strong", "sup", "sub"}
# Tag or class → the class of the span that replaces it. Of other tags only the text
# remains.
SPAN_CLASSES = {
    "u": "underline",
    "underline": "underline",
    "smallcaps": "smallcaps",
    "csl-block": "csl-block",
    "csl-indent": "csl-indent",
}
# The reserved characters of RFC 3986, 2.2, and the sign of encoded ones.
URL_SAFE_CHARACTERS = "%:/?#[]@!$&'()*+,;="
LABEL_CLASS = "csl-left-margin"
# Characters that HTML forbids: controls other than white space, which some programs
# take for commands, and noncharacters. https://infra.spec.whatwg.org/#noncharacter
CONTROLS = {*range(32), *range(127, 160)} - {9, 10, 13}
NONCHARACTERS = {n - back for n in range(0x10000, 0x110001, 0x10000) for back in (1, 2)}
REMOVE_FORBIDDEN = dict.fromkeys(CONTROLS | NONCHARACTERS | {*range(0xFDD0, 0xFDF0)})

Attributes = list[tuple[str, str | None]]


class Entry(NamedTuple):
    """One work as rendered in a style.

    ``key`` is the citekey; ``label`` is “[1]” in a style that numbers entries. The HTML
    has <i>, <b>, <em>, <strong>, <sup>, <sub>, <a href> to the web, and <span> with a
    class of ``SPAN_CLASSES``.
    """

    key: str
    html: str
    text: str
    label: str = ""


def parse_entries(html: str, keys: list[str]) -> list[Entry]:
    """Return the entries of pandoc's HTML in their order.

    Raises ``RenderError`` unless there is exactly one entry for each key.
    """
    parser = EntryParser()
    parser.feed(html)
    parser.close()
    if sorted(entry.key for entry in parser.entries) != sorted(keys):
        raise RenderError("Not every work of this list came back.")
    return parser.entries


class EntryParser(HTMLParser):
    """Collects entries; ``open`` has each open tag and what closes it in our HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.open: list[tuple[str, str]] = []
        self.start_entry("")

    def start_entry(self, key: str) -> None:
        self.key = key
        self.html: list[str] = []
        self.text: list[str] = []
        self.label: list[str] = []

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        values = dict(attributes)
        classes = (values.get("class") or "").split()
        if "csl-entry" in classes and not self.key:
            self.start_entry((values.get("id") or "").removeprefix("ref-"))
            self.open.append((tag, "entry"))
        elif LABEL_CLASS in classes:
            self.open.append((tag, "label"))
        else:
            opening, closing = sanitize_tag(tag, classes, values.get("href") or "")
            self.html.append(opening)
            self.open.append((tag, closing))
        if tag == "div":
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise RenderError(f"This list came back with a stray </{tag}>.")
        _, closing = self.open.pop()
        if closing == "entry":
            self.finish_entry()
        elif closing != "label":
            self.html.append(closing)

    def handle_data(self, text: str) -> None:
        text = text.translate(REMOVE_FORBIDDEN)
        if any(closing == "label" for _, closing in self.open):
            self.label.append(text)
        else:
            self.html.append(escape(text))
            self.text.append(text)

    def finish_entry(self) -> None:
        html = "".join(self.html).strip()
        text = " ".join("".join(self.text).split())
        label = " ".join("".join(self.label).split())
        self.entries.append(Entry(self.key, html, text, label))
        self.start_entry("")


def sanitize_tag(tag: str, classes: list[str], href: str) -> tuple[str, str]:
    """Return the opening and closing tag, or two empty texts if it is not allowed."""
    if tag in ALLOWED_TAGS:
        return f"<{tag}>", f"</{tag}>"
    if tag == "a" and is_web_address(href):
        address = quote(href, safe=URL_SAFE_CHARACTERS)
        return f'<a href="{escape(address)}">', "</a>"
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
