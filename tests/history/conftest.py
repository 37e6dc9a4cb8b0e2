"""A case with one version, and somebody who changes it at the desk."""

import pytest

from casebase.change_tracking.transactions import tracked_transaction
from tests.desk import Curator
from tests.factories import FindingFactory


@pytest.fixture
def curator():
    return Curator()


@pytest.fixture
def case():
    with tracked_transaction(action="load"):
        finding = FindingFactory(
            statement="Neighbours feel safer.",
            initiative__slug="weyhe",
            initiative__summary="Volunteers walk the streets at night.",
        )
    return finding.initiative
