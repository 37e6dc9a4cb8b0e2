"""The example of the tests of content, loaded; and somebody who brings in files."""

import pytest

from initiatives.loading import import_content
from tests.content.content_folder import EXAMPLE
from tests.imports.desk import Intake


@pytest.fixture
def loaded(db):
    import_content(paths=[EXAMPLE])


@pytest.fixture
def intake(loaded):
    return Intake()


@pytest.fixture
def sheet():
    """The text of a sheet of a new case, with as many slips as are asked for."""
    text = (EXAMPLE / "initiatives/surrey.yaml").read_text()
    text = text.replace("slug: surrey", "slug: kent")
    text = text.replace("Services for young people in Surrey", "Young people in Kent")
    text = text.replace("status: review", "status: draft")
    text = text.replace("  - id: f5555555\n    kind", "  - kind")

    def edited(*slips):
        changed = text
        for was, now in slips:
            assert was in changed, was
            changed = changed.replace(was, now)
        return changed

    return edited
