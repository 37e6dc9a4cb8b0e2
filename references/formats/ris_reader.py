"""RIS files, read: rispy takes a record apart, the rest is ours."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import rispy

from casebase.content.written import Refusal
from references.formats.people import name_of
from references.formats.reading import (
    Draft,
    Reading,
    Remarks,
    decoded,
    gathered,
    too_large,
)
from references.formats.ris_tags import (
    ALIASES,
    CORRECTION,
    CSL_TYPES,
    DEFAULT,
    PLACES,
    TAGS,
)
from references.formats.written_dates import YEAR, month_and_day

OWN = {"TY", "ID", "AU", "ED", "LA", "PY", "DA", "Y2", "SP", "EP", "N1", "RN"}
OF_SOME = {tag for places in (TAGS, DEFAULT, *PLACES.values()) for tag in places}
# rispy's settings: every tag under its own name, ED too, which it doesn't know.
NAMES = {tag: tag for tag in {*OWN, *OF_SOME, "A2", "A3", "ER", "other"}} | ALIASES
SEVERAL = ["AU", "A1", "A2", "A3", "ED", "N1"]
SETTINGS = {"mapping": NAMES, "list_tags": SEVERAL, "delimiter_tags_mapping": {}}
# Some programs write one space before the hyphen, and none after it.
TAG = re.compile(rf"^({'|'.join(NAMES)}) {{1,2}}-[ \t]?", re.MULTILINE)
START = re.compile(r"^TY  - ", re.MULTILINE)
END = re.compile(r"^ER  - ", re.MULTILINE)
ANY_TAG = re.compile(r"([A-Z][A-Z0-9])  -")


class Parser(rispy.RisParser):  # type: ignore[misc]  # rispy ships no types
    """Gathers tags it doesn't know under a name that no tag has."""

    UNKNOWN_TAG = "other"


def read_ris(raw: bytes, path: str) -> Reading:
    if refused := too_large(raw, path):
        return refused
    text = TAG.sub(r"\1  - ", decoded(raw))
    drafts, refusals = [], []
    for record, line in records(text):
        draft = Draft(line)
        remarks = put_record(draft, record)
        refusals += [Refusal(path, at, name, words) for at, name, words in remarks]
        drafts.append(draft)
    if not drafts:
        refusals.append(Refusal(path, 1, "", "There is no record in this file."))
    return gathered(drafts, refusals, path)


def records(text: str) -> Iterator[tuple[str, int]]:
    """Each from its TY on, up to the next, with its line."""
    starts = [found.start() for found in START.finditer(text)]
    line, before = 1, 0
    for start, end in pairwise([*starts, len(text)]):
        line += text.count("\n", before, start)
        yield text[start:end], line
        before = start


def put_record(draft: Draft, record: str) -> Remarks:
    if not END.search(record):
        yield draft.line, "", "This record has no end (ER); it is taken as it stands."
        record += "\nER  - "
    (tags,) = rispy.loads(record, implementation=Parser, **SETTINGS)
    lines = lines_of(record, draft.line)
    kind = tags["TY"].strip()
    draft.put("type", CSL_TYPES.get(kind, "document"))
    draft.put("id", tags.get("ID"), lines.get("ID", 0))
    editors = editors_tag(tags, kind)
    for role, names in {"author": ["AU"], "editor": ["ED", editors]}.items():
        yield from put_people(draft, role, names, tags, lines)
    places = TAGS | PLACES.get(kind, DEFAULT)
    for tag, variable in places.items():
        draft.put(variable, tags.get(tag, "").strip(), lines.get(tag, 0))
    put_pages(draft, tags, lines)
    put_remarks(draft, tags, lines)
    yield from put_dates(draft, tags, lines)
    draft.put_language(tags.get("LA", "").strip(), lines.get("LA", 0))
    if left_out := sorted(tags_in(tags) - {*OWN, editors, *places}):
        yield draft.line, "", f"Works here have no place for: {', '.join(left_out)}."


def tags_in(tags: dict[str, Any]) -> set[str]:
    """Known ones and others. A line before the first tag has none."""
    return {tag for tag in {*tags, *tags.get("other", {})} if tag} - {"other"}


def lines_of(record: str, first: int) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(record.split("\n"), start=first):
        if found := ANY_TAG.match(line):
            lines.setdefault(NAMES.get(found[1], found[1]), number)
    return lines


def editors_tag(tags: dict[str, Any], kind: str) -> str:
    """Of two that may hold editors: if the other is there too, it has a series'."""
    first, second = ("A3", "A2") if kind == "BOOK" else ("A2", "A3")
    return first if first in tags else second


def put_people(
    draft: Draft,
    role: str,
    names: list[str],
    tags: dict[str, Any],
    lines: dict[str, int],
) -> Remarks:
    texts = (text.strip() for tag in names for text in tags.get(tag, []))
    people = [name_of(text) for text in texts if text]
    line = next((lines[tag] for tag in names if tag in lines), 0)
    yield from draft.put_people(role, people, line)


def put_pages(draft: Draft, tags: dict[str, Any], lines: dict[str, int]) -> None:
    ends = [tags.get(tag, "").strip() for tag in ("SP", "EP")]
    draft.put("page", "-".join(filter(None, ends)), lines.get("SP", 0))


def put_remarks(draft: Draft, tags: dict[str, Any], lines: dict[str, int]) -> None:
    draft.put("note", " ".join(tags.get("N1", [])).strip(), lines.get("N1", 0))
    remark = tags.get("RN", "")
    if remark.startswith(CORRECTION):
        custom = {"correction": remark.removeprefix(CORRECTION).strip()}
        draft.put("custom", custom, lines["RN"])


def put_dates(draft: Draft, tags: dict[str, Any], lines: dict[str, int]) -> Remarks:
    """DA says more than PY, when it says anything; in some files only “MAR 15”."""
    day = tags.get("DA", "")
    if not YEAR.search(day) and (parts := month_and_day(day)):
        tags = tags | {"DA": f"{tags.get('PY', '').strip()}{parts}"}
    for variable, names in (("issued", ("DA", "PY")), ("accessed", ("Y2",))):
        for tag in names:
            if text := tags.get(tag, "").strip():
                yield from draft.put_date(variable, text, lines.get(tag, 0))
