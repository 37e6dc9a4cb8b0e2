"""CSL-JSON files of other programs, read item by item.

Variables we have no place for are told of; read_csl_json of the module beside, which
reads our own files, refuses such.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from casebase.content.parsed_file import ErrorDetail
from references.csl import Custom, Name, Work
from references.formats.csl_json import VARIABLE, items_of
from references.formats.csl_types import TYPES, TYPES_OF_CROSSREF
from references.formats.decoding import decoded
from references.formats.dois_and_urls import shortened
from references.formats.name_parser import AND, each_once, names_of
from references.formats.name_patterns import EASTERN, without_others
from references.formats.organisation_names import BODY
from references.formats.reader import (
    Draft,
    LeftOut,
    Reading,
    Remarks,
    gathered,
    too_large,
)

OWN, NAME_PARTS, CUSTOM = (
    {str(field.serialization_alias) for field in form.model_fields.values()}
    for form in (Work, Name, Custom)
)
# To CSL it is the title.
OWN.remove("title-markup")
# A name that CSL had before, and where some programs keep the key that people see.
ALIASES = {"event": "event-title", "citation-key": "id"}
# What programs call the parts of a name, beside CSL.
PARTS = {"lastName": "family", "last": "family", "firstName": "given", "first": "given"}
# One person, where a body should stand, which has more words.
ONE = re.compile(r"[^\W\d_][\w’'-]*, ?[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*)?")
# Of one work, some programs write no list.
LONE = re.compile(r"\s*\{\s*\"")
# Others put the list into an object.
IN_OBJECT = re.compile(r"\s*\{[\s\S]{0,20000}?\"(?:items|references)\"\s*:\s*(?=\[)")
# Of objects, lists and their members in a file, before they are made of it.
MOST_PARTS = 2_000_000
# Variables that one sentence names.
MOST_NAMED = 40
# Longer figures are no number of anything, and take long to become one.
MOST_DIGITS = 18


class Object(dict[str, Any]):
    """A JSON object, of whose keys the first counts."""

    twice: tuple[str, ...] = ()


def read_items(raw: bytes, path: str) -> Reading:
    if refused := too_large(raw, path):
        return refused
    text, told = decoded(raw, path)
    if sum(map(text.count, "{[,")) > MOST_PARTS * 2:
        sentence = "There is more in this file than we take; divide it."
        return gathered([], [LeftOut(path, 1, "", sentence, is_entry=True)], path)
    if found := IN_OBJECT.match(text):
        text = "\n" * found[0].count("\n") + text[found.end() :]
    elif LONE.match(text):
        text = f"[{text}]"
    return gathered(drafts(text, path, told), told, path)


def drafts(text: str, path: str, told: list[ErrorDetail]) -> Iterator[Draft]:
    """One an item, up to where the JSON is none; adds what is to be told."""
    line, at = 1, 0
    try:
        for start, end, item in items_of(text, DECODER):
            line += text.count("\n", at, start)
            draft = Draft(line, lines=dict(lines_in(text, start, end, line)))
            for place, name, words in put_item(draft, item):
                told.append(ErrorDetail(path, place, name, words))
            yield draft
            line, at = line + text.count("\n", start, end), end
    except json.JSONDecodeError as error:
        sentence = f"No JSON from here on ({error.msg})."
        told.append(LeftOut(path, error.lineno, "", sentence, is_entry=True))
    except IndexError:
        sentence = "The list of works has no end."
        told.append(LeftOut(path, text.count("\n") + 1, "", sentence, is_entry=True))
    except (ValueError, RecursionError) as error:
        sentence = f"The JSON can’t be read ({error})."
        told.append(LeftOut(path, line, "", sentence, is_entry=True))


def lines_in(text: str, start: int, end: int, line: int) -> Iterator[tuple[str, int]]:
    """The names in an item with the lines where they first stand."""
    seen = set()
    for name in VARIABLE.finditer(text, start, end):
        line += text.count("\n", start, name.start())
        start = name.start()
        if name[1] not in seen:
            seen.add(name[1])
            yield name[1], line


def object_of(pairs: list[tuple[str, Any]]) -> Object:
    made = Object()
    for name, value in pairs:
        if name in made:
            made.twice = (*made.twice, name)
        else:
            made[name] = value
    return made


def whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= MOST_DIGITS else digits


# Figures with a point stay as they are written: an edition 1.10 is not 1.1.
DECODER = json.JSONDecoder(
    object_pairs_hook=object_of,
    parse_int=whole_number,
    parse_float=str,
    parse_constant=float,
    strict=False,
)


def put_item(draft: Draft, item: Any) -> Remarks:
    """A list or a text instead of an item becomes a draft without a title."""
    item = item if isinstance(item, Object) else Object()
    # As Crossref answers, of one work.
    item = item["message"] if isinstance(item.get("message"), Object) else item
    lines, draft.lines = draft.lines, {}
    for name in sorted(item, key=lambda name: name not in ALIASES):
        variable = ALIASES.get(name, name)
        yield from put(draft, variable, item[name], lines.get(name, draft.line))
    if item.twice:
        words = ", ".join(map(shortened, item.twice[:MOST_NAMED]))
        yield draft.line, "", f"The first of several is taken of: {words}."
    if left_out := sorted(name for name in item if ALIASES.get(name, name) not in OWN):
        words = ", ".join(map(shortened, left_out[:MOST_NAMED]))
        yield draft.line, "", f"Works here have no place for: {words}."


def put(draft: Draft, variable: str, value: Any, line: int) -> Remarks:
    if variable in ("issued", "accessed"):
        yield from put_date(draft, variable, value, line)
    elif variable in ("author", "editor"):
        yield from put_people(draft, variable, value, line)
    elif variable == "custom":
        draft.put(variable, custom_in(value), line)
    elif variable == "language":
        draft.put_language(str(value or ""), line)
    elif variable == "type":
        draft.put(variable, type_of(value), line)
    elif variable == "id":
        draft.put(variable, str(value) if isinstance(value, (str, int)) else "", line)
    elif variable in OWN:
        first, *others = value if is_list_of_texts(value) else [value]
        draft.put(variable, first, line)
        for other in others:
            draft.leave_out(variable, f"“{shortened(other)}” is a second one.", line)


def is_list_of_texts(value: Any) -> bool:
    """As Crossref has titles."""
    is_list = isinstance(value, list) and value
    return bool(is_list and all(isinstance(text, str) for text in value))


def type_of(value: Any) -> Any:
    """The type of CSL, which some write with other hyphens, and Crossref otherwise."""
    name = str(value).lower().replace("_", "-")
    return TYPES.get(name) or TYPES_OF_CROSSREF.get(name) or value


def put_date(draft: Draft, variable: str, value: Any, line: int) -> Remarks:
    """The first date of a range; or what can be read of a text."""
    match value:
        case None | "" | {"date-parts": [[None]]}:
            return
        case {"date-parts": [int(year), *parts]}:
            yield from put_date(draft, variable, {"date-parts": [[year, *parts]]}, line)
        case {"date-parts": [[*parts], *others], **rest}:
            text = "-".join(str(part) for part in parts)
            said = " and more" if others or rest else ""
            yield from draft.put_date(variable, f"{text}{said}", line)
        case {"year": year}:
            parts = [year, *filter(None, (value.get("month"), value.get("day")))]
            yield from draft.put_date(variable, "-".join(map(str, parts)), line)
        case {"raw": text} | {"literal": text} | {"date-time": text} | str(text):
            yield from draft.put_date(variable, str(text), line)
        case int(year) if 1000 <= year <= 9999:
            yield from draft.put_date(variable, str(year), line)
        case _:
            draft.leave_out(variable, "it is no date.", line)


def put_people(draft: Draft, role: str, value: Any, line: int) -> Remarks:
    names: list[Any] = []
    for each in filter(None, value if isinstance(value, list) else [value]):
        for name in names_in(each):
            if are_two(name):
                draft.leave_out_unclear(role, name["family"], line)
            else:
                names.append(name)
    yield from draft.put_names(role, names, line)


def names_in(value: Any) -> list[Any]:
    """The parts that CSL prints, or texts in which somebody is named."""
    if not isinstance(value, dict):
        return [value]
    named = {PARTS.get(part, part): value[part] for part in value if value[part]}
    parts = {part: named[part] for part in named if part in NAME_PARTS}
    if not parts:
        return [named.get("name", named)]
    if list(parts) == ["given"]:
        parts = {"family": parts["given"]}
    if list(parts) == ["family"] and named.get("isInstitution"):
        return [{"literal": parts["family"]}]
    if parts.keys() == {"family", "given"}:
        given = one_line(parts["given"])
        has_more = "," in given or AND.search(given)
        return [f"{parts['family']}, {given}"] if has_more else [parts]
    return names_in_one(*parts.items()) if len(parts) == 1 else [parts]


def names_in_one(part: tuple[str, Any]) -> list[Any]:
    """Those in the one part that a name has: “Doe, J.; Roe, R.” is no family name."""
    name, value = part
    text = one_line(value)
    if (named := without_others(text)) not in ("", text):
        return [*names_in_one((name, named)), "et al."]
    names = names_of(text)
    are_people = bool(names) and all("given" in name for name in names)
    if len(names) == 1:
        are_people &= "," in text and (name == "family" or bool(ONE.fullmatch(text)))
    elif names:
        are_people |= all(EASTERN.fullmatch(each.get("literal", "")) for each in names)
    return [text] if are_people else [{name: value}]


def are_two(name: Any) -> bool:
    """“Doe and Roe” in the place of a family name: people, or a body?"""
    family = one_line(name.get("family")) if isinstance(name, dict) else ""
    if " and " not in family or BODY.search(family):
        return False
    return names_of(family) in ([], [{"literal": family}])


def one_line(value: Any) -> str:
    """Empty for what is no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def with_names_as_read(work: Work) -> Work:
    """People where a name, as it stands, has several, or a comma."""
    roles = {role: read_again(getattr(work, role)) for role in ("author", "editor")}
    return work.model_copy(update=roles)


def read_again(names: list[Name]) -> list[Name]:
    items = (name.model_dump(by_alias=True, exclude_none=True) for name in names)
    read = (each for item in items for each in names_in(item) if not are_two(each))
    return each_once(
        named
        for each in read
        for named in ([each] if isinstance(each, dict) else names_of(each))
    )


def custom_in(value: Any) -> Any:
    """Only what is ours; programs keep much of their own there."""
    if not isinstance(value, dict):
        return {}
    return {name: value[name] for name in value if name in CUSTOM}
