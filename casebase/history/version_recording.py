"""New versions of whatever was touched, made in the transaction that touched it."""

import logging
from itertools import batched

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef
from pydantic import ValidationError

from casebase.change_tracking.transactions import Writing, hold, writing
from casebase.history.model_history import KINDS, as_text
from casebase.history.models import Edit, Version
from casebase.progress_bar import shown

logger = logging.getLogger(__name__)

# Records at a time: a case may have a hundred findings.
CHUNK = 200
# Apps whose migrations may change records.
CONTENT = {"initiatives", "references", "taggit"}


def keep_versions(touched, own=None, track=iter):
    """A version of each record that is not as its last version says.

    All of them are one edit, of the writing that goes on unless another is given. A
    fixed number of queries for two hundred records of a kind. ``track`` sees each such
    chunk pass.
    """
    edit = None
    chunks = [
        (of, keys)
        for kind, of in KINDS.items()
        for keys in batched(sorted(touched.get(kind, ())), CHUNK)
    ]
    for of, keys in track(chunks):
        if versions := new_versions(of, keys):
            edit = edit or begin_edit(own or writing())
            for version in versions:
                version.edit = edit
            Version.objects.bulk_create(versions)


def begin_edit(own):
    person = own.by if own.by is not None and own.by.is_authenticated else None
    why = own.why[: Edit.WHY_LENGTH]
    own.edit = Edit(by=person, act=own.act, why=why, undoes=own.undoes)
    own.edit.save()
    return own.edit


def new_versions(of, keys):
    last = Version.objects.filter(kind=of.kind, key__in=keys).latest()
    before = {version.key: version for version in last}
    records = of.with_details().in_bulk(keys)
    versions = []
    for key in keys:
        was = before.get(key)
        record = records.get(key)
        version = version_of(of, record) if record else end_of(was)
        if version and (was is None or version.content != was.content):
            version.number = was.number + 1 if was else 1
            versions.append(version)
    return versions


def version_of(of, record):
    """Not yet numbered nor saved."""
    try:
        content = as_text(of.content_of(record))
    except ValidationError:
        # Only writes past every form and load can do this; they must not stop others.
        logger.exception("No version of %s: no file can hold it.", record)
        return None
    return Version(
        kind=of.kind,
        key=record.pk,
        name=of.name_of(record),
        content=content,
        is_public=of.is_public(record),
    )


def end_of(last):
    """What says that a record was deleted; nothing for one that nobody saw."""
    if last is None:
        return None
    return Version(kind=last.kind, key=last.key, name=last.name, is_public=False)


def every_key(of):
    """Of records that there are and of those that there were."""
    kept = Version.objects.filter(kind=of.kind).latest()
    return {
        *of.model.objects.values_list("pk", flat=True),
        *kept.values_list("key", flat=True),
    }


def key_without_version(of):
    kept = Version.objects.filter(kind=of.kind, key=OuterRef("pk"))
    return of.model.objects.filter(~Exists(kept)).values_list("pk", flat=True)


def note_everything(keys_of=every_key, track=iter):
    """A version of whatever is not as its last version says, touched or not."""
    with transaction.atomic():
        hold()
        keys = {kind: keys_of(of) for kind, of in KINDS.items()}
        keep_versions(keys, Writing(act=Edit.Act.BEGINNING), track)


def after_migrations(using, plan=None, **_):
    """Note what there was before the history, and what migrations changed unnoted."""
    if not plan:
        return
    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        # Halfway back: tables may lack what the models have.
        return
    migrated = {migration.app_label for migration, _ in plan}
    keys_of = every_key if migrated & CONTENT else key_without_version
    note_everything(keys_of, shown(name="Versions"))
