"""Writes a backup as one file, and reads it: a compressed tar, encrypted on request.

The manifest comes first, then the parts that it names.
"""

import io
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from casebase.backups.encryption import decrypted, encrypted
from casebase.backups.errors import DamagedBackupError
from casebase.backups.manifest import Manifest, Part

MANIFEST = "manifest.json"
# Level 9 takes twice the time for a hundredth of the space.
COMPRESSION_LEVEL = 6
MAX_MANIFEST_BYTES = 10_000_000
# What Python raises for a file that is not a whole compressed tar with a manifest.
DAMAGE = (tarfile.TarError, EOFError, zlib.error, ValidationError)


def part_of(file: Path) -> Part:
    with file.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
        return Part(size=opened.tell(), sha256=digest)


def write_archive(
    target: Path, manifest: Manifest, folder: Path, recipient: str
) -> None:
    """Write the manifest and its parts, which are files of the folder.

    ``target`` appears when it is complete and on the disk, or not at all. Raises
    BackupError and OSError.
    """
    with (
        atomic_file(target) as file,
        encrypted(file, recipient) as stream,
        tarfile.open(
            fileobj=stream, mode="w|gz", compresslevel=COMPRESSION_LEVEL
        ) as tar,
    ):
        text = manifest.model_dump_json(indent=1).encode()
        tar.addfile(member(MANIFEST, len(text)), io.BytesIO(text))
        for name, part in manifest.parts.items():
            with (folder / name).open("rb") as content:
                tar.addfile(member(name, part.size), content)


def member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    return info


@contextmanager
def atomic_file(target: Path) -> Iterator[IO[bytes]]:
    """Open a file that gets its name when it is complete and on the disk."""
    part = part_file(target)
    try:
        part.touch(mode=0o600)
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    # The name is on the disk when its folder is.
    folder = os.open(target.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def part_file(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def read_archive(file: Path, folder: Path, identity: Path | None) -> Manifest:
    """Unpack the parts of a backup into the folder, and return its manifest.

    Raises BackupError if a part is missing or differs from its checksum, if there are
    others, or if the file can't be decrypted; and OSError.
    """
    # Without a buffer, another program reads on where this one has stopped.
    with file.open("rb", buffering=0) as raw, decrypted(raw, identity) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|gz") as tar:
                manifest = read_manifest(tar)
                unpacked = set(unpack_parts(tar, manifest, folder))
        except DAMAGE as error:
            words = str(error) or "it ends too early"
            raise DamagedBackupError(f"It is damaged, or no backup: {words}") from error
        if missing := manifest.parts.keys() - unpacked:
            raise DamagedBackupError(f"It lacks {', '.join(sorted(missing))}.")
    return manifest


def read_manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    content = first and first.name == MANIFEST and tar.extractfile(first)
    if not content:
        raise DamagedBackupError("It is no backup: it has no manifest.")
    return Manifest.model_validate_json(content.read(MAX_MANIFEST_BYTES))


def unpack_parts(
    tar: tarfile.TarFile, manifest: Manifest, folder: Path
) -> Iterator[str]:
    """Write each part to the folder, compare its checksum, and yield its name."""
    while info := tar.next():
        content = tar.extractfile(info)
        if info.name not in manifest.parts or not content:
            raise DamagedBackupError(
                f"It has a part that it does not name: {info.name}."
            )
        with (folder / info.name).open("wb") as file:
            while block := content.read(1 << 20):
                file.write(block)
        if part_of(folder / info.name) != manifest.parts[info.name]:
            raise DamagedBackupError(f"{info.name} is not as it was backed up.")
        yield info.name
