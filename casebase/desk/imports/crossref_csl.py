"""What Crossref says of a work, as CSL has it.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from collections.abc import Callable, Iterator
from typing import Any

from references.formats.csl_types import CROSSREF_TYPES
from references.formats.html_markup import convert_to_csl_markup, strip_html

type Message = dict[str, Any]

# Of a book that belongs to a series, Crossref names the series first.
IN_BOOKS = ("chapter", "entry", "paper-conference")
PLAIN = {
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


def csl_of(message: Message) -> Message:
    """The CSL item; what is empty or no text is left out."""
    item: Message = {"type": CROSSREF_TYPES.get(str(message.get("type")), "document")}
    item["title"] = title_of(message)
    item |= {ours: text(message.get(theirs)) for theirs, ours in PLAIN.items()}
    item |= containers_of(message, item["type"])
    for role in ("author", "editor"):
        item[role] = list(names_of(message.get(role)))
    item["issued"] = issued(message)
    item["DOI"] = text(message.get("DOI")).lower()
    match message.get("event"):
        case {"name": name, **rest}:
            item["event-title"] = text(name)
            item["event-place"] = text(rest.get("location"))
    if not item["publisher"]:
        item["publisher"] = next(institutions(message), "")
    if item["language"].startswith("en"):
        # Works here say their language when it is another.
        del item["language"]
    return {name: value for name, value in item.items() if value}


def text(value: Any, clean: Callable[[str], str] = strip_html) -> str:
    """Without marks, entities and line breaks; of a list the first."""
    if isinstance(value, list):
        return text(value[0], clean) if value else ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return " ".join(clean(str(value)).split())


def title_of(message: Message) -> str:
    title, subtitle = (
        text(message.get(name), clean=convert_to_csl_markup)
        for name in ("title", "subtitle")
    )
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    has_end = strip_html(title).endswith(("?", "!", ":"))
    return f"{title}{' ' if has_end else ': '}{subtitle}"


def containers_of(message: Message, kind: str) -> Message:
    titles = message.get("container-title")
    titles = titles if isinstance(titles, list) else [titles]
    named = [title for title in map(text, titles) if title]
    if kind in IN_BOOKS and len(named) > 1:
        return {"collection-title": named[0], "container-title": named[-1]}
    return {"container-title": named[0] if named else ""}


def names_of(people: Any) -> Iterator[Message]:
    for person in people if isinstance(people, list) else []:
        if not isinstance(person, dict):
            continue
        parts = {part: text(person.get(part)) for part in ("family", "given", "suffix")}
        if body := text(person.get("name")):
            yield {"literal": body}
        elif parts["family"]:
            yield {part: name for part, name in parts.items() if name}
        elif parts["given"]:
            # Of one name only, some publishers make a given name.
            yield {"family": parts["given"]}


def issued(message: Message) -> Message | None:
    """The date of issue, or of the first that is known; “[[null]]” is none."""
    for name in ("issued", "published", "published-print", "published-online"):
        match message.get(name):
            case {"date-parts": [[int(year), *rest], *_]}:
                parts = [year, *(part for part in rest[:2] if isinstance(part, int))]
                return {"date-parts": [parts]}
    return None


def institutions(message: Message) -> Iterator[str]:
    named = message.get("institution")
    for each in named if isinstance(named, list) else [named]:
        if isinstance(each, dict) and (name := text(each.get("name"))):
            yield name
