"""Encrypts and decrypts backups with age or GnuPG, as streams.

Making a backup takes the public key alone, so the machine that makes them can't read
them. Neither program is given a terminal: it fails where it would ask for a password.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from casebase.backups.errors import BackupError
from casebase.backups.programs import reading_from, writing_to

AGE = b"age-encryption.org/"
GZIP = b"\x1f\x8b"
GPG = ("gpg", "--batch", "--no-tty", "--quiet", "--pinentry-mode=error")


def is_age(recipient: str) -> bool:
    """Whether the public key is one of age, or an SSH key, which age accepts too."""
    return recipient.startswith(("age1", "ssh-"))


def suffix_for(recipient: str) -> str:
    """Return the end of the name of a file that is encrypted for this recipient."""
    if not recipient:
        return ""
    return ".age" if is_age(recipient) else ".gpg"


@contextmanager
def encrypted(file: IO[bytes], recipient: str) -> Iterator[IO[bytes]]:
    """Yield a stream whose content is written to the file, encrypted.

    Without a recipient, yield the file. Raises BackupError.
    """
    if not recipient:
        yield file
        return
    command = ["age", "--encrypt", "--recipient", recipient]
    if not is_age(recipient):
        # Whoever sets the recipient trusts its key.
        command = [*GPG, "--trust-model=always", "--encrypt", "--recipient", recipient]
    with writing_to(command, stdout=file, start_new_session=True) as stream:
        yield stream


@contextmanager
def decrypted(file: IO[bytes], identity: Path | None) -> Iterator[IO[bytes]]:
    """Yield a stream of the decrypted content of an open file.

    What a file is, its first bytes tell. ``identity`` is a file with a private key of
    age; GnuPG uses its own keyring. Raises BackupError.
    """
    beginning = file.read(len(AGE))
    file.seek(0)
    if beginning.startswith(GZIP) or not beginning:
        yield file
        return
    command = [*GPG, "--decrypt"]
    if beginning == AGE:
        if not identity:
            raise BackupError("It is encrypted with age. Name the key with --identity.")
        command = ["age", "--decrypt", "--identity", str(identity)]
    with reading_from(command, stdin=file, start_new_session=True) as stream:
        yield stream
