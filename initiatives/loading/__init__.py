"""Content files into the database: works, the codebook, cases."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from casebase.change_tracking.transactions import written_together
from casebase.content.load_summary import Changes
from initiatives.loading.cases import import_sheets
from initiatives.loading.codebook import import_codebook
from initiatives.loading.files import read_files
from references.loading import import_works


@dataclass
class Report:
    """What was new, changed and unchanged, by kind; and which findings got ids."""

    changes: list[Changes] = field(default_factory=list)
    given_ids: list[str] = field(default_factory=list)

    def in_words(self, *, dry_run: bool) -> str:
        lines = ["Nothing is changed; a load would give:"] if dry_run else []
        lines += [line for changes in self.changes for line in changes.lines()]
        if self.given_ids:
            lines += ["Ids were given to these; dump_content writes them down:"]
            lines += [f"  {name}" for name in self.given_ids]
        return "\n".join(lines)


def import_content(
    *,
    paths: Iterable[Path],
    dry_run: bool = False,
    why: str = "",
    track: Callable[[list[Any]], Iterable[Any]] = iter,
) -> Report:
    """Load everything or, when RefusedError is raised, nothing.

    A dry run does all the work and takes it back. ``why`` is a line for the history.
    """
    files = read_files(paths)
    with written_together(act="load", why=why):
        works = import_works(files=files["works"])
        codebook = import_codebook(files=files["codebook"])
        cases, given = import_sheets(files=files["sheets"], track=track)
        if dry_run:
            transaction.set_rollback(True)
    return Report([works, *codebook, cases], given)
