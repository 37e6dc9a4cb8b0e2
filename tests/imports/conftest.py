"""Fixtures: the example content, a curator and the sheet of a new case."""

import pytest

from initiatives.loading import import_content
from tests.content.content_folder import EXAMPLE
from tests.imports.importer import Importer


@pytest.fixture
def loaded(db):
    import_content(paths=[EXAMPLE])


@pytest.fixture
def importer(loaded):
    return Importer()


@pytest.fixture
def sheet():
    """Return a function that gives the sheet of a new case, with replacements."""
    text = (EXAMPLE / "initiatives/surrey.yaml").read_text()
    text = text.replace("slug: surrey", "slug: kent")
    text = text.replace("Services for young people in Surrey", "Young people in Kent")
    text = text.replace("status: review", "status: draft")
    text = text.replace("  - id: f5555555\n    kind", "  - kind")

    def edited(*replacements):
        changed = text
        for old, new in replacements:
            assert old in changed, old
            changed = changed.replace(old, new)
        return changed

    return edited
