"""Fixtures: a site that the tests of a module may change, and its curator."""

import pytest

from tests.browser.server import running_site
from tests.browser.sign_in import sign_in


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("edits")


@pytest.fixture(scope="module")
def site(folder, filled_site):
    """The address of a site that no other module uses."""
    with running_site(folder, filled_site) as address:
        yield address


@pytest.fixture(scope="module")
def signed_in(browser, site):
    """The state of a browser in which the curator has signed in, which takes long."""
    context = browser.new_context(base_url=site)
    sign_in(context.new_page())
    yield context.storage_state()
    context.close()
