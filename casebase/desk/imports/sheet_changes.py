"""What the sheets of an upload would change in cases, and whether it may."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casebase.content.entries import Entry
from casebase.content.parsed_file import (
    ParsedFile,
    decode_text,
    map_collecting_errors,
    raise_errors,
)
from casebase.desk.imports.archives import Limits, file_error, unpack
from initiatives.loading.case_writer import write_case
from initiatives.loading.cases import (
    SheetComparison,
    Track,
    compare_sheets,
    validate_cases,
)
from initiatives.sheet_yaml import parse_yaml
from initiatives.sheets import CaseSheet

LIMITS = Limits(max_files=2_000, max_file_bytes=1_000_000, max_total_bytes=60_000_000)
# Of all sheets together; a case has some 500, and one in nine bytes of a packed file.
MAX_PARTS = 1_000_000
BASE_PARTS, PARTS_PER_BYTE = 20_000, 1
YAML = (".yaml", ".yml")

type SheetEntry = Entry[CaseSheet]


class TooManyPartsError(Exception):
    """The sheets read so far say more than is taken at once."""


@dataclass(frozen=True)
class SheetsPreview:
    """What importing the sheets would do. ``mark`` is a digest of it."""

    compared: SheetComparison
    mark: str

    def write(self, track: Track = iter) -> dict[str, Any]:
        """Write it all in the current transaction. Returns what was done, by slug."""
        for entry in track(self.compared.changed):
            write_case(entry, self.compared.lookups)
        changes = self.compared.changes
        return {
            "new": changes.created,
            "changed": list(changes.changed),
            "unchanged": changes.unchanged,
        }


def preview_changes(
    sheets: Iterable[ParsedFile], user: Any, track: Track = iter
) -> SheetsPreview:
    """Compare the sheets with the cases, and write nothing.

    Raises InvalidFileError with every reason why the user can't import these sheets.
    """
    compared = compare_sheets(sheets)
    raise_errors(
        entry.error_at(place, sentence=sentence)
        for entry in compared.changed
        for place, sentence in permission_errors(entry, user)
    )
    validate_cases(compared, track=track)
    return SheetsPreview(compared, preview_digest(compared.changed))


def permission_errors(entry: SheetEntry, user: Any) -> Iterator[tuple[str, str]]:
    """Pairs of a key of the sheet and a sentence on why the user may not import it.

    The user may add and change cases.
    """
    case, status = entry.record, entry.data.status
    if entry.before is None:
        if status != "draft":
            yield "status", "A new case comes in as a draft; write “draft”."
    elif not case.is_changeable_by(user):
        yield "slug", "You may change drafts; ask a curator about this case."
    elif status != entry.before.status:
        sentence = f"The case is “{entry.before.status}”; its own page changes that."
        yield "status", sentence


def preview_digest(entries: Iterable[SheetEntry]) -> str:
    """A digest of the cases as they are and as they would be."""
    digest = hashlib.sha256()
    for entry in entries:
        sides = [sheet_snapshot(entry.before), sheet_snapshot(entry.data)]
        digest.update(json.dumps(sides).encode())
    return digest.hexdigest()


def sheet_snapshot(sheet: CaseSheet | None) -> dict[str, Any]:
    """The sheet as a version of its case holds it."""
    return sheet.model_dump(mode="json", warnings=False) if sheet else {}


def read_sheets(content: bytes, name: str) -> list[ParsedFile]:
    """Raises InvalidFileError with every file that is no sheet."""
    n_parts = 0
    max_parts = min(MAX_PARTS, BASE_PARTS + PARTS_PER_BYTE * len(content))

    def read(file: tuple[str, bytes]) -> ParsedFile:
        nonlocal n_parts
        sheet = read_sheet(file)
        n_parts += len(sheet.lines)
        if n_parts > max_parts:
            raise TooManyPartsError
        return sheet

    try:
        sheets = map_collecting_errors(unpack(content, LIMITS, name), read)
    except TooManyPartsError:
        sentence = "This is more than can be brought in at once; divide it."
        raise file_error(name, sentence) from None
    if not sheets:
        raise file_error(name, "There is no sheet in it.")
    return sheets


def read_sheet(file: tuple[str, bytes]) -> ParsedFile:
    name, raw = file
    if not name.lower().endswith(YAML):
        raise file_error(name, "This is no sheet; sheets end in .yaml.")
    written = parse_yaml(decode_text(raw, name), name)
    if "scheme" in written.value:
        raise file_error(name, "This is a codebook file; load_content takes these.")
    return written
