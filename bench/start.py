"""Times ``make run`` from a fresh clone to the first answer, and when started again.

    python -m bench.start [starts]

Clones the last commit of this folder into a temporary one. Packages come from pip's own
cache if they are there; downloading others is part of the time. Prints seconds by the
clock, and the processor time of all processes until they have ended.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
# A fresh clone has no settings; those of this process are not for it.
ENVIRONMENT = {name: os.environ[name] for name in ("HOME", "PATH")}


def main() -> None:
    starts = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with TemporaryDirectory() as folder:
        clone = ["git", "clone", "--quiet", str(ROOT), folder]
        subprocess.run(clone, check=True)  # noqa: S603 -- words of ours
        for number in range(1 + starts):
            clock, processor = start(folder)
            name = f"started again, {number}" if number else "from a fresh clone"
            sys.stdout.write(f"{name}: {clock:.1f} s, processor {processor:.1f} s\n")
            sys.stdout.flush()


def start(folder: str) -> tuple[float, float]:
    """Start the site, and stop it after its first answer. Returns the seconds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    before, begin = processor_seconds(), perf_counter()
    command = ["make", "run", f"PORT={port}"]
    with subprocess.Popen(  # noqa: S603 -- words of ours
        command,
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        wait_for_answer(port, process)
        clock = perf_counter() - begin
        # Only what make runs: make waits for it, so that its time is counted.
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        os.kill(int(children.read_text()), signal.SIGTERM)
    return clock, processor_seconds() - before


def wait_for_answer(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait for the home page. Raises RuntimeError if ``make run`` ends before."""
    while process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/"):
                return
        except URLError:
            sleep(0.05)
    raise RuntimeError("The site did not start: see `make run`.")


def processor_seconds() -> float:
    taken = getrusage(RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


if __name__ == "__main__":
    main()
