"""The whole cluster: its parts by name, and what the site has to know of them."""

import http.client
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from tests.cluster import servers
from tests.cluster.parts import Part
from tests.cluster.releases import ROOT, Release

# The command that runs jobs; left out if the code does not have it.
WORKER_COMMAND = "run_jobs"
WEB, WORKERS = ("web-1", "web-2"), ("worker-1", "worker-2")


@dataclass
class Cluster:
    """``parts`` are in the order in which they start; the last one started ends first.

    ``port`` is that of nginx, ``ports`` are the others by the names of parts.
    """

    folder: Path
    port: int = 0
    ports: dict[str, int] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)

    web_names: ClassVar[tuple[str, ...]] = WEB
    worker_names: ClassVar[tuple[str, ...]] = WORKERS

    def __post_init__(self) -> None:
        names = ["proxy", "primary", "standby", "cache", *WEB]
        self.ports = dict(zip(names, servers.free_ports(len(names)), strict=True))
        self.port = self.ports["proxy"] = self.port or self.ports["proxy"]
        self.secret_key = secrets.token_urlsafe(50)

    @property
    def address(self) -> str:
        return f"http://{servers.HOST}:{self.port}"

    def release(self, code: Path = ROOT) -> Release:
        """Return the release in this folder, with the settings of this cluster."""
        static = self.folder / f"staticfiles-{len(list(self.folder.glob('static*')))}"
        static.mkdir()
        return Release(code, static, self.environment(static))

    def environment(self, static: Path) -> dict[str, str]:
        ports, shared = self.ports, self.folder / "storage"
        return {
            "DJANGO_SETTINGS_MODULE": "casebase.settings",
            "SECRET_KEY": self.secret_key,
            "ALLOWED_HOSTS": f"{servers.HOST},localhost",
            "DEBUG": "off",
            "HTTPS": "off",
            "BEHIND_PROXY": "on",
            "REQUIRE_SECOND_FACTOR": "off",
            "DATABASE_URL": servers.database_url(ports["primary"]),
            "REPLICA_URLS": servers.database_url(ports["standby"]),
            "CACHE_URL": f"redis://{servers.HOST}:{ports['cache']}/0",
            "STORAGE_URL": f"file://{shared}",
            "CACHE_DIR": str(self.folder / "cache-of-commands"),
            "STATIC_ROOT": str(static),
        }

    def add(self, part: Part) -> None:
        """Start a part and keep it under its name."""
        self.parts[part.name] = part
        part.start()

    def start_servers(self) -> None:
        """Start the databases, the cache and nginx. nginx has no web machine yet."""
        self.add(servers.primary(self.folder, self.ports["primary"]))
        servers.prepare_primary(self.folder, self.ports["primary"])
        ports = self.ports["standby"], self.ports["primary"]
        self.add(servers.standby(self.folder, *ports))
        self.add(servers.cache(self.folder, self.ports["cache"]))
        web_ports = [self.ports[name] for name in WEB]
        self.add(servers.proxy(self.folder, self.port, web_ports))

    def start_site(self, release: Release) -> None:
        """Migrate, load content into an empty site, and start web and workers."""
        release.manage("migrate", "--no-input", "--verbosity=0")
        release.manage("load_content", "--if-empty", "--verbosity=0")
        release.collect_static()
        for name in self.web_names:
            self.add(self.web(name, release))
        if self.worker_names and release.manage("help", WORKER_COMMAND, check=False):
            for name in self.worker_names:
                self.add(self.worker(name, release))

    def web(self, name: str, release: Release) -> Part:
        port = self.ports[name]
        bind = f"{servers.HOST}:{port}"
        gunicorn = ["-m", "gunicorn", "casebase.wsgi", "--bind", bind]
        part = self.python(name, release, *gunicorn)
        part.is_ready = lambda: is_ready(port)
        return part

    def worker(self, name: str, release: Release) -> Part:
        return self.python(name, release, "manage.py", WORKER_COMMAND)

    def python(self, name: str, release: Release, *arguments: str) -> Part:
        """A process of the site as on a machine of its own: with a cache of its own."""
        own = {
            "CACHE_DIR": str(self.folder / f"cache-of-{name}"),
            # Web machines leave them to the workers.
            "JOB_PROCESSES": "0" if self.worker_names and name in WEB else "1",
        }
        return Part(
            name,
            [release.python, *arguments],
            release.code,
            self.folder / f"{name}.log",
            release.environment | own,
        )

    def replace(self, part: Part) -> None:
        """Stop the part of this name, and start this one in its place."""
        self.parts[part.name].stop()
        self.add(part)

    def stop(self) -> None:
        for part in reversed(self.parts.values()):
            part.stop()


def is_ready(port: int) -> bool:
    """Ask /ready/, or /health/ of a release that is older than /ready/."""
    statuses = [get_status(port, path) for path in ("/ready/", "/health/")]
    return statuses[0] == 200 or statuses == [404, 200]


def get_status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection(servers.HOST, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise ConnectionError from error
    finally:
        connection.close()


class OneMachine(Cluster):
    """The site alone: SQLite, files, and no proxy, which adds nothing to a page."""

    web_names = WEB[:1]
    worker_names = ()

    @property
    def address(self) -> str:
        return f"http://{servers.HOST}:{self.ports[WEB[0]]}"

    def environment(self, static: Path) -> dict[str, str]:
        return super().environment(static) | {
            "BEHIND_PROXY": "off",
            "DATABASE_URL": f"sqlite:///{self.folder}/casebase.sqlite3",
            "REPLICA_URLS": "",
            "CACHE_URL": "",
            "STORAGE_URL": "",
        }

    def start_servers(self) -> None:
        """Start nothing."""


@contextmanager
def running_cluster(port: int = 0, kind: type[Cluster] = Cluster) -> Iterator[Cluster]:
    """Yield a cluster without the site, in a folder that is deleted in the end."""
    folder = Path(tempfile.mkdtemp(prefix="casebase-cluster-"))
    # PostgreSQL runs as another user if root started it.
    folder.chmod(0o711)
    cluster = kind(folder, port)
    try:
        cluster.start_servers()
        yield cluster
    finally:
        cluster.stop()
        with suppress(OSError):
            shutil.rmtree(folder)
