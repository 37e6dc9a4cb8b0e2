"""Every request that may write is one transaction, which what is derived follows."""

from django.db import transaction

from changes.writing import written_together

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


def write_together(get_response):
    """All that a request writes is kept, or, when it fails, nothing."""

    def respond(request):
        if request.method in SAFE:
            return get_response(request)
        with written_together(by=getattr(request, "user", None), act="form"):
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return respond
