"""A temporary PgBouncer in front of a PostgreSQL server, in transaction mode."""

import shutil
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.postgresql import server_account

PORT = 6432
# Each statement outside a transaction goes to another connection than the one before.
CONFIGURATION = """
[databases]
* = host={server} user=casebase
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
server_round_robin = 1
"""
CONNECTIONS = 3


def find_program():
    """Return the path, or None. On Debian it isn't in the PATH of every user."""
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


def missing():
    """Return why this machine can't start one; an empty text if it can."""
    return "" if find_program() else "PgBouncer"


@contextmanager
def bouncer(server, name):
    """Yield the folder of its socket. It has opened all connections to a database.

    ``server`` is the folder of the socket of PostgreSQL.
    """
    account = server_account()
    folder = Path(tempfile.mkdtemp(prefix="casebase-", dir="/tmp"))
    file = folder / "pgbouncer.ini"
    file.write_text(
        CONFIGURATION.format(
            server=server, folder=folder, port=PORT, connections=CONNECTIONS
        )
    )
    if account:
        shutil.chown(folder, account["user"])
    process = subprocess.Popen(
        [find_program(), "--quiet", file], stderr=subprocess.DEVNULL, **account
    )
    try:
        wait_until_ready(process, folder, name)
        yield folder
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def wait_until_ready(process, folder, name):
    """Return when it has as many connections to the server as it may open."""
    held = []
    while len(held) < CONNECTIONS:
        assert process.poll() is None
        with suppress(psycopg.OperationalError):
            client = psycopg.connect(host=str(folder), port=PORT, dbname=name)
            client.execute("SELECT 1")
            held.append(client)
    for client in held:
        # A connection is closed if its client leaves in the middle of a transaction.
        client.commit()
        client.close()
