"""A suggestion on a finding, and the buttons of its page at the desk."""

import pytest

from tests.desk import admin_url, form_values
from tests.factories import FindingFactory, SuggestionFactory


@pytest.fixture
def finding():
    return FindingFactory(statement="It took 12 hours.")


@pytest.fixture
def suggestion(finding):
    return SuggestionFactory(finding=finding, text="It was 15.", name="Ada")


def press(curator, suggestion, button, **fields):
    """Submit the page of a suggestion with one of its buttons; return the response."""
    address = admin_url(suggestion, "change", suggestion.pk)
    sent = form_values(curator.client.get(address)) | {button: ""} | fields
    return curator.client.post(address, sent, follow=True)
