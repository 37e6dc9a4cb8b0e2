"""What tests of the desk's forms of cases share."""

import pytest

from casebase.desk.admin.base import LIMIT


@pytest.fixture
def few_rows(monkeypatch):
    """How many rows a part of a form takes here, for hundreds take long to render."""
    for name in LIMIT:
        monkeypatch.setitem(LIMIT, name, 3)
    return 3
