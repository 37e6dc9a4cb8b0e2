"""Packing and unpacking zips of small files in memory, with limits on their size.

Nothing is extracted to disk. The sizes and names that a zip declares are not trusted:
each member is read as a stream up to a limit, and all members up to a total limit.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from casebase.content.parsed_file import (
    ErrorDetail,
    InvalidFileError,
    map_collecting_errors,
)

# The start of each entry in the central directory. Entries are counted in the raw
# bytes, because zipfile reads the whole directory into memory.
CENTRAL_ENTRY_SIGNATURE = b"PK\x01\x02"
COMPRESSION_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# The exceptions that zipfile raises for broken and malicious files.
ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError, OverflowError, MemoryError),
)
# Files that operating systems add to zips.
METADATA_PREFIXES = ("__MACOSX/", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Limits:
    """Limits on the number of files in a zip, and on their unpacked sizes."""

    max_files: int
    max_file_bytes: int
    max_total_bytes: int


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of the files; a repeated name gets the file's number as a prefix."""
    packed = BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, (name, raw) in enumerate(files, start=1):
            name = f"{number}-{name}" if name in names else name
            names.add(name)
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(raw: bytes, limits: Limits, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield pairs of name and content of the files in a zip.

    ``name`` is the name of the zip, for errors. Raises InvalidFileError if the zip is
    not valid or exceeds the limits, without unpacking more than they allow.
    """
    if raw.count(CENTRAL_ENTRY_SIGNATURE) > limits.max_files:
        raise file_error(
            name, f"There are more than {limits.max_files:,} files in this zip."
        )
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = [m for m in archive.infolist() if not is_metadata(m)]
            map_collecting_errors(members, validate_member)
            yield from read_members(archive, members, limits, name)
    except InvalidFileError:
        raise
    except ZIP_ERRORS:
        sentence = "This zip can’t be read; pack it again."
        raise file_error(name, sentence) from None


def file_error(name: str, sentence: str) -> InvalidFileError:
    return InvalidFileError([ErrorDetail(name, 1, "", sentence)])


def is_metadata(member: zipfile.ZipInfo) -> bool:
    last = path_parts(member)[-1]
    return (
        member.is_dir()
        or last.startswith(".")
        or member.filename.startswith(METADATA_PREFIXES)
    )


def path_parts(member: zipfile.ZipInfo) -> list[str]:
    """Return the folders and the name; some programs separate them by backslashes."""
    return member.filename.replace("\\", "/").split("/")


def validate_member(member: zipfile.ZipInfo) -> None:
    """Raise InvalidFileError if the member is encrypted, a link or otherwise unsafe."""
    if member.flag_bits & 1:
        raise file_error(
            member.filename, "This file is encrypted; remove its password."
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise file_error(member.filename, "This is a link; replace it with the file.")
    parts = path_parts(member)
    if ".." in parts or parts[0] in ("", "~") or parts[0].endswith(":"):
        raise file_error(member.filename, "This path leads out of the zip; change it.")
    if member.compress_type not in COMPRESSION_METHODS:
        raise file_error(
            member.filename,
            "This compression method is not supported; pack the zip again.",
        )


def read_members(
    archive: zipfile.ZipFile,
    members: Iterable[zipfile.ZipInfo],
    limits: Limits,
    name: str,
) -> Iterator[tuple[str, bytes]]:
    bytes_left = limits.max_total_bytes
    for member in members:
        # Open the entry itself, because two entries may have the same name.
        with archive.open(member) as stream:
            content = stream.read(limits.max_file_bytes + 1)
        if len(content) > limits.max_file_bytes:
            size = f"{limits.max_file_bytes / 1_000_000:g} MB"
            raise file_error(member.filename, f"The file is larger than {size}.")
        bytes_left -= len(content)
        if bytes_left < 0:
            size = f"{limits.max_total_bytes / 1_000_000:g} MB"
            raise file_error(name, f"Unpacked, this is more than {size}.")
        yield member.filename, content
