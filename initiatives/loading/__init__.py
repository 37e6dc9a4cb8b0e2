"""The import of content files into the database: works, the codebook, cases."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from casebase.change_tracking.transactions import tracked_transaction
from casebase.content.load_summary import Changes
from initiatives.loading.cases import import_sheets
from initiatives.loading.codebook import import_codebook
from initiatives.loading.files import read_files
from references.loading import import_works


@dataclass
class Report:
    """The changes to each kind of record, and the findings that were given ids.

    An entry of ``assigned_ids`` is the slug of the case and the id of the finding.
    """

    changes: list[Changes] = field(default_factory=list)
    assigned_ids: list[str] = field(default_factory=list)

    def as_text(self, *, dry_run: bool) -> str:
        lines = ["Nothing is changed; a load would give:"] if dry_run else []
        lines += [line for changes in self.changes for line in changes.lines()]
        if self.assigned_ids:
            lines += ["Ids were given to these; dump_content writes them down:"]
            lines += [f"  {name}" for name in self.assigned_ids]
        return "\n".join(lines)


def import_content(
    *,
    paths: Iterable[Path],
    dry_run: bool = False,
    why: str = "",
    track: Callable[[list[Any]], Iterable[Any]] = iter,
) -> Report:
    """Import all files or, if InvalidFileError is raised, none of them.

    A dry run does all the work and rolls it back. ``why`` is the reason that the
    history shows. ``track`` wraps the list of cases to show the progress.
    """
    files = read_files(paths)
    with tracked_transaction(action="load", why=why):
        works = import_works(files=files["works"])
        codebook = import_codebook(files=files["codebook"])
        cases, assigned_ids = import_sheets(files=files["sheets"], track=track)
        if dry_run:
            transaction.set_rollback(True)
    return Report([works, *codebook, cases], assigned_ids)
