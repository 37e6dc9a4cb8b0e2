"""The YAML of sheets: as much of it as JSON has, read with the line of every part."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from casebase.content.parsed_file import (
    Place,
    Refusal,
    RefusedError,
    Written,
    read_text,
)

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 20
# A case with a thousand findings has as many; a file of nothing but dashes has more.
MAX_PARTS = 20_000
WIDTH = 108
# Longer texts are folded into a block, longer lists stand one entry a line.
LONG_TEXT = 88
LONG_LIST = 90

NODES = (MappingStartEvent, SequenceStartEvent, ScalarEvent)
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
# Words with single spaces between them, in paragraphs: what a folded block can hold.
PROSE = re.compile(r"\S+( \S+)*(\n+\S+( \S+)*)*")


def read_yaml(path: Path) -> Written:
    """The one mapping that the file holds. Raises RefusedError for anything else."""
    return Reading(str(path), read_text(path)).written()


class Reading:
    """One pass over the parser's events."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.events: Iterator[Event] = iter(yaml.parse(text, Loader=PARSER))
        self.lines: dict[Place, int] = {}

    def written(self) -> Written:
        try:
            value = self.document()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "a sign that is no text"
            raise self.refused(
                mark.line + 1 if mark else 1,
                f"The YAML can’t be read from here on ({problem}). "
                "A text that holds “: ” or begins with a sign needs quotes.",
            ) from None
        return Written(self.path, value, self.lines)

    def document(self) -> Any:
        start = next(self.events)
        while isinstance(start, (StreamStartEvent, DocumentStartEvent)):
            start = next(self.events)
        if not isinstance(start, MappingStartEvent):
            raise self.refused_at(start, "The file should begin with a key: “slug:”.")
        value = self.value(start, ())
        next(self.events)
        after = next(self.events)
        if not isinstance(after, StreamEndEvent):
            raise self.refused_at(after, "A file holds one sheet; a second one begins.")
        return value

    def value(self, event: Event, place: Place) -> Any:
        self.lines.setdefault(place, line_of(event))
        if not isinstance(event, NODES) or event.anchor:
            raise self.refused_at(event, "Anchors and aliases (& and *) are not taken.")
        if event.tag:
            raise self.refused_at(event, "Tags (!) are not taken.")
        if len(place) > MAX_DEPTH:
            raise self.refused_at(event, "Lists are nested too deeply here.")
        if len(self.lines) > MAX_PARTS:
            raise self.refused_at(event, "This is more than any sheet says.")
        if isinstance(event, MappingStartEvent):
            return self.mapping(place)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(place)
        return self.scalar(event)

    def mapping(self, place: Place) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(key := next(self.events), MappingEndEvent):
            if not isinstance(key, ScalarEvent) or key.anchor or key.tag:
                raise self.refused_at(key, "A key should be one word.")
            name = key.value
            if name in entries:
                raise self.refused_at(key, f"The key “{name}” stands here twice.")
            self.lines[(*place, name)] = line_of(key)
            entries[name] = self.value(next(self.events), (*place, name))
        return entries

    def sequence(self, place: Place) -> list[Any]:
        entries: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            entries.append(self.value(event, (*place, len(entries))))
        return entries

    def scalar(self, event: ScalarEvent) -> Any:
        return plain(event.value) if event.implicit[0] else event.value

    def refused_at(self, event: Event, sentence: str) -> RefusedError:
        return self.refused(line_of(event), sentence)

    def refused(self, line: int, sentence: str) -> RefusedError:
        return RefusedError([Refusal(self.path, line, "", sentence)])


def line_of(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def plain(text: str) -> Any:
    """What an unquoted word means: as in JSON, and nothing at all means null."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


class SheetDumper(yaml.SafeDumper):
    """Writes prose as folded blocks, short lists on one line, no aliases."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def write_text(self, text: str) -> yaml.ScalarNode:
        style = None if text.isprintable() else '"'
        is_long = len(text) > LONG_TEXT and " " in text
        if PROSE.fullmatch(text) and (is_long or "\n" in text):
            style = ">"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)

    def write_list(self, entries: list[Any]) -> yaml.SequenceNode:
        nested = any(isinstance(entry, (dict, list)) for entry in entries)
        length = sum(len(str(entry)) + 2 for entry in entries)
        return self.represent_sequence(
            "tag:yaml.org,2002:seq",
            entries,
            flow_style=not nested and length <= LONG_LIST,
        )

    def write_number(self, number: float) -> yaml.ScalarNode:
        if number.is_integer() and abs(number) < 1e15:
            return self.represent_int(int(number))
        return self.represent_float(number)


SheetDumper.add_representer(str, SheetDumper.write_text)
SheetDumper.add_representer(list, SheetDumper.write_list)
SheetDumper.add_representer(float, SheetDumper.write_number)
# Texts that only JSON takes for numbers, such as 1e3, need quotes as well.
SheetDumper.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(f"{DECIMAL.pattern}$"), list("-0123456789")
)


def write_yaml(value: dict[str, Any]) -> str:
    """The text of a sheet: the same value always gives the same bytes."""
    return yaml.dump(
        value, Dumper=SheetDumper, sort_keys=False, allow_unicode=True, width=WIDTH
    )
