"""Reads the sheets of an upload, and compares and checks them with the cases."""

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
# Limits on the keys and values in all sheets together. A case has about 500 of them,
# one for every nine bytes of the packed file.
MAX_PARTS = 1_000_000
BASE_PARTS, PARTS_PER_BYTE = 20_000, 1
YAML = (".yaml", ".yml")

type SheetEntry = Entry[CaseSheet]


class TooManyPartsError(Exception):
    """The sheets have more keys and values than one import may have."""


@dataclass(frozen=True)
class SheetsPreview:
    """The changes that importing the sheets would make. ``mark`` is their digest."""

    compared: SheetComparison
    mark: str

    def write(self, track: Track = iter) -> dict[str, Any]:
        """Write all changes in the current transaction.

        Returns the report: the slugs of new and changed cases, and the number of
        unchanged ones.
        """
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
    """Yield pairs of a key of the sheet and the reason why the user may not import it.

    The permissions to add and change cases are checked elsewhere.
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
    """Return a digest of the cases before and after the import."""
    digest = hashlib.sha256()
    for entry in entries:
        sides = [sheet_snapshot(entry.before), sheet_snapshot(entry.data)]
        digest.update(json.dumps(sides).encode())
    return digest.hexdigest()


def sheet_snapshot(sheet: CaseSheet | None) -> dict[str, Any]:
    """Return the sheet as a snapshot of its case; empty if there is no case."""
    return sheet.model_dump(mode="json", warnings=False) if sheet else {}


def read_sheets(content: bytes, name: str) -> list[ParsedFile]:
    """Return the sheets in a zip. Raises InvalidFileError with all invalid files."""
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
        sentence = "This is more than one import may contain; divide the files."
        raise file_error(name, sentence) from None
    if not sheets:
        raise file_error(name, "There is no sheet in it.")
    return sheets


def read_sheet(file: tuple[str, bytes]) -> ParsedFile:
    name, raw = file
    if not name.lower().endswith(YAML):
        raise file_error(name, "This is not a sheet; sheets end in .yaml.")
    written = parse_yaml(decode_text(raw, name), name)
    if "scheme" in written.value:
        raise file_error(name, "This is a codebook file; load_content takes these.")
    return written
