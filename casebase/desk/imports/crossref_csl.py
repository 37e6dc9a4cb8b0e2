"""Converts the metadata of Crossref to CSL.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from collections.abc import Callable, Iterator
from typing import Any

from references.formats.csl_types import CROSSREF_TYPES
from references.formats.html_markup import convert_to_csl_markup, strip_html

type Message = dict[str, Any]

# For these types, Crossref names the series of a book before the book itself.
TYPES_IN_BOOKS = ("chapter", "entry", "paper-conference")
COPIED_FIELDS = {
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "article-number": "number",
    "report-number": "number",
    "edition-number": "edition",
    "publisher": "publisher",
    "publisher-location": "publisher-place",
    "language": "language",
}


def convert_to_csl(message: Message) -> Message:
    """Return the CSL item, without variables that are empty or not text."""
    item: Message = {"type": CROSSREF_TYPES.get(str(message.get("type")), "document")}
    item["title"] = full_title(message)
    item |= {
        ours: plain_text(message.get(theirs)) for theirs, ours in COPIED_FIELDS.items()
    }
    item |= container_titles(message, item["type"])
    for role in ("author", "editor"):
        item[role] = list(csl_names(message.get(role)))
    item["issued"] = issue_date(message)
    item["DOI"] = plain_text(message.get("DOI")).lower()
    match message.get("event"):
        case {"name": name, **rest}:
            item["event-title"] = plain_text(name)
            item["event-place"] = plain_text(rest.get("location"))
    if not item["publisher"]:
        item["publisher"] = next(institution_names(message), "")
    if item["language"].startswith("en"):
        # Works here have a language only if it is not English.
        del item["language"]
    return {name: value for name, value in item.items() if value}


def plain_text(value: Any, clean: Callable[[str], str] = strip_html) -> str:
    """Return the text without tags, entities and line breaks; the first of a list."""
    if isinstance(value, list):
        return plain_text(value[0], clean) if value else ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return " ".join(clean(str(value)).split())


def full_title(message: Message) -> str:
    title, subtitle = (
        plain_text(message.get(name), clean=convert_to_csl_markup)
        for name in ("title", "subtitle")
    )
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    has_end = strip_html(title).endswith(("?", "!", ":"))
    return f"{title}{' ' if has_end else ': '}{subtitle}"


def container_titles(message: Message, kind: str) -> Message:
    titles = message.get("container-title")
    titles = titles if isinstance(titles, list) else [titles]
    named = [title for title in map(plain_text, titles) if title]
    if kind in TYPES_IN_BOOKS and len(named) > 1:
        return {"collection-title": named[0], "container-title": named[-1]}
    return {"container-title": named[0] if named else ""}


def csl_names(people: Any) -> Iterator[Message]:
    for person in people if isinstance(people, list) else []:
        if not isinstance(person, dict):
            continue
        parts = {
            part: plain_text(person.get(part)) for part in ("family", "given", "suffix")
        }
        if body := plain_text(person.get("name")):
            yield {"literal": body}
        elif parts["family"]:
            yield {part: name for part, name in parts.items() if name}
        elif parts["given"]:
            # Some publishers give a single name as a given name.
            yield {"family": parts["given"]}


def issue_date(message: Message) -> Message | None:
    """Return the first known date of issue or publication; None if there is none.

    Crossref writes an unknown date as “[[null]]”.
    """
    for name in ("issued", "published", "published-print", "published-online"):
        match message.get(name):
            case {"date-parts": [[int(year), *rest], *_]}:
                parts = [year, *(part for part in rest[:2] if isinstance(part, int))]
                return {"date-parts": [parts]}
    return None


def institution_names(message: Message) -> Iterator[str]:
    named = message.get("institution")
    for each in named if isinstance(named, list) else [named]:
        if isinstance(each, dict) and (name := plain_text(each.get("name"))):
            yield name
