"""A part of the cluster: a process that can be stopped, killed and started again."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

POLL_SECONDS = 0.05
PR_SET_PDEATHSIG = 1


class NotReadyError(Exception):
    """A part ended, or was not ready in time; the text has the end of its log."""


@dataclass
class Part:
    """A process with a log, which ends with the one that started it.

    ``is_ready`` tells whether it can be used; it may raise OSError while it can't.
    ``stop_signal`` ends it in good order. ``account`` has arguments of Popen for the
    user that runs it.
    """

    name: str
    command: Sequence[str | Path]
    folder: Path
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    is_ready: Callable[[], bool] = lambda: True
    stop_signal: signal.Signals = signal.SIGTERM
    account: Mapping[str, object] = field(default_factory=dict)
    seconds: float = 60
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl+C is for the process that started the cluster; it stops the rest.
                start_new_session=True,
                preexec_fn=end_with_parent,
                **self.account,
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + self.seconds
        while self.is_running() and time.monotonic() < deadline:
            with suppress(OSError):
                if self.is_ready():
                    return
            time.sleep(POLL_SECONDS)
        raise NotReadyError(f"{self.name} did not start:\n{self.log_end()}")

    def stop(self) -> None:
        """End it in good order; kill it if that takes too long."""
        if self.process is None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(self.seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Kill it and all that it started, as when the power fails."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def log_end(self) -> str:
        return (
            self.log.read_text(errors="replace")[-2_000:] if self.log.exists() else ""
        )


def end_with_parent() -> None:
    """Ask the kernel to end this process with the one that started it, if it is Linux.

    Otherwise `kill -9` of that one would leave the others running.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
