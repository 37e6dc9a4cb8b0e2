"""New versions of the records that a transaction touched, made in that transaction."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef
from pydantic import ValidationError

from casebase.change_tracking.transactions import (
    EditContext,
    current_edit_context,
    lock_for_writing,
)
from casebase.history.content import serialize_content
from casebase.history.model_history import ModelHistory, versioned
from casebase.history.models import Edit, Version
from casebase.progress_bar import Tracker, progress_tracker

logger = logging.getLogger(__name__)

# Records at a time: a case may have a hundred findings.
CHUNK = 200
# Apps without models that have versions, but with tables that are part of records.
APPS_OF_PARTS = {"taggit"}


def record_versions(
    touched: Mapping[str, Iterable[int]], own: EditContext | None = None
) -> None:
    """Make a version of each record that differs from its last version, in one edit.

    ``touched``: kind → primary keys. ``own`` is the EditContext that the edit comes of,
    by default the current one. Makes a fixed number of queries for 200 records of a
    kind.
    """
    own = own or current_edit_context()
    edit = own.begun_edit
    for kind, keys in chunks_of(touched):
        history = versioned[kind]
        if changes := new_versions(history, keys):
            edit = edit or begin_edit(own)
            for _, version in changes:
                version.edit = edit
            Version.objects.bulk_create(version for _, version in changes)
            history.note_replaced((last, new) for last, new in changes if last)


def chunks_of(
    touched: Mapping[str, Iterable[int]],
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the kinds that have versions, each with up to 200 primary keys."""
    for kind in versioned:
        for keys in batched(sorted(touched.get(kind, ())), CHUNK):
            yield kind, keys


def begin_edit(own: EditContext) -> Edit:
    """The edit that this context makes, saved; from now on the context knows it."""
    person = own.by if own.by is not None and own.by.is_authenticated else None
    why = own.why[: Edit.WHY_LENGTH]
    own.edit = Edit(by=person, act=own.action, why=why, undoes=own.undoes)
    own.edit.save()
    return own.edit


def new_versions(
    history: ModelHistory, keys: Collection[int]
) -> list[tuple[Version | None, Version]]:
    """Return the last version of each record that differs from it, and an unsaved one.

    The last one is None for a record that had none.
    """
    latest = Version.objects.filter(kind=history.kind, key__in=keys).latest()
    last_of = {version.key: version for version in latest}
    records = history.with_details().in_bulk(keys)
    changes = []
    for key in keys:
        last, record = last_of.get(key), records.get(key)
        version = version_of(history, record) if record else deletion_of(last)
        if version and (last is None or version.content != last.content):
            version.number = last.number + 1 if last else 1
            changes.append((last, version))
    return changes


def version_of(history: ModelHistory, record: Any) -> Version | None:
    """Return an unsaved version of the current record, without a number.

    Returns None if a file can't represent the record.
    """
    try:
        content = serialize_content(history.content_of(record))
    except ValidationError:
        # Only writes outside all forms and loads cause this; they must not stop others.
        logger.exception("No version of %s: no file can hold it.", record)
        return None
    return Version(
        kind=history.kind,
        key=record.pk,
        name=history.name_of(record),
        content=content,
        is_public=history.is_public(record),
    )


def deletion_of(last: Version | None) -> Version | None:
    """The version that says that a record was deleted; None if it had no version."""
    if last is None:
        return None
    return Version(kind=last.kind, key=last.key, name=last.name, is_public=False)


def every_key(history: ModelHistory) -> Collection[int]:
    """Return the primary keys of all records, also of deleted ones."""
    recorded = Version.objects.filter(kind=history.kind).latest()
    return {
        *history.model.objects.values_list("pk", flat=True),
        *recorded.values_list("key", flat=True),
    }


def keys_without_version(history: ModelHistory) -> Collection[int]:
    """Return the primary keys of records that have no version yet."""
    versions = Version.objects.filter(kind=history.kind, key=OuterRef("pk"))
    records = history.model.objects.filter(~Exists(versions))
    return records.values_list("pk", flat=True)


def record_all(
    keys_of: Callable[[ModelHistory], Collection[int]] = every_key,
    track: Tracker = iter,
) -> None:
    """Make a version of each record that differs from its last one, touched or not.

    All are of one edit. There may be very many records, so each chunk of them is a
    transaction of its own, and others can write in between; ``track`` sees the chunks
    pass.
    """
    own = EditContext(action=Edit.Act.BEGINNING)
    keys = {kind: keys_of(history) for kind, history in versioned.items()}
    for kind, some in track(list(chunks_of(keys))):
        with transaction.atomic():
            lock_for_writing()
            record_versions({kind: some}, own)
        own.begun_edit = own.edit


def content_apps() -> set[str]:
    """Labels of the apps whose migrations may change records."""
    models = (history.model for history in versioned.values())
    return {model._meta.app_label for model in models} | APPS_OF_PARTS


def after_migrations(using: str, plan: Any = None, **_: Any) -> None:
    """Record records that are older than the history, and changes by migrations."""
    if not plan:
        return
    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        # Halfway back: tables may lack what the models have.
        return
    migrated = {migration.app_label for migration, _ in plan}
    keys_of = every_key if migrated & content_apps() else keys_without_version
    record_all(keys_of, progress_tracker(name="Versions"))
