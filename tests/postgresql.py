"""A temporary PostgreSQL server: created for one run of the suite, then deleted."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

# The data are deleted after the run, so nothing needs to be synced to disk.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def missing():
    """Return why this machine can't start one; an empty text if it can."""
    return "" if find_programs() else "PostgreSQL (no initdb was found)"


def find_programs():
    """Return the folder of initdb and pg_ctl, or None. On Debian it isn't in PATH."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        return Path(on_path).parent
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(folders, key=lambda f: float(f.parent.name), reverse=True)
    return next((f for f in newest_first if (f / "initdb").exists()), None)


@contextmanager
def cluster():
    """Yield a DATABASE_URL. The server listens on a socket in its folder only."""
    programs, account = find_programs(), server_account()
    # Not in TMPDIR: the path of a socket may have about 100 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="casebase-", dir="/tmp"))
    if account:
        shutil.chown(folder, account["user"])

    def run(program, *arguments):
        command = [programs / program, "--pgdata", folder / "data", *arguments]
        subprocess.run(
            command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **account
        )

    try:
        run("initdb", "--username=casebase", "--auth=trust", "--locale=C.UTF-8")
        listen = f"-c listen_addresses= -c unix_socket_directories={folder}"
        run("pg_ctl", "start", "--log", folder / "log", "-o", f"{listen} {OPTIONS}")
        try:
            yield f"postgres://casebase@/casebase?host={folder}"
        finally:
            run("pg_ctl", "stop", "--mode=immediate")
    finally:
        shutil.rmtree(folder)


def server_account():
    """Return arguments of subprocess.run that run PostgreSQL as an ordinary user.

    They are empty unless the tests run as root, as which PostgreSQL refuses to run.
    """
    if os.geteuid() != 0:
        return {}
    names = {account.pw_name for account in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
