"""Writes CSL-JSON, and reads our own files with the line of each item and variable."""

import json
import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from casebase.content.parsed_file import (
    InvalidFileError,
    KeyPath,
    ParsedFile,
    first_duplicate,
    read_text,
)
from references.csl import Work
from references.formats.work_format import encode_pieces

ITEM_SEPARATOR = re.compile(r"[\s,]*")
VARIABLE_NAME = re.compile(r'"([^"\\]+)"\s*:')


def read_csl_json(path: Path) -> ParsedFile:
    """Return the list of items. Raises InvalidFileError for any other content."""
    text = read_text(path)
    try:
        json.loads(
            text, object_pairs_hook=reject_repeated_keys, parse_constant=reject_constant
        )
        found = list(decode_items(text))
    except json.JSONDecodeError as error:
        sentence = f"The JSON can’t be read from here on ({error.msg})."
        raise InvalidFileError.for_file(path, sentence, error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise InvalidFileError.for_file(
            path, f"The JSON can’t be read ({error})."
        ) from None
    lines = find_lines(text, [(start, end) for start, end, _ in found])
    return ParsedFile(str(path), [item for _, _, item in found], lines)


def reject_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if repeated := first_duplicate([key for key, _ in pairs]):
        raise ValueError(f"the key “{repeated}” occurs twice in one object")
    return dict(pairs)


def reject_constant(word: str) -> None:
    raise ValueError(f"{word} is not a number")


def decode_items(
    text: str, decoder: json.JSONDecoder | None = None
) -> Iterator[tuple[int, int, Any]]:
    """Yield the start, the end and the value of each item of the outermost list.

    Raises ValueError, or IndexError if the list has no end.
    """
    position = text.find("[") + 1
    if not position or text[: position - 1].strip():
        raise ValueError("the file should be a list of works")
    decoder = decoder or json.JSONDecoder()
    while text[start := skip_separator(text, position)] != "]":
        item, position = decoder.raw_decode(text, start)
        yield start, position, item


def skip_separator(text: str, position: int) -> int:
    separator = ITEM_SEPARATOR.match(text, position)
    return separator.end() if separator else position


def find_lines(text: str, spans: list[tuple[int, int]]) -> dict[KeyPath, int]:
    """Return the lines of items and their variables.

    The line of a variable is that of the first occurrence of its name in the item.
    """
    breaks = [found.start() for found in re.finditer("\n", text)]
    lines: dict[KeyPath, int] = {}
    for index, (start, end) in enumerate(spans):
        lines[(index,)] = bisect(breaks, start) + 1
        for name in VARIABLE_NAME.finditer(text, start, end):
            line = bisect(breaks, name.start()) + 1
            lines.setdefault((index, name[1]), line)
    return lines


def write_csl_json(works: Iterable[Work]) -> str:
    """Return the text of our own file, which read_csl_json reads."""
    return "".join(dump_items(work.to_csl() for work in works))


def build_export_item(work: Work) -> dict[str, Any]:
    """Return the item for programs, which replace ``id`` but not ``citation-key``."""
    return {"id": work.key, "citation-key": work.key} | work.to_csl()


def dump_items(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a JSON list, one piece for each item, indented as json.dumps does."""
    before = "[\n"
    for each in items:
        item = json.dumps(each, ensure_ascii=False, indent=2)
        yield f"{before}  {item.replace('\n', '\n  ')}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


write = encode_pieces(lambda works: dump_items(map(build_export_item, works)))
