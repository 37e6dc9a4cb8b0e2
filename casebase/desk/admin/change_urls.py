"""Where a record is edited."""

from django.urls import reverse

from initiatives.models import PROXIES, Concept


def change_url(record):
    """The admin's change page of a record. Each scheme has its own for its terms."""
    model = PROXIES[record.scheme_id] if isinstance(record, Concept) else record
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
