"""Where a record is edited."""

from django.urls import reverse

from initiatives.models import PROXIES, Concept


def desk_address(record):
    """Of a term, on the page of its own scheme."""
    model = PROXIES[record.scheme_id] if isinstance(record, Concept) else record
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
