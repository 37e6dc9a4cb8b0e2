"""Empty forms of all models, without the transaction that tests usually run in.

That transaction would hide that a page lacks one of its own.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.desk import form_values

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def client():
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def add_addresses():
    """Yield the address of the form for a new record of each model."""
    for model in admin.site._registry:
        options = model._meta
        yield reverse(f"admin:{options.app_label}_{options.model_name}_add")


def blank(values):
    """Return the values of a form with all fields empty."""
    return {
        name: value if name.endswith("_FORMS") else "" for name, value in values.items()
    }


def test_empty_forms_show_errors(client):
    pages = {address: client.get(address) for address in add_addresses()}
    pages = {
        address: page for address, page in pages.items() if page.status_code == 200
    }
    assert len(pages) > 15
    for address, page in pages.items():
        page = client.post(address, blank(form_values(page)))
        assert page.status_code == 200, address
        assert page.context["errors"], address
