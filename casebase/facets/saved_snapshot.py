"""A snapshot in a file, which all processes of this machine map into their memory.

The file begins with its length and a code by which it is recognized: of all that
follows, of the code of this site, its database and its secret key. A file that differs
in any of these, such as one that was written by half, is not read.

Behind it stand the lengths of what follows, a pickle of the snapshot and the arrays
that this refers to. The arrays are pages of the file, so processes share them.
"""

import json
import mmap
import os
import pickle
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyroaring
from django.conf import settings

from casebase.facets.process_memory import release_memory
from casebase.facets.snapshot import Snapshot, faceted

CODE_BYTES, LENGTH_BYTES = 32, 8
# Arrays begin at multiples of this.
ALIGNMENT = 64
BLOCK = 2**20
# What tells one database from another.
DATABASE = ("ENGINE", "HOST", "PORT", "NAME")


def file_path() -> Path:
    return Path(settings.CACHE_DIR) / "facets" / "snapshot"


def save(snapshot: Snapshot) -> None:
    """Write the file, or replace it at once. Raises OSError if that is refused."""
    arrays: list[pickle.PickleBuffer] = []
    # Not what was built from it, which any process builds in a moment.
    content = pickle.dumps(
        (snapshot.version, snapshot.tables), 5, buffer_callback=arrays.append
    )
    parts: list[Any] = [content, *(array.raw() for array in arrays)]
    lengths = json.dumps([len(part) for part in parts]).encode()
    path = file_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for unfinished in path.parent.glob("*.new"):
        unfinished.unlink(missing_ok=True)
    new = path.with_suffix(f".{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            _write(file, [lengths, *parts])
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _write(file: BinaryIO, parts: Iterable[bytes | memoryview]) -> None:
    code, length = _new_code(), 0
    file.write(bytes(CODE_BYTES))
    for part in parts:
        gap = bytes(-file.tell() % ALIGNMENT)
        if not length:
            length = len(part)
            gap = length.to_bytes(LENGTH_BYTES)
        for written in (gap, part):
            code.update(written)
            file.write(written)
    file.seek(0)
    file.write(code.digest())


def load() -> Snapshot | None:
    """Return the snapshot of the file; None if there is none that this site wrote."""
    try:
        with file_path().open("rb") as file:
            return _read(file) if _is_ours(file) else None
    except OSError:
        return None


def _is_ours(file: BinaryIO) -> bool:
    """Whether this site wrote the file, and it is complete."""
    told, code = file.read(CODE_BYTES), _new_code()
    # Read, not mapped: what is only checked would count as memory of the process.
    while block := file.read(BLOCK):
        code.update(block)
    return compare_digest(told, code.digest())


def _read(file: BinaryIO) -> Snapshot:
    """Return the snapshot of a file of ours; another’s pickle may run any code."""
    file.seek(CODE_BYTES)
    size = int.from_bytes(file.read(LENGTH_BYTES))
    lengths = json.loads(file.read(size))
    start, places = file.tell(), []
    for length in lengths:
        start += -start % ALIGNMENT
        places.append(slice(start, start + length))
        start += length
    view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    arrays = [view[place] for place in places[1:]]
    # What is read once is not mapped: its pages would stay memory of the process.
    file.seek(places[0].start)
    pickled = file.read(lengths[0])
    content = pickle.loads(pickled, buffers=arrays)  # noqa: S301 -- ours, by its code
    release_memory()
    return Snapshot(*content)


def _new_code() -> Any:
    versions = np.__version__, pyroaring.__version__, sys.version, sys.byteorder
    # Not those of the connection, which may be one to a replica.
    database = [settings.DATABASES["default"].get(part) for part in DATABASE]
    known = (settings.SECRET_KEY, database, versions, _code_of_packages())
    return blake2b(key=blake2b(repr(known).encode()).digest(), digest_size=CODE_BYTES)


@cache
def _code_of_packages() -> str:
    """Return a hash of the code of all packages that tables of the snapshot are of."""
    names = {
        "casebase",
        *(table.__module__.split(".")[0] for table in faceted.values()),
    }
    found = blake2b()
    for name in sorted(names):
        folder = Path(str(sys.modules[name].__file__)).parent
        for path in sorted(folder.rglob("*.py")):
            found.update(f"{path.relative_to(folder)}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()
