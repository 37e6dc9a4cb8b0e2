"""A release of the site: a folder with its code, of which commands are run."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Release:
    """``code`` is the folder with manage.py; ``static`` gets its static files."""

    code: Path
    static: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def python(self) -> Path:
        """Its own virtual environment; without one, that of this process."""
        own = self.code / ".venv/bin/python"
        return own if own.exists() else Path(sys.executable)

    def manage(self, *arguments: str, check: bool = True) -> bool:
        """Run a command of manage.py; return whether it succeeded."""
        done = subprocess.run(
            [self.python, "manage.py", *arguments],
            cwd=self.code,
            env=os.environ | self.environment,
            check=check,
            stdout=None if check else subprocess.DEVNULL,
            stderr=None if check else subprocess.DEVNULL,
        )
        return done.returncode == 0

    def collect_static(self) -> None:
        self.manage("collectstatic", "--no-input", "--verbosity=0")


@contextmanager
def checked_out(release: str) -> Iterator[Path]:
    """Yield the folder of a release: a folder, or a revision of git that is copied."""
    if (Path(release) / "manage.py").exists():
        yield Path(release).resolve()
        return
    with TemporaryDirectory(prefix="casebase-release-") as folder:
        archive = subprocess.Popen(
            ["git", "archive", release],  # noqa: S607
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        with archive:
            subprocess.run(
                ["tar", "--extract", "--directory", folder],  # noqa: S607
                stdin=archive.stdout,
                check=True,
            )
        if archive.returncode:
            sys.exit(f"{release} is neither a folder of the site nor a revision.")
        yield Path(folder)
