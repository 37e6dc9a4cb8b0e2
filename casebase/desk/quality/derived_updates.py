"""Updates of the derived tables, in the transaction that writes the records."""

from collections import defaultdict
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import batched

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Q

from casebase.change_tracking.models import Touched
from casebase.change_tracking.transactions import lock_for_writing
from casebase.desk.quality import duplicate_detection
from casebase.desk.quality.models import Completeness
from casebase.desk.quality.querysets import KIND_BITS
from casebase.jobs.progress import report_progress
from casebase.progress_bar import progress_tracker
from casebase.registry import kind_of
from initiatives.case_page import kinds_not_found, kinds_not_looked_for
from initiatives.evidence_grade.rules import Level
from initiatives.evidence_grade.stored_grades import update_grades
from initiatives.models import Finding, Initiative
from references.models import Reference

CHUNK_SIZE = 500
MOST_TO_GAIN = Level.WELL - Level.THIN


def update_derived(touched):
    """Update the tables after changes. ``touched``: kind of record → primary keys."""
    for keys in batched(sorted(touched.get(kind_of(Initiative), ())), CHUNK_SIZE):
        update_completeness(keys, today=date.today())
    duplicate_detection.update_duplicates(touched.get(kind_of(Reference), ()))


def rebuild_derived(track=iter):
    """Rebuild the tables, in a transaction for each chunk of cases.

    Nobody else can write during one of them. ``track`` wraps the chunks, as a progress
    bar does.
    """
    cases = Initiative.objects.order_by("pk").values_list("pk", flat=True)
    for keys in track(list(batched(cases, CHUNK_SIZE))):
        with leave_nothing_to_follow():
            update_grades(keys)
            update_completeness(keys, today=None)
    with leave_nothing_to_follow():
        works = Reference.objects.values_list("pk", flat=True)
        duplicate_detection.update_duplicates(works)


def rebuild_as_job(file, report):
    """Rebuild the tables, as a job."""
    rebuild_derived(track=partial(report_progress, report=report))


@contextmanager
def leave_nothing_to_follow():
    """Block other writers, and leave the next edit nothing to do for what is written.

    No search index and no version has a grade, so what is derived of a finding stays
    as it is when its grade changes. If earlier changes wait for the next edit, all do.
    """
    with transaction.atomic():
        lock_for_writing()
        pending = Touched.objects.pending()
        was_empty = not pending.exists()
        yield
        if was_empty:
            pending.update(is_followed=True)


def rebuild_after_migrations(using, plan=None, **_):
    """Rebuild the tables, because changes by migrations are not tracked."""
    executor = MigrationExecutor(connections[using])
    # While migrations are only partly applied, tables may lack columns of the models.
    if plan and not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        rebuild_derived(progress_tracker(name="Completeness"))


def update_completeness(keys, *, today):
    """Save the completeness of the cases with these primary keys. Takes four queries.

    ``today`` is saved as the start of the review for cases that were not in review at
    the last update. None means that the date is unknown.
    """
    previous = Completeness.objects.in_bulk(keys)
    findings = sourced_findings(keys)
    cases = Initiative.objects.filter(pk__in=keys).order_by()
    rows = [
        Completeness(
            initiative_id=key,
            status=status,
            in_review_since=review_start(previous.get(key), status, today),
            **completeness_values(findings[key], not_found),
        )
        for key, status, not_found in cases.values_list("pk", "status", "not_found")
    ]
    Completeness.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["initiative"],
        update_fields=[f.name for f in Completeness._meta.fields if not f.primary_key],
    )


def sourced_findings(keys):
    """Return case → a list for each finding that has sources.

    A list is [kind, basis, levels to gain, number of works, number of locators].
    """
    located = Count("sources", filter=~Q(sources__locator=""))
    findings = (
        Finding.objects.filter(initiative__in=keys, sources__isnull=False)
        .order_by()
        .annotate(n_works=Count("sources__reference", distinct=True), n_located=located)
        .values_list(
            *("initiative_id", "kind", "basis", "levels_to_gain"),
            *("n_works", "n_located"),
        )
    )
    by_case = defaultdict(list)
    for case, *finding in findings:
        by_case[case].append(finding)
    return by_case


def completeness_values(findings, not_found):
    """Return columns of Completeness → values, for one case."""
    kinds = {kind for kind, *_ in findings}
    return {
        "empty": sum(
            KIND_BITS[kind] for kind in kinds_not_looked_for(kinds, not_found)
        ),
        "in_vain": sum(KIND_BITS[kind] for kind in kinds_not_found(kinds, not_found)),
        "n_single_source": sum(n_works == 1 for *_, n_works, _ in findings),
        "n_unlocated": sum(
            basis == Finding.Basis.CODED and not n_located
            for _, basis, *_, n_located in findings
        ),
        "n_to_gain": sum(gain == MOST_TO_GAIN for _, _, gain, *_ in findings),
    }


def review_start(previous, status, today):
    if status != Initiative.Status.REVIEW:
        return None
    was_in_review = previous is not None and previous.status == status
    return previous.in_review_since if was_in_review else today
