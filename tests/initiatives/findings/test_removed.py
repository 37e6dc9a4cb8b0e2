"""The table of findings that readers can't see any more, and its migration."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from casebase.change_tracking.transactions import tracked_transaction
from initiatives.models import RemovedFinding
from tests.factories import FindingFactory, InitiativeFactory
from tests.initiatives.findings.listing import saving, weyhe

pytestmark = pytest.mark.django_db
migration = import_module("initiatives.migrations.0015_removed_findings")


def removed():
    """Return the ids of removed findings, each with the number of its last version."""
    return dict(RemovedFinding.objects.values_list("short_id", "version__number"))


@pytest.fixture
def case():
    """A case of which one finding was taken out twice, and one has lost its sources."""
    with tracked_transaction():
        case = weyhe()
        other = saving(initiative=case, short_id="f3456789")
        FindingFactory(initiative=case, short_id="f4567892", sources=0)
        saving(initiative=InitiativeFactory(status="draft"), short_id="f5678923")
    for _ in range(2):
        with tracked_transaction():
            finding = saving(initiative=case, short_id="f2345678")
        with tracked_transaction():
            finding.delete()
    with tracked_transaction():
        other.sources.all().delete()
        case.findings.filter(short_id="f4567892").delete()
    return case


def test_each_is_kept_with_the_last_version_that_had_it(case):
    assert removed() == {"f2345678": 4, "f3456789": 5}
    assert str(RemovedFinding.objects.get(version__number=4)) == "f2345678"


def test_a_case_that_was_withdrawn_has_no_finding_any_more(case):
    with tracked_transaction():
        saving(initiative=case, short_id="f6789234")
    with tracked_transaction():
        case.withdraw(reason="The council asked us.")
    assert removed()["f6789234"] == 7
    with tracked_transaction():
        case.delete()
    assert removed()["f6789234"] == 7


def test_the_migration_finds_them_in_the_versions(case):
    expected = removed()
    RemovedFinding.objects.all().delete()
    migration.fill(apps, connection.schema_editor())
    assert removed() == expected


@pytest.mark.once
def test_the_page_asks_no_more_if_there_were_many_edits(
    client, case, django_assert_num_queries
):
    with django_assert_num_queries(4):
        assert client.get("/findings/f3456789/").status_code == 410
