"""A temporary server of Redis’s protocol, which a test may stop, kill or fill."""

import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = ("redis-server", "valkey-server")
READY = "eady to accept connections"


def find_program():
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def missing():
    """Return why this machine can't start one; an empty text if it can."""
    return "" if find_program() else "Redis (no redis-server was found)"


needs_redis = pytest.mark.skipif(bool(missing()), reason=missing())


class RedisServer:
    """A server that listens on a socket in its folder only, and stores nothing."""

    def __init__(self, folder):
        self.socket = Path(folder, "socket")
        self.process = None

    def url(self, password=""):
        return (
            f"unix://:{password}@{self.socket}" if password else f"unix://{self.socket}"
        )

    def start(self, **options):
        arguments = [f"--{name}={value}" for name, value in options.items()]
        self.process = subprocess.Popen(
            [find_program(), "--port", "0", "--unixsocket", self.socket, "--save", ""]
            + [word for each in arguments for word in each.split("=", 1)],
            cwd=self.socket.parent,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert any(READY in line for line in self.process.stdout)

    def pause(self):
        """Let it accept connections, and answer nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None


@contextmanager
def running_server(**options):
    """Yield a server that has started with these options of its configuration."""
    # Not in TMPDIR: the path of a socket may have about 100 characters at most.
    with tempfile.TemporaryDirectory(prefix="casebase-", dir="/tmp") as folder:
        server = RedisServer(folder)
        try:
            server.start(**options)
            yield server
        finally:
            server.kill()
