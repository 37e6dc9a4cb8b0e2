"""Temporary PostgreSQL servers: created for one run of the suite, then deleted."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

# The data are deleted after the run, so nothing needs to be synced to disk.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def missing():
    """Return why this machine can't start one; an empty text if it can."""
    return "" if find_programs() else "PostgreSQL (no initdb was found)"


def missing_rum():
    """Return why the extension RUM can't be tried; an empty text if it can."""
    if programs := find_programs():
        with suppress(FileNotFoundError):
            asked = [programs / "pg_config", "--sharedir"]
            folder = subprocess.check_output(asked, text=True).strip()
            if Path(folder, "extension/rum.control").exists():
                return ""
    return "RUM (an extension of PostgreSQL)"


def find_programs():
    """Return the folder of initdb and its like, or None. On Debian it isn't in PATH."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        # Links to two of the programs may be all that a folder in PATH has.
        return Path(on_path).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(folders, key=lambda f: float(f.parent.name), reverse=True)
    return next((f for f in newest_first if (f / "initdb").exists()), None)


class Server:
    """A server in a folder of its own, with its data and the socket it listens on."""

    def __init__(self):
        self.programs, self.account = find_programs(), server_account()
        # Not in TMPDIR: the path of a socket may have about 100 characters at most.
        self.folder = Path(tempfile.mkdtemp(prefix="casebase-", dir="/tmp"))
        if self.account:
            shutil.chown(self.folder, self.account["user"])

    def run(self, program, *arguments):
        data = ["--pgdata", self.folder / "data"]
        subprocess.run(
            [self.programs / program, *data, *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **self.account,
        )

    def start(self):
        listen = f"-c listen_addresses= -c unix_socket_directories={self.folder}"
        options = ["--log", self.folder / "log", "-o", f"{listen} {OPTIONS}"]
        self.run("pg_ctl", "start", *options)

    def stop(self):
        """Stop it at once, without a word to its clients."""
        self.run("pg_ctl", "stop", "--mode=immediate")

    def delete(self):
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)


@contextmanager
def cluster():
    """Yield a DATABASE_URL. The server listens on a socket in its folder only."""
    server = Server()
    try:
        server.run("initdb", "--username=casebase", "--auth=trust", "--locale=C.UTF-8")
        server.start()
        yield f"postgres://casebase@/casebase?host={server.folder}"
    finally:
        server.delete()


@contextmanager
def standby(primary):
    """Yield a running Server that follows the one with the socket in this folder."""
    server = Server()
    source = [f"--host={primary}", "--username=casebase", "--write-recovery-conf"]
    try:
        server.run("pg_basebackup", *source, "--checkpoint=fast", "--no-sync")
        server.start()
        yield server
    finally:
        server.delete()


def server_account():
    """Return arguments of subprocess.run that run PostgreSQL as an ordinary user.

    They are empty unless the tests run as root, as which PostgreSQL refuses to run.
    """
    if os.geteuid() != 0:
        return {}
    names = {account.pw_name for account in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
