"""CSL-JSON files: read with the line of every item and variable, and written."""

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
from references.formats.work_format import in_utf8

GAP = re.compile(r"[\s,]*")
VARIABLE = re.compile(r'"([^"\\]+)"\s*:')


def read_csl_json(path: Path) -> ParsedFile:
    """The list of items. Raises InvalidFileError when the file holds anything else."""
    text = read_text(path)
    try:
        json.loads(text, object_pairs_hook=keys_once, parse_constant=no_number)
        found = list(items_of(text))
    except json.JSONDecodeError as error:
        sentence = f"The JSON can’t be read from here on ({error.msg})."
        raise InvalidFileError.for_file(path, sentence, error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise InvalidFileError.for_file(
            path, f"The JSON can’t be read ({error})."
        ) from None
    lines = lines_of(text, [(start, end) for start, end, _ in found])
    return ParsedFile(str(path), [item for _, _, item in found], lines)


def keys_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if twice := first_duplicate([key for key, _ in pairs]):
        raise ValueError(f"the key “{twice}” stands twice in one place")
    return dict(pairs)


def no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def items_of(
    text: str, decoder: json.JSONDecoder | None = None
) -> Iterator[tuple[int, int, Any]]:
    """Where each item of the outermost list begins and ends, and the item."""
    at = text.find("[") + 1
    if not at or text[: at - 1].strip():
        raise ValueError("the file should be a list of works")
    decoder = decoder or json.JSONDecoder()
    while text[start := after_gap(text, at)] != "]":
        item, at = decoder.raw_decode(text, start)
        yield start, at, item


def after_gap(text: str, at: int) -> int:
    gap = GAP.match(text, at)
    return gap.end() if gap else at


def lines_of(text: str, spans: list[tuple[int, int]]) -> dict[KeyPath, int]:
    """The lines of items and of their variables, by where their names first stand."""
    breaks = [found.start() for found in re.finditer("\n", text)]
    lines: dict[KeyPath, int] = {}
    for index, (start, end) in enumerate(spans):
        lines[(index,)] = bisect(breaks, start) + 1
        for name in VARIABLE.finditer(text, start, end):
            line = bisect(breaks, name.start()) + 1
            lines.setdefault((index, name[1]), line)
    return lines


def write_csl_json(works: Iterable[Work]) -> str:
    """Our own file, which read_csl_json reads."""
    return "".join(listed(work.to_csl() for work in works))


def item_of(work: Work) -> dict[str, Any]:
    """As others read it: programs replace ``id`` and keep ``citation-key``."""
    return {"id": work.key, "citation-key": work.key} | work.to_csl()


def listed(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A list with an item a piece, indented as json.dumps does."""
    before = "[\n"
    for each in items:
        item = json.dumps(each, ensure_ascii=False, indent=2)
        yield f"{before}  {item.replace('\n', '\n  ')}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


write = in_utf8(lambda works: listed(map(item_of, works)))
