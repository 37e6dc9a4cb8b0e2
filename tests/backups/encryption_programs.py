"""Whether age and GnuPG are there, and keys of both."""

import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("age", "age-keygen", "gpg", "gpgconf")


def missing():
    """Return why this machine can't encrypt backups; an empty text if it can."""
    lacking = [program for program in PROGRAMS if not shutil.which(program)]
    return f"encryption of backups (no {', '.join(lacking)})" if lacking else ""


def run(*command):
    return subprocess.run(command, capture_output=True, check=True)


def age_key(file):
    """Write a private key of age to the file, and return the public one."""
    words = run("age-keygen", "-o", file).stderr.decode()
    return words.partition("Public key: ")[2].strip()


def gpg(*arguments):
    return run("gpg", "--quiet", *arguments).stdout


@contextmanager
def gpg_key(monkeypatch):
    """Yield the name of a key in a keyring that is deleted afterwards."""
    # Not in TMPDIR: the path of a socket may have about 100 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="casebase-", dir="/tmp"))
    monkeypatch.setenv("GNUPGHOME", str(folder))
    name = "backups@casebase.example"
    options = ("--batch", "--passphrase", "", "--quick-generate-key")
    try:
        gpg(*options, name, "future-default")
        yield name
    finally:
        run("gpgconf", "--kill", "all")
        shutil.rmtree(folder)
