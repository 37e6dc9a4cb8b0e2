"""The addresses of the admin's change pages."""

from django.urls import reverse

from initiatives.models import PROXIES, Concept


def change_url(record):
    """Return the address of a record's change page.

    The terms of each scheme have an admin of their own.
    """
    model = PROXIES[record.scheme_id] if isinstance(record, Concept) else record
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
