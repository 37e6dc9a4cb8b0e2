"""Reads CSL-JSON files of other programs, item by item.

Variables that works don't have are reported. ``csl_json.read_csl_json``, which reads
our own files, rejects them.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from casebase.content.parsed_file import ErrorDetail
from references.csl import Custom, Work
from references.formats.csl_json import VARIABLE_NAME, decode_items
from references.formats.csl_json_names import may_be_two_people, read_name
from references.formats.csl_types import CROSSREF_TYPES, CSL_TYPES
from references.formats.decoding import decode_file
from references.formats.messages import ONLY_FIRST, Omission, shorten
from references.formats.reader import (
    EntryBuilder,
    ReadResult,
    Warnings,
    build_result,
    reject_if_too_large,
)

WORK_VARIABLES, CUSTOM_VARIABLES = (
    {str(field.serialization_alias) for field in form.model_fields.values()}
    for form in (Work, Custom)
)
# In CSL the title itself has the markup.
WORK_VARIABLES.remove("title-markup")
# The former name of a variable, and the variable in which Zotero has the visible key.
VARIABLE_ALIASES = {"event": "event-title", "citation-key": "id"}
# Some programs write a single work without a list.
SINGLE_ITEM = re.compile(r"\s*\{\s*\"")
# Other programs put the list into an object.
LIST_IN_OBJECT = re.compile(
    r"\s*\{[\s\S]{0,20000}?\"(?:items|references)\"\s*:\s*(?=\[)"
)
# Objects, lists and members of a file, counted before they are built.
MAX_JSON_PARTS = 2_000_000
# Variables that one message lists.
MAX_VARIABLES_LISTED = 40
# Longer numbers stay texts, because they take long to convert.
MAX_DIGITS = 18


class JsonObject(dict[str, Any]):
    """A JSON object, in which the first value of a repeated key counts."""

    repeated_keys: tuple[str, ...] = ()


def read_items(raw: bytes, path: str) -> ReadResult:
    """Read a list of items, a single item, or an answer of Crossref."""
    if rejected := reject_if_too_large(raw, path):
        return rejected
    text, messages = decode_file(raw, path)
    if sum(map(text.count, "{[,")) > MAX_JSON_PARTS * 2:
        sentence = "This file has more data than the limit; divide it."
        return build_result([], [Omission(path, 1, "", sentence, is_entry=True)], path)
    if found := LIST_IN_OBJECT.match(text):
        text = "\n" * found[0].count("\n") + text[found.end() :]
    elif SINGLE_ITEM.match(text):
        text = f"[{text}]"
    return build_result(read_entries(text, path, messages), messages, path)


def read_entries(
    text: str, path: str, messages: list[ErrorDetail]
) -> Iterator[EntryBuilder]:
    """Yield a builder for each item before the first invalid JSON; add messages."""
    line, position = 1, 0
    try:
        for start, end, item in decode_items(text, DECODER):
            line += text.count("\n", position, start)
            lines = dict(find_variable_lines(text, start, end, line))
            builder = EntryBuilder(line, lines=lines)
            for at_line, name, sentence in add_item(builder, item):
                messages.append(ErrorDetail(path, at_line, name, sentence))
            yield builder
            line, position = line + text.count("\n", start, end), end
    except json.JSONDecodeError as error:
        sentence = f"The JSON is invalid from here on ({error.msg})."
        messages.append(Omission(path, error.lineno, "", sentence, is_entry=True))
    except IndexError:
        sentence, last = "The list of works has no end.", text.count("\n") + 1
        messages.append(Omission(path, last, "", sentence, is_entry=True))
    except (ValueError, RecursionError) as error:
        sentence = f"The JSON can’t be read ({error})."
        messages.append(Omission(path, line, "", sentence, is_entry=True))


def find_variable_lines(
    text: str, start: int, end: int, line: int
) -> Iterator[tuple[str, int]]:
    """Yield the variables in an item with the line of their first occurrence."""
    seen = set()
    for name in VARIABLE_NAME.finditer(text, start, end):
        line += text.count("\n", start, name.start())
        start = name.start()
        if name[1] not in seen:
            seen.add(name[1])
            yield name[1], line


def build_object(pairs: list[tuple[str, Any]]) -> JsonObject:
    json_object = JsonObject()
    for name, value in pairs:
        if name in json_object:
            json_object.repeated_keys = (*json_object.repeated_keys, name)
        else:
            json_object[name] = value
    return json_object


def parse_integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits


# Decimal numbers stay as they are written: the edition 1.10 is not 1.1.
DECODER = json.JSONDecoder(
    object_pairs_hook=build_object,
    parse_int=parse_integer,
    parse_float=str,
    parse_constant=float,
    strict=False,
)


def add_item(builder: EntryBuilder, item: Any) -> Warnings:
    """Add the variables of an item; yield warnings.

    Anything but an object leaves the builder without a title.
    """
    item = item if isinstance(item, JsonObject) else JsonObject()
    # Crossref answers with the work in an object.
    item = item["message"] if isinstance(item.get("message"), JsonObject) else item
    lines, builder.lines = builder.lines, {}
    for name in sorted(item, key=lambda name: name not in VARIABLE_ALIASES):
        variable = VARIABLE_ALIASES.get(name, name)
        line = lines.get(name, builder.line)
        yield from add_variable(builder, variable, item[name], line)
    if item.repeated_keys:
        words = ", ".join(map(shorten, item.repeated_keys[:MAX_VARIABLES_LISTED]))
        yield builder.line, "", f"{ONLY_FIRST}: {words}."
    known = WORK_VARIABLES | VARIABLE_ALIASES.keys()
    if unknown := sorted(name for name in item if name not in known):
        words = ", ".join(map(shorten, unknown[:MAX_VARIABLES_LISTED]))
        yield builder.line, "", f"Works have no field for: {words}."


def add_variable(
    builder: EntryBuilder, variable: str, value: Any, line: int
) -> Warnings:
    if variable in ("issued", "accessed"):
        yield from add_date(builder, variable, value, line)
    elif variable in ("author", "editor"):
        yield from add_people(builder, variable, value, line)
    elif variable == "custom":
        builder.set_variable(variable, pick_custom_variables(value), line)
    elif variable == "language":
        builder.set_language(str(value or ""), line)
    elif variable == "type":
        builder.set_variable(variable, find_csl_type(value), line)
    elif variable == "id":
        key = str(value) if isinstance(value, (str, int)) else ""
        builder.set_variable(variable, key, line)
    elif variable in WORK_VARIABLES:
        first, *others = value if is_text_list(value) else [value]
        builder.set_variable(variable, first, line)
        for other in others:
            builder.omit(variable, f"“{shorten(other)}” is a second value.", line)


def is_text_list(value: Any) -> bool:
    """Whether it is a list of texts, as Crossref has for titles."""
    is_list = isinstance(value, list) and value
    return bool(is_list and all(isinstance(text, str) for text in value))


def find_csl_type(value: Any) -> Any:
    """Return the type of CSL for any spelling of it, or for a type of Crossref."""
    name = str(value).lower().replace("_", "-")
    return CSL_TYPES.get(name) or CROSSREF_TYPES.get(name) or value


def add_date(builder: EntryBuilder, variable: str, value: Any, line: int) -> Warnings:
    """Set the date, or the first one of a range; yield warnings."""
    match value:
        case None | "" | {"date-parts": [[None]]}:
            return
        case {"date-parts": [int(year), *parts]}:
            nested = {"date-parts": [[year, *parts]]}
            yield from add_date(builder, variable, nested, line)
        case {"date-parts": [[*parts], *others], **rest}:
            text = "-".join(str(part) for part in parts)
            more = " and more" if others or rest else ""
            yield from builder.set_date(variable, f"{text}{more}", line)
        case {"year": year}:
            parts = [year, *filter(None, (value.get("month"), value.get("day")))]
            yield from builder.set_date(variable, "-".join(map(str, parts)), line)
        case {"raw": text} | {"literal": text} | {"date-time": text} | str(text):
            yield from builder.set_date(variable, str(text), line)
        case int(year) if 1000 <= year <= 9999:
            yield from builder.set_date(variable, str(year), line)
        case _:
            builder.omit(variable, "it is not a date.", line)


def add_people(builder: EntryBuilder, role: str, value: Any, line: int) -> Warnings:
    names: list[Any] = []
    for each in filter(None, value if isinstance(value, list) else [value]):
        for name in read_name(each):
            if may_be_two_people(name):
                builder.omit_unclear_name(role, name["family"], line)
            else:
                names.append(name)
    yield from builder.set_names_from_texts(role, names, line)


def pick_custom_variables(value: Any) -> Any:
    """Return our own values only, because programs add values of their own."""
    if not isinstance(value, dict):
        return {}
    return {name: value[name] for name in value if name in CUSTOM_VARIABLES}
