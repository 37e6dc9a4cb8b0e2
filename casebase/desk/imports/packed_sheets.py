"""Reads the sheets of an upload, and keeps them packed: a thousand take 10 MB."""

import pickle
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from casebase.content.entries import Entry
from casebase.content.parsed_file import (
    ErrorDetail,
    KeyPath,
    ParsedFile,
    decode_text,
    map_collecting_errors,
)
from casebase.desk.imports.archives import Limits, file_error, unpack
from initiatives.loading.cases import ImportContext, read_sheet
from initiatives.loading.lookups import Lookups
from initiatives.loading.short_ids import ids_in
from initiatives.sheet_yaml import parse_yaml
from initiatives.sheets import CaseSheet

LIMITS = Limits(max_files=2_000, max_file_bytes=1_000_000, max_total_bytes=60_000_000)
# Limits on the keys and values in all sheets together. A case has about 500 of them,
# one for every nine bytes of the packed file.
MAX_PARTS = 1_000_000
BASE_PARTS, PARTS_PER_BYTE = 20_000, 1
YAML = (".yaml", ".yml")
FASTEST = 1

type SheetEntry = Entry[CaseSheet]


class TooManyPartsError(Exception):
    """The sheets have more keys and values than one import may have."""


@dataclass(frozen=True)
class PackedFile:
    """Where the parts of a file are. Packed, for few files have errors."""

    path: str
    packed: bytes

    @classmethod
    def pack(cls, parsed: ParsedFile) -> "PackedFile":
        whereabouts = pickle.dumps(replace(parsed, value=None))
        return cls(parsed.path, zlib.compress(whereabouts, FASTEST))

    def error_at(self, key_path: KeyPath, sentence: str) -> ErrorDetail:
        """Do as ``ParsedFile.error_at``."""
        parsed = pickle.loads(zlib.decompress(self.packed))  # noqa: S301 -- our own
        return cast(ParsedFile, parsed).error_at(key_path, sentence)


@dataclass(frozen=True)
class PackedSheet:
    """A valid sheet as compressed JSON.

    ``ids`` are those of its findings. ``is_new`` says whether there was no such case
    when it was compared.
    """

    slug: str
    ids: frozenset[str]
    file: PackedFile
    data: bytes
    is_new: bool

    @classmethod
    def pack(cls, entry: SheetEntry, file: PackedFile) -> "PackedSheet":
        return cls(
            slug=entry.data.slug,
            ids=frozenset(ids_in(entry.data)),
            file=file,
            data=zlib.compress(dump_sheet(entry.data), FASTEST),
            is_new=entry.before is None,
        )

    def unpack(self) -> SheetEntry:
        """Return the entry, which is to be matched with its case."""
        sheet = CaseSheet.model_validate_json(zlib.decompress(self.data))
        return Entry(self.file, sheet)


def dump_sheet(sheet: CaseSheet | None) -> bytes:
    """Return the sheet as JSON; empty if there is no case."""
    return sheet.model_dump_json(warnings=False).encode() if sheet else b""


def sheet_snapshot(sheet: CaseSheet | None) -> dict[str, Any]:
    """Return the sheet as a snapshot of its case; empty if there is no case."""
    return sheet.model_dump(mode="json", warnings=False) if sheet else {}


def context_of(sheets: Sequence[PackedSheet]) -> ImportContext:
    """Return what these sheets have in common, if they are all of an import."""
    return ImportContext(
        lookups=Lookups.load(),
        slugs={sheet.slug for sheet in sheets},
        ids=set().union(*(sheet.ids for sheet in sheets)),
    )


def pack_all(files: Iterable[ParsedFile]) -> list[PackedSheet]:
    """Return the files as sheets. Raises InvalidFileError with all invalid ones."""
    return map_collecting_errors(files, pack_file)


def pack_file(parsed: ParsedFile) -> PackedSheet:
    return PackedSheet.pack(read_sheet(parsed), PackedFile.pack(parsed))


def read_sheets(
    content: bytes, name: str, only: Collection[str] | None = None
) -> list[PackedSheet]:
    """Return the sheets in a zip. Raises InvalidFileError with all invalid files.

    ``only`` are names of files that are read; by default, all are.
    """
    sheets = map_sheets(pack_file, content, name, only)
    if not sheets:
        raise file_error(name, "There is no sheet in it.")
    return sheets


def map_sheets[Result](
    function: Callable[[ParsedFile], Result],
    content: bytes,
    name: str,
    only: Collection[str] | None = None,
) -> list[Result]:
    """Return the function’s results for the files in a zip, one file at a time."""
    n_parts = 0
    max_parts = min(MAX_PARTS, BASE_PARTS + PARTS_PER_BYTE * len(content))

    def read(file: tuple[str, bytes]) -> Result:
        nonlocal n_parts
        parsed = parse_sheet(file)
        n_parts += len(parsed.lines)
        if n_parts > max_parts:
            raise TooManyPartsError
        return function(parsed)

    files = unpack(content, LIMITS, name)
    chosen = (file for file in files if only is None or file[0] in only)
    try:
        return map_collecting_errors(chosen, read)
    except TooManyPartsError:
        sentence = "This is more than one import may contain; divide the files."
        raise file_error(name, sentence) from None


def parse_sheet(file: tuple[str, bytes]) -> ParsedFile:
    name, raw = file
    if not name.lower().endswith(YAML):
        raise file_error(name, "This is not a sheet; sheets end in .yaml.")
    written = parse_yaml(decode_text(raw, name), name)
    if "scheme" in written.value:
        raise file_error(name, "This is a codebook file; load_content takes these.")
    return written
