"""Runs the programs of other packages, which say themselves why they fail."""

import subprocess
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, cast

from casebase.backups.errors import BackupError

# Program → the package of Debian that has it.
PACKAGES = {"age": "age", "gpg": "gnupg"}


@contextmanager
def running(
    command: Sequence[str | Path], **options: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program during this block, and wait for its end.

    Raises BackupError with the program's own words if it fails, also if the block
    fails, which may be a consequence.
    """
    with TemporaryFile() as words, start(command, stderr=words, **options) as process:
        try:
            yield process
        finally:
            # By its streams it knows that this is the end.
            with suppress(BrokenPipeError):
                if process.stdin:
                    process.stdin.close()
            deque(process.stdout or (), maxlen=0)
            if process.wait():
                words.seek(0)
                raise BackupError(f"{command[0]} failed: {read(words)}")


def start(command: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
    try:
        # The arguments are our own, files, or values of the settings.
        return subprocess.Popen(command, **options)  # noqa: S603
    except FileNotFoundError:
        package = PACKAGES.get(str(command[0]), "postgresql-client")
        raise BackupError(
            f"The program {command[0]} is missing. Install the package {package}."
        ) from None


def read(words: IO[bytes]) -> str:
    return words.read(1_000).decode(errors="replace").strip() or "it was stopped."


@contextmanager
def writing_to(command: Sequence[str | Path], **options: Any) -> Iterator[IO[bytes]]:
    """Yield the input of a running program. Raises BackupError."""
    with running(command, stdin=subprocess.PIPE, **options) as process:
        yield cast(IO[bytes], process.stdin)


@contextmanager
def reading_from(command: Sequence[str | Path], **options: Any) -> Iterator[IO[bytes]]:
    """Yield the output of a running program. Raises BackupError."""
    with running(command, stdout=subprocess.PIPE, **options) as process:
        yield cast(IO[bytes], process.stdout)
