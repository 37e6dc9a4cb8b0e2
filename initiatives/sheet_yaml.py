"""Reads and writes the YAML of sheets, with the line of every part.

It is the subset of YAML that JSON can express: no anchors, aliases or tags.
"""

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
    InvalidFileError,
    KeyPath,
    ParsedFile,
    read_text,
)

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 20
# A case with a thousand findings has about as many; only a hostile file has more.
MAX_PARTS = 20_000
MAX_LINE_CHARS = 108
# Longer texts are folded into a block, longer lists have one entry a line.
MAX_INLINE_TEXT_CHARS = 88
MAX_INLINE_LIST_CHARS = 90

NODE_EVENTS = (MappingStartEvent, SequenceStartEvent, ScalarEvent)
CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
# Paragraphs of words with single spaces between them: a folded block can express them.
PROSE = re.compile(r"\S+( \S+)*(\n+\S+( \S+)*)*")


def read_yaml(path: Path) -> ParsedFile:
    """Return the file, which is one mapping. Raises InvalidFileError if it is not."""
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, path: str) -> ParsedFile:
    """Return the text of a file, which is one mapping, as ``read_yaml`` does."""
    return YamlParser(text, path).parse()


class YamlParser:
    """Builds values from PyYAML’s events, because its loaders forget the lines."""

    def __init__(self, text: str, path: str) -> None:
        self.path, self.text = path, text
        self.lines: dict[KeyPath, int] = {}

    def parse(self) -> ParsedFile:
        try:
            # As yaml.parse() does, without its generator.
            self.events: Iterator[Event] = iter(PARSER(self.text).get_event, None)
            value = self._document()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "a sign that is no text"
            raise InvalidFileError.for_file(
                self.path,
                f"The YAML can’t be read from here on ({problem}). "
                "A text that holds “: ” or begins with a sign needs quotes.",
                mark.line + 1 if mark else 1,
            ) from None
        return ParsedFile(self.path, value, self.lines)

    def _document(self) -> Any:
        start = next(self.events)
        while isinstance(start, (StreamStartEvent, DocumentStartEvent)):
            start = next(self.events)
        if not isinstance(start, MappingStartEvent):
            raise self._error(start, "The file should begin with a key: “slug:”.")
        value = self._value(start, ())
        next(self.events)
        after = next(self.events)
        if not isinstance(after, StreamEndEvent):
            raise self._error(after, "A file holds one sheet; a second one begins.")
        return value

    def _value(self, event: Event, key_path: KeyPath) -> Any:
        self.lines.setdefault(key_path, line_of(event))
        if not isinstance(event, NODE_EVENTS) or event.anchor:
            raise self._error(event, "Anchors and aliases (& and *) are not taken.")
        if event.tag:
            raise self._error(event, "Tags (!) are not taken.")
        if len(key_path) > MAX_DEPTH:
            raise self._error(event, "Lists are nested too deeply here.")
        if len(self.lines) > MAX_PARTS:
            raise self._error(event, "This is more than any sheet says.")
        if isinstance(event, MappingStartEvent):
            return self._mapping(key_path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(key_path)
        return self._scalar(event)

    def _mapping(self, key_path: KeyPath) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(key := next(self.events), MappingEndEvent):
            if not isinstance(key, ScalarEvent) or key.anchor or key.tag:
                raise self._error(key, "A key should be one word.")
            name = key.value
            if name in entries:
                raise self._error(key, f"The key “{name}” occurs twice.")
            place = (*key_path, name)
            self.lines[place] = line_of(key)
            entries[name] = self._value(next(self.events), place)
        return entries

    def _sequence(self, key_path: KeyPath) -> list[Any]:
        entries: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            entries.append(self._value(event, (*key_path, len(entries))))
        return entries

    def _scalar(self, event: ScalarEvent) -> Any:
        return parse_scalar(event.value) if event.implicit[0] else event.value

    def _error(self, event: Event, sentence: str) -> InvalidFileError:
        return InvalidFileError.for_file(self.path, sentence, line_of(event))


def line_of(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def parse_scalar(text: str) -> Any:
    """Return the value of an unquoted text: as in JSON, and null if it is empty."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


class SheetDumper(yaml.SafeDumper):
    """Dumps prose as folded blocks, short lists on one line, and no aliases."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        style = None if text.isprintable() else '"'
        is_long = len(text) > MAX_INLINE_TEXT_CHARS and " " in text
        if PROSE.fullmatch(text) and (is_long or "\n" in text):
            style = ">"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)

    def represent_entries(self, entries: list[Any]) -> yaml.SequenceNode:
        nested = any(isinstance(entry, (dict, list)) for entry in entries)
        length = sum(len(str(entry)) + 2 for entry in entries)
        return self.represent_sequence(
            "tag:yaml.org,2002:seq",
            entries,
            flow_style=not nested and length <= MAX_INLINE_LIST_CHARS,
        )

    def represent_number(self, number: float) -> yaml.ScalarNode:
        if number.is_integer() and abs(number) < 1e15:
            return self.represent_int(int(number))
        return self.represent_float(number)


SheetDumper.add_representer(str, SheetDumper.represent_text)
SheetDumper.add_representer(list, SheetDumper.represent_entries)
SheetDumper.add_representer(float, SheetDumper.represent_number)
# A text such as 1e3 needs quotes too: it is a number in JSON, though not to PyYAML.
SheetDumper.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(f"{DECIMAL.pattern}$"), list("-0123456789")
)


def write_yaml(value: dict[str, Any]) -> str:
    """Return the text of a sheet. Equal values give equal texts."""
    return yaml.dump(
        value,
        Dumper=SheetDumper,
        sort_keys=False,
        allow_unicode=True,
        width=MAX_LINE_CHARS,
    )
