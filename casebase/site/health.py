"""The health check for monitoring: whether the database answers, and record counts."""

import logging

from django.db import Error, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casebase import __version__
from casebase.facets.snapshot_cache import current_snapshot
from casebase.replicas.middleware import reads_from_primary
from initiatives.facets import case_index, evidence_totals
from initiatives.models import Concept
from references.facets import work_index

logger = logging.getLogger(__name__)


@require_safe
@never_cache
@reads_from_primary
def health(request):
    try:
        content = public_content()
    except Error:
        # The error is only logged, because it may name hosts and users.
        logger.exception("The database does not answer")
        return JsonResponse(report("unavailable", "not answering"), status=503)
    return JsonResponse(report("ok", "answering") | {"content": content})


def report(status, database_state):
    return {
        "status": status,
        "version": __version__,
        "database": {"engine": connection.vendor, "state": database_state},
    }


def public_content():
    """Return name → number of public records."""
    snapshot = current_snapshot()
    tallies = evidence_totals(snapshot)
    return {
        "initiatives": len(case_index(snapshot).all_keys),
        "findings": tallies["findings"] + tallies["modes"],
        "concepts": Concept.objects.count(),
        "references": len(work_index(snapshot).all_keys),
    }
