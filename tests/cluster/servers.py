"""The servers around the site: PostgreSQL with a standby, the cache, and nginx."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from string import Template

from tests import postgresql
from tests.cluster.parts import Part
from tests.cluster.releases import ROOT

HOST = "127.0.0.1"
CACHE_SERVERS = ("valkey-server", "redis-server")
DEPLOY = ROOT / "deploy"
PASSWORD = "only for this cluster"  # noqa: S105
# What `compose.yaml` gives PostgreSQL, too: a standby that is away for long must not
# fill the disk of the primary.
REPLICATION = ["-c", "max_slot_wal_keep_size=1GB"]


def missing() -> str:
    """Return what this machine lacks, as text; empty if nothing."""
    lacking = [postgresql.missing()]
    if not nginx_program():
        lacking.append("nginx")
    if not cache_program():
        lacking.append(" or ".join(CACHE_SERVERS))
    return " and ".join(filter(None, lacking))


def nginx_program() -> str | None:
    """Return the path of nginx. On Debian it is in PATH for root alone."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def cache_program() -> str | None:
    return next(filter(None, map(shutil.which, CACHE_SERVERS)), None)


def free_ports(n: int) -> list[int]:
    """Return ports that nobody uses now, all different."""
    listeners = [socket.create_server((HOST, 0)) for _ in range(n)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def accepts_connections(port: int) -> bool:
    with socket.create_connection((HOST, port), timeout=1):
        return True


def database_url(port: int) -> str:
    return f"postgres://casebase@{HOST}:{port}/casebase"


def run_postgresql(*command: str | Path, **environment: str) -> None:
    """Run a program of PostgreSQL, or a script, with the account of its server."""
    subprocess.run(
        command,
        check=True,
        cwd="/",
        env=os.environ | {"PATH": path()} | environment,
        stdout=subprocess.DEVNULL,
        **postgresql.server_account(),
    )


def path() -> str:
    """Return a PATH with all programs of PostgreSQL, of which some may be links."""
    found = postgresql.find_programs()
    assert found, "call missing() first"
    return f"{(found / 'initdb').resolve().parent}:{os.environ['PATH']}"


def make_folder(folder: Path) -> Path:
    """Make a folder that belongs to the account of PostgreSQL."""
    folder.mkdir(mode=0o700)
    if account := postgresql.server_account():
        shutil.chown(folder, account["user"], account["group"])
    return folder


def primary(folder: Path, port: int) -> Part:
    """A new, empty database server; see prepare_primary()."""
    data = make_folder(folder / "primary")
    run_postgresql(
        *("initdb", "--pgdata", data, "--username=casebase"),
        *("--auth=trust", "--locale=C.UTF-8"),
    )
    return database_server("primary", port, folder, "postgres", PGDATA=str(data))


def prepare_primary(folder: Path, port: int) -> None:
    """Create the database, and let a standby follow, on the running primary."""
    run_postgresql(
        *("createdb", "-h", HOST, "-p", str(port), "-U", "casebase", "casebase")
    )
    run_postgresql(
        DEPLOY / "postgresql/allow_replica.sh",
        PGHOST=HOST,
        PGPORT=str(port),
        PGDATA=str(folder / "primary"),
        POSTGRES_USER="casebase",
        REPLICA_PASSWORD=PASSWORD,
    )


def standby(folder: Path, port: int, primary_port: int) -> Part:
    """A copy of the running primary, which follows it through a replication slot."""
    return database_server(
        *("standby", port, folder, DEPLOY / "postgresql/standby.sh", "postgres"),
        PGDATA=str(make_folder(folder / "standby") / "main"),
        PGPASSWORD=PASSWORD,
        PRIMARY=f"host={HOST} port={primary_port}",
    )


def database_server(
    name: str, port: int, folder: Path, *command: str | Path, **environment: str
) -> Part:
    listen = ["-c", f"listen_addresses={HOST}", "-c", "unix_socket_directories="]

    def is_ready() -> bool:
        ask = ["pg_isready", "-q", "-h", HOST, "-p", str(port), "-U", "casebase"]
        return subprocess.call(ask, env={"PATH": path()}) == 0

    return Part(
        name,
        [*command, "-p", str(port), *listen, *REPLICATION],
        folder,
        folder / f"{name}.log",
        {"PATH": path()} | environment,
        is_ready,
        # Ends connections; SIGTERM would wait for the clients to do so.
        stop_signal=signal.SIGINT,
        account=postgresql.server_account(),
    )


def cache(folder: Path, port: int) -> Part:
    """Nothing is written to disk: all that it holds can be made again."""
    return Part(
        "cache",
        [
            *(cache_program() or "", "--bind", HOST, "--port", str(port)),
            *("--save", "", "--maxmemory", "256mb"),
            *("--maxmemory-policy", "allkeys-lru"),
        ],
        folder,
        folder / "cache.log",
        is_ready=lambda: accepts_connections(port),
    )


# As in deploy/nginx/casebase.conf.
WEB_PARAMETERS = "max_fails=1 fail_timeout=2s"
MAIN = Template("""
daemon off;
pid nginx.pid;
error_log stderr;
$user
events {}
http {
  client_body_temp_path nginx-body;
  proxy_temp_path nginx-proxy;
  fastcgi_temp_path nginx-fastcgi;
  uwsgi_temp_path nginx-uwsgi;
  scgi_temp_path nginx-scgi;
  include $files/http.conf;
  access_log nginx-access.log no_links;
  upstream casebase {
    zone casebase 64k;
    $servers
  }
  server {
    listen $host:$port;
    include $files/server.conf;
  }
}
""")


def proxy(folder: Path, port: int, web_ports: Sequence[int]) -> Part:
    """nginx, with the files of deploy/nginx/ and the upstream's parameters there."""
    text = MAIN.substitute(
        host=HOST,
        port=port,
        files=DEPLOY / "nginx",
        # Workers of a master that root starts would be nobody, who can't write here.
        user="user root;" if os.geteuid() == 0 else "",
        servers="".join(f"server {HOST}:{w} {WEB_PARAMETERS};" for w in web_ports),
    )
    config = folder / "nginx.conf"
    config.write_text(text)

    def is_ready() -> bool:
        # Written when nginx has the port; somebody else may answer there before.
        return (folder / "nginx.pid").exists() and accepts_connections(port)

    command = [nginx_program() or "", "-p", folder, "-c", config, "-e", "stderr"]
    log = folder / "proxy.log"
    part = Part("proxy", command, folder, log, is_ready=is_ready)
    part.stop_signal = signal.SIGQUIT
    return part
