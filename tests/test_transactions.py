"""The desk outside of a test's own transaction, which would hide what lacks one."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.desk import form_values

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client():
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def new_records():
    """The address of the page for a new record of each kind, where there is one."""
    for model in admin.site._registry:
        options = model._meta
        yield reverse(f"admin:{options.app_label}_{options.model_name}_add")


def blank(values):
    """The same form with nothing filled in."""
    return {
        name: value if name.endswith("_FORMS") else "" for name, value in values.items()
    }


def test_a_form_without_a_word_is_refused_in_words(client):
    pages = {address: client.get(address) for address in new_records()}
    pages = {
        address: page for address, page in pages.items() if page.status_code == 200
    }
    assert len(pages) > 15
    for address, page in pages.items():
        refused = client.post(address, blank(form_values(page)))
        assert (refused.status_code, bool(refused.context["errors"])) == (200, True), (
            address
        )
