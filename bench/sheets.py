"""Evidence sheets like real ones: copies of those of fixtures/, under other names.

A copy has a slug, a name and ids of its own. It cites the works of the original, except
that the first is a work of its own.
"""

import json
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

FIXTURES = Path(__file__).parent.parent / "fixtures"
DRAFT = {
    "status": "draft",
    "status_note": "null",
    "published_on": "null",
    "revised_on": "null",
}
LINES = re.MULTILINE


class Copy(NamedTuple):
    """The file of a copy, its own work, and the work of which that is a copy."""

    name: str
    text: str
    work: str
    original_work: str


def copied_sheets(n: int) -> list[Copy]:
    """Return the sheets of n new cases, which are drafts."""
    return list(islice(_copies(), n))


def copied_works(sheets: list[Copy]) -> list[dict[str, Any]]:
    """Return the works of their own that these sheets cite, as CSL-JSON."""
    works = json.loads((FIXTURES / "references.csl.json").read_text())
    by_key = {work["id"]: work for work in works}
    return [
        {name: by_key[sheet.original_work][name] for name in ("type", "title")}
        | {"id": sheet.work}
        for sheet in sheets
    ]


def _copies() -> Iterator[Copy]:
    originals = sorted((FIXTURES / "initiatives").glob("*.yaml"))
    texts = {file.stem: file.read_text() for file in originals}
    for number in count(1):
        for slug, text in texts.items():
            yield _copied(slug, text, number)


def _copied(slug: str, text: str, number: int) -> Copy:
    [work] = re.findall(r"^ +- ref: (\S+)$", text, LINES)[:1]
    own = f"{work}-copy-{number}"
    text = _with_word(text, work, own)
    for short_id in re.findall(r"^ +- id: (\S+)$", text, LINES):
        text = _with_word(text, short_id, f"{short_id}{number:02}")
    text = re.sub("^slug: .*", f"slug: {slug}-{number}", text, count=1, flags=LINES)
    text = re.sub("^(name: ['\"]?)", rf"\g<1>{number}. ", text, count=1, flags=LINES)
    for key, value in DRAFT.items():
        text = re.sub(rf"^{key}:.*(\n +.*)*", f"{key}: {value}", text, flags=LINES)
    return Copy(f"{slug}-{number}.yaml", text, own, work)


def _with_word(text: str, word: str, other: str) -> str:
    return re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", other, text)
