"""Fixtures: a site that the tests of a module may change."""

import pytest

from tests.browser.server import running_site


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("edits")


@pytest.fixture(scope="module")
def site(folder, filled_site):
    """The address of a site that no other module uses."""
    with running_site(folder, filled_site) as address:
        yield address
