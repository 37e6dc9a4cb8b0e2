"""Fixtures for tests of the desk’s forms of cases."""

import pytest

from casebase.desk.admin.base import ROW_LIMIT


@pytest.fixture
def few_rows(monkeypatch):
    """Lower the limit of rows in a form: hundreds of them would take long to render."""
    for name in ROW_LIMIT:
        monkeypatch.setitem(ROW_LIMIT, name, 3)
    return 3
