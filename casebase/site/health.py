"""What load balancers and monitoring ask: does a process live, may readers come?"""

import logging

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casebase import __version__
from casebase.facets.snapshot_cache import current_snapshot
from casebase.replicas.middleware import reads_from_primary
from casebase.unapplied_migrations import unapplied_migrations
from initiatives.facets import case_index, evidence_totals
from initiatives.models import Concept
from references.facets import work_index

logger = logging.getLogger(__name__)


@require_safe
@never_cache
@reads_from_primary
def health(request: HttpRequest) -> HttpResponse:
    """Say that this process answers. Needs no database, no cache and no disk."""
    return JsonResponse({"status": "ok", "version": __version__})


@require_safe
@never_cache
@reads_from_primary
def ready(request: HttpRequest) -> HttpResponse:
    """Return 200 if readers can be sent here, and 503 if not.

    For that the database has to answer and to have all migrations, and this process has
    to have the index of facets, which is built here if it isn't yet.
    """
    try:
        if unapplied := unapplied_migrations():
            return not_ready("answering", waiting_for=sorted(map(".".join, unapplied)))
        content = public_content()
    except Error:
        # The error is only logged, because it may name hosts and users.
        logger.exception("The database does not answer")
        return not_ready("not answering")
    return JsonResponse(report("ready", "answering") | {"content": content})


def not_ready(database_state: str, **details: object) -> HttpResponse:
    return JsonResponse(report("not ready", database_state) | details, status=503)


def report(status: str, database_state: str) -> dict[str, object]:
    return {
        "status": status,
        "version": __version__,
        "database": {"engine": connection.vendor, "state": database_state},
    }


def public_content() -> dict[str, int]:
    """Return name → number of public records."""
    snapshot = current_snapshot()
    tallies = evidence_totals(snapshot)
    return {
        "initiatives": len(case_index(snapshot).all_keys),
        "findings": tallies["findings"] + tallies["modes"],
        "concepts": Concept.objects.count(),
        "references": len(work_index(snapshot).all_keys),
    }
