"""CSL-JSON files of other programs, read item by item.

Variables we have no place for are told of; read_csl_json of the module beside, which
reads our own files, refuses such.
"""

import json
from typing import Any

from casebase.content.written import Refusal
from references.csl import Custom, Name, Work
from references.formats.csl_json import items_of, lines_of
from references.formats.reading import (
    Draft,
    Reading,
    Remarks,
    decoded,
    gathered,
    too_large,
)

OWN, NAME_PARTS, CUSTOM = (
    {str(field.serialization_alias) for field in form.model_fields.values()}
    for form in (Work, Name, Custom)
)
# A name that CSL had before, and where some programs keep the key that people see.
ALIASES = {"event": "event-title", "citation-key": "id"}


def read_items(raw: bytes, path: str) -> Reading:
    if refused := too_large(raw, path):
        return refused
    text = decoded(raw)
    found, refusals = found_in(text, path)
    drafts = [Draft(1) for _ in found]
    spans = [(start, end) for start, end, _ in found]
    for (index, *variable), line in lines_of(text, spans).items():
        draft = drafts[int(index)]
        if variable:
            draft.lines[str(variable[0])] = line
        else:
            draft.line = line
    for draft, (_, _, item) in zip(drafts, found, strict=True):
        remarks = put_item(draft, item)
        refusals += [Refusal(path, line, name, words) for line, name, words in remarks]
    return gathered(drafts, refusals, path)


def found_in(text: str, path: str) -> tuple[list[tuple[int, int, Any]], list[Refusal]]:
    """Where items begin and end, and the items, up to where the JSON is none."""
    found = []
    line = 1
    try:
        for item in items_of(text):
            found.append(item)
        return found, []
    except json.JSONDecodeError as error:
        line, sentence = error.lineno, f"No JSON from here on ({error.msg})."
    except IndexError:
        line, sentence = text.count("\n") + 1, "The list of works has no end."
    except (ValueError, RecursionError) as error:
        sentence = f"The JSON can’t be read ({error})."
    return found, [Refusal(path, line, "", sentence)]


def put_item(draft: Draft, item: Any) -> Remarks:
    """A list or a text instead of an item becomes a draft without a title."""
    item = item if isinstance(item, dict) else {}
    left_out = []
    lines, draft.lines = draft.lines, {}
    for name in sorted(item, key=lambda name: name not in ALIASES):
        value, variable = item[name], ALIASES.get(name, name)
        line = lines.get(name, draft.line)
        if variable in ("issued", "accessed"):
            yield from put_date(draft, variable, value, line)
        elif variable in ("author", "editor"):
            yield from draft.put_people(variable, names_in(value), line)
        elif variable == "custom":
            draft.put(variable, custom_in(value), line)
        elif variable == "language":
            draft.put_language(str(value or ""), line)
        elif variable in OWN:
            draft.put(variable, str(value) if variable == "id" else value, line)
        else:
            left_out.append(name)
    if left_out:
        words = ", ".join(sorted(left_out))
        yield draft.line, "", f"Works here have no place for: {words}."


def put_date(draft: Draft, variable: str, value: Any, line: int) -> Remarks:
    """The first date of a range; or what can be read of a text."""
    match value:
        case {"date-parts": [[*parts], *others], **rest}:
            text = "-".join(str(part) for part in parts)
            said = " and more" if others or rest else ""
            yield from draft.put_date(variable, f"{text}{said}", line)
        case {"raw": text} | {"literal": text} | str(text):
            yield from draft.put_date(variable, str(text), line)
        case _:
            draft.leave_out(variable, "it is no date.", line)


def names_in(value: Any) -> list[Any]:
    """Only the parts that CSL prints, and none that is empty."""
    names = value if isinstance(value, list) else [value]
    return [part_of_name(name) if isinstance(name, dict) else name for name in names]


def part_of_name(name: dict[str, Any]) -> dict[str, Any]:
    return {part: name[part] for part in name if part in NAME_PARTS and name[part]}


def custom_in(value: Any) -> Any:
    """Only what is ours; programs keep much of their own there."""
    if not isinstance(value, dict):
        return {}
    return {name: value[name] for name in value if name in CUSTOM}
