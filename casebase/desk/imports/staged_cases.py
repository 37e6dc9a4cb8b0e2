"""Writes new cases, and what is derived of them, before the database is locked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import batched

from taggit.models import Tag

from casebase.change_tracking.staged_tables import StagedTables, staged_tables
from casebase.change_tracking.transactions import current_edit_context
from casebase.desk.imports.packed_sheets import SheetEntry, sheet_snapshot
from casebase.desk.quality.derived_updates import update_completeness
from casebase.desk.quality.models import Completeness
from casebase.history.content import serialize_content
from casebase.history.models import Edit, Version
from casebase.history.version_recording import begin_edit
from casebase.registry import kind_of
from initiatives.evidence_grade.stored_grades import update_grades
from initiatives.loading.cases import CHUNK
from initiatives.loading.lookups import Lookups
from initiatives.loading.new_cases import write_new_cases
from initiatives.models import (
    Conflict,
    Documentation,
    Finding,
    FormerSlug,
    Initiative,
    Involvement,
    Organisation,
    Source,
    TaggedInitiative,
)

# New cases may name old ones, too.
SHARED_MODELS = (Organisation, Tag)
# All tables to which a new draft adds rows: readers can't search for it yet.
MODELS = (
    *(Initiative, FormerSlug, Initiative.service_areas.through, TaggedInitiative),
    *(Involvement, Documentation, Finding, Finding.strategies.through),
    *(Conflict, Conflict.findings.through, Source, Version, Completeness),
)
# A version has the primary key of its record in this column.
KEYS = {"key": Initiative}
# Stands for the edit, which is recorded when the rows are published.
NO_EDIT = Edit(pk=0)


@contextmanager
def staged_cases(
    entries: Iterable[SheetEntry], lookups: Lookups
) -> Iterator[Callable[[], None]]:
    """Write the new cases of valid sheets, and yield a function that publishes them.

    Nobody sees them before that. It takes a moment, and needs a tracked transaction in
    which nothing else was written so far.
    """
    with staged_tables(SHARED_MODELS, MODELS, KEYS) as staged:
        with staged.writing():
            for some in batched(entries, CHUNK):
                derive_data(write_new_cases(some, lookups), some)
        yield partial(publish, staged)


def derive_data(cases: Sequence[int], entries: Sequence[SheetEntry]) -> None:
    """Do for these new drafts what all DERIVED_DATA_UPDATERS do."""
    update_grades(cases)
    update_completeness(cases, today=date.today())
    Version.objects.bulk_create(
        Version(
            kind=kind_of(Initiative),
            key=key,
            number=1,
            name=entry.data.slug,
            content=serialize_content(sheet_snapshot(entry.data)),
            is_public=False,
            edit=NO_EDIT,
        )
        for key, entry in zip(cases, entries, strict=True)
    )


def publish(staged: StagedTables) -> None:
    """Insert the cases in the current tracked transaction, as part of its edit."""
    context = current_edit_context()
    context.begun_edit = begin_edit(context)
    staged.publish(edit_id=context.begun_edit.pk)
