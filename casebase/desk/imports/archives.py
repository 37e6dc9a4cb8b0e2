"""Zips of small files, read in memory: nothing is extracted, and nothing believed.

A zip may claim any size, hold any name and unfold to any length. Each member is read as
a stream up to a limit, all of them up to another.
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

# Where an entry begins in the table of contents, which is read as a whole.
CENTRAL_ENTRY_SIGNATURE = b"PK\x01\x02"
COMPRESSION_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What the library raises over a file that was made to break it.
ZIP_ERRORS: tuple[type[Exception], ...]
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
)
ZIP_ERRORS += (NotImplementedError, RuntimeError, OverflowError, MemoryError)
# What programs add to zips by themselves.
METADATA_PREFIXES = ("__MACOSX/", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Limits:
    """Of a zip: how many files, how large each and all of them, unpacked."""

    max_files: int
    max_file_bytes: int
    max_total_bytes: int


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files as one zip. Where two have one name, the second gets a number."""
    packed = BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, (name, raw) in enumerate(files, start=1):
            name = f"{number}-{name}" if name in names else name
            names.add(name)
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(raw: bytes, limits: Limits, name: str) -> list[tuple[str, bytes]]:
    """Names and contents of the files in the zip of that name.

    Raises InvalidFileError, before more is unpacked than the limits allow.
    """
    if raw.count(CENTRAL_ENTRY_SIGNATURE) > limits.max_files:
        raise file_error(
            name, f"There are more than {limits.max_files:,} files in this zip."
        )
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = [m for m in archive.infolist() if not is_metadata(m)]
            map_collecting_errors(members, validate_member)
            return list(read_members(archive, members, limits, name))
    except InvalidFileError:
        raise
    except ZIP_ERRORS:
        sentence = "This is no zip that can be read; pack it anew."
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
    """Folders and name, however a program parts them."""
    return member.filename.replace("\\", "/").split("/")


def validate_member(member: zipfile.ZipInfo) -> None:
    """Refuse what no program packs that someone used to pack sheets."""
    if member.flag_bits & 1:
        raise file_error(member.filename, "This file is encrypted.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise file_error(member.filename, "This is a link, and no file.")
    parts = path_parts(member)
    if ".." in parts or parts[0] in ("", "~") or parts[0].endswith(":"):
        raise file_error(member.filename, "This name leads out of the zip.")
    if member.compress_type not in COMPRESSION_METHODS:
        raise file_error(member.filename, "This is packed in a way we do not read.")


def read_members(
    archive: zipfile.ZipFile,
    members: Iterable[zipfile.ZipInfo],
    limits: Limits,
    name: str,
) -> Iterator[tuple[str, bytes]]:
    bytes_left = limits.max_total_bytes
    for member in members:
        # By the entry, not by its name: two may have one.
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
