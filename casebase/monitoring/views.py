"""/metrics/: what Prometheus reads, for some addresses only."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from casebase.client_ip import client_address
from casebase.monitoring.exposition import exposition
from casebase.replicas.middleware import reads_from_primary

FORBIDDEN = "Only the addresses in METRICS_ALLOWED may read this.\n"


@require_safe
@never_cache
@reads_from_primary
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_read_metrics(request):
        return HttpResponseForbidden(FORBIDDEN, content_type="text/plain")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def may_read_metrics(request: HttpRequest) -> bool:
    """Whether the client's address is in one of the networks of METRICS_ALLOWED."""
    address = client_address(request)
    return address is not None and any(
        address in network for network in settings.METRICS_ALLOWED
    )
