"""A throw-away PostgreSQL: made for one run of the suite, gone after it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

# Nothing here outlives the run, so nothing needs to reach the disk.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def missing():
    """Why this machine can start none; nothing when it can."""
    return "" if find_programs() else "PostgreSQL (no initdb was found)"


def find_programs():
    """The folder of initdb and pg_ctl, which Debian keeps off the path."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        return Path(on_path).parent
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(folders, key=lambda f: float(f.parent.name), reverse=True)
    return next((f for f in newest_first if (f / "initdb").exists()), None)


@contextmanager
def cluster():
    """Yields a DATABASE_URL. The server listens on a socket in its folder only."""
    programs, account = find_programs(), server_account()
    # Not in TMPDIR: the path of a socket may have no more than about 100 characters.
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
    """PostgreSQL refuses to run as root: who runs it then."""
    if os.geteuid() != 0:
        return {}
    names = {account.pw_name for account in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
