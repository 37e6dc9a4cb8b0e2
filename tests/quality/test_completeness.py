"""Completeness of cases: its text for readers, its filters and counts at the desk."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from casebase.change_tracking.transactions import update_derived_data
from casebase.desk.quality import derived_updates
from casebase.desk.quality.models import Completeness
from initiatives.case_page import KIND_ORDER, kinds_not_found, kinds_not_looked_for
from initiatives.models import Finding, Initiative
from tests.desk import Curator, listed_records
from tests.factories import FindingFactory, InitiativeFactory, SourceFactory

kinds = st.lists(st.sampled_from(KIND_ORDER))


@pytest.fixture
def curator(db):
    return Curator()


def complete_case(**fields):
    """A case with findings of all kinds but cost and saving; cost was looked for."""
    case = InitiativeFactory(**{"not_found": ["cost"]} | fields)
    for kind in KIND_ORDER:
        if kind not in ("cost", "saving"):
            FindingFactory(initiative=case, kind=kind)
    return case


def lacking(column, *kinds):
    """Update derived data, and return the names of cases that lack one of the kinds."""
    update_derived_data()
    found = Completeness.objects.lacking(column, *([list(kinds)] if kinds else []))
    return [row.initiative.name for row in found]


# What a gap is


@given(kinds, kinds)
def test_each_kind_is_found_or_not_found_or_not_looked_for(found, not_found):
    in_vain, empty = (
        kinds_not_found(found, not_found),
        kinds_not_looked_for(found, not_found),
    )
    assert sorted([*set(found), *in_vain, *empty]) == sorted(KIND_ORDER)
    assert set(in_vain) <= set(not_found)


# The page for readers


@pytest.mark.once
def test_readers_see_what_was_looked_for_and_what_was_not(client, db):
    case = complete_case(slug="weyhe")
    page = client.get("/initiatives/weyhe/")
    assertContains(page, "Looked for, nothing found: costs.")
    assertContains(page, "whether there is any: savings.")
    case.not_found = ["cost", "saving"]
    case.save()
    page = client.get("/initiatives/weyhe/")
    assertContains(page, "Looked for, nothing found: costs, savings.")
    assertNotContains(page, "Not yet looked for")


@pytest.mark.once
def test_a_kind_found_later_is_not_shown_as_missing(client, db):
    case = complete_case(slug="weyhe")
    FindingFactory(initiative=case, kind="cost")
    assertNotContains(client.get("/initiatives/weyhe/"), "nothing found")


# At the desk


@pytest.mark.django_db
def test_a_case_lacks_the_kinds_without_findings():
    complete_case(name="Weyhe")
    assert lacking("empty", "saving") == ["Weyhe"]
    assert lacking("empty", "cost") == []
    assert lacking("in_vain", "cost", "lesson") == ["Weyhe"]
    assert lacking("empty") == lacking("in_vain") == ["Weyhe"]


@pytest.mark.django_db
@pytest.mark.parametrize("sources", [0, 1])
def test_a_finding_without_a_source_fills_no_gap(sources):
    case = complete_case(status="draft")
    FindingFactory(initiative=case, kind="saving", sources=sources)
    assert bool(lacking("empty", "saving")) == (sources == 0)


@pytest.mark.django_db
def test_writes_outside_forms_update_completeness():
    complete_case()
    assert lacking("empty", "lesson") == []
    Finding.objects.filter(kind="lesson").delete()
    assert len(lacking("empty", "lesson")) == 1
    Initiative.objects.update(not_found=["lesson"])
    assert lacking("empty", "lesson") == []


@pytest.mark.django_db
def test_a_deleted_case_is_not_counted():
    case = complete_case()
    assert lacking("empty")
    case.delete()
    assert lacking("empty") == []
    assert not Completeness.objects.exists()


@pytest.mark.django_db
def test_a_finding_on_two_places_in_one_work_is_on_a_single_work():
    one, two = FindingFactory(), FindingFactory(sources=2)
    work = one.sources.first().reference
    SourceFactory(finding=one, reference=work)
    update_derived_data()
    assert list(Finding.objects.on_single_work()) == [one]
    assert Completeness.objects.total("n_single_source") == 1
    row = Completeness.objects.get(initiative=two.initiative)
    assert (str(row), row.n_single_source) == (two.initiative.name, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("basis", "locators", "is_unlocated"),
    [
        ("coded", [""], True),
        ("coded", ["", ""], True),
        ("coded", ["", "P. 3"], False),
        ("coded", [], False),
        ("stated", [""], False),
    ],
)
def test_a_coded_finding_needs_a_locator(basis, locators, is_unlocated):
    finding = FindingFactory(basis=basis, sources=0)
    for locator in locators:
        SourceFactory(finding=finding, locator=locator)
    update_derived_data()
    assert Finding.objects.without_locator().exists() == is_unlocated
    assert Completeness.objects.total("n_unlocated") == is_unlocated


@pytest.mark.once
@pytest.mark.django_db
def test_many_cases_take_as_many_queries_as_one():
    cases = [complete_case().pk for _ in range(3)]
    update_derived_data()
    for keys in (cases[:1], cases):
        with assertNumQueries(4):
            derived_updates.update_completeness(keys, today=None)


# Since when a case is in review


def update_and_read_review_start(case):
    update_derived_data()
    return Completeness.objects.get(initiative=case).in_review_since


@pytest.mark.django_db
def test_a_case_is_in_review_since_its_submission():
    case = InitiativeFactory(status="draft")
    assert update_and_read_review_start(case) is None
    Initiative.objects.update(status="review")
    assert update_and_read_review_start(case) == date.today()
    then = date(2026, 1, 1)
    Completeness.objects.update(in_review_since=then)
    Initiative.objects.update(name="Renamed")
    assert update_and_read_review_start(case) == then
    Initiative.objects.update(status="published")
    assert update_and_read_review_start(case) is None


@pytest.mark.django_db
def test_the_start_of_an_older_review_is_unknown():
    case = InitiativeFactory(status="review")
    Completeness.objects.all().delete()
    call_command("derive_upkeep")
    Initiative.objects.update(name="Renamed")
    assert update_and_read_review_start(case) is None


def test_the_list_of_cases_shows_and_sorts_by_review_start(curator):
    older, newer = (
        InitiativeFactory(status="review"),
        InitiativeFactory(status="review"),
    )
    update_derived_data()
    row = Completeness.objects.filter(initiative=older)
    row.update(in_review_since=date(2026, 1, 2))
    response = curator.list(Initiative, status__exact="review", o="3")
    assertContains(response, "2 Jan 2026")
    assert listed_records(response) == [older, newer]


# The filters of lists


def test_cases_are_filtered_by_their_gaps(curator):
    case, bare = complete_case(), InitiativeFactory()
    update_derived_data()
    assert listed_records(curator.list(Initiative, empty="lesson")) == [bare]
    assert set(listed_records(curator.list(Initiative, empty="any"))) == {case, bare}
    assert listed_records(curator.list(Initiative, in_vain="cost")) == [case]
    assert listed_records(curator.list(Initiative, in_vain="any", empty="lesson")) == []


@pytest.mark.once
def test_an_unknown_filter_value_is_ignored(curator):
    case = InitiativeFactory()
    update_derived_data()
    assert listed_records(curator.list(Initiative, empty="nonsense")) == [case]


def test_cases_are_filtered_by_the_age_of_their_latest_source(curator, settings):
    year = date.today().year - settings.STALE_AFTER_YEARS
    old = InitiativeFactory(last_source_year=year - 1)
    InitiativeFactory(last_source_year=year)
    unknown = InitiativeFactory(last_source_year=None)
    assert listed_records(curator.list(Initiative, latest_source="old")) == [old]
    assert listed_records(curator.list(Initiative, latest_source="unknown")) == [
        unknown
    ]


def test_findings_are_filtered_by_their_sources(curator):
    bare, one = FindingFactory(sources=0), FindingFactory(basis="coded")
    FindingFactory(sources=2, basis="stated")
    update_derived_data()
    assert listed_records(curator.list(Finding, sources="none")) == [bare]
    assert listed_records(curator.list(Finding, sources="one")) == [one]
    assert listed_records(curator.list(Finding, sources="unlocated")) == [one]


# After migrations


@pytest.mark.django_db(transaction=True)
def test_migrations_rebuild_completeness():
    with transaction.atomic():
        complete_case()
        update_derived_data()
    Completeness.objects.update(empty=0)
    derived_updates.rebuild_after_migrations("default", plan=[])
    assert lacking("empty") == []
    derived_updates.rebuild_after_migrations("default", plan=["a migration"])
    assert len(lacking("empty")) == 1


@pytest.mark.django_db
def test_partly_applied_migrations_rebuild_nothing(monkeypatch):
    executor = derived_updates.MigrationExecutor
    monkeypatch.setattr(executor, "migration_plan", lambda *_: ["another"])
    monkeypatch.setattr(derived_updates, "rebuild_derived", pytest.fail)
    derived_updates.rebuild_after_migrations("default", plan=["a migration"])


@pytest.mark.django_db
def test_the_migration_grants_the_permissions_of_curators():
    migration = import_module("casebase.desk.quality.migrations.0002_curators")
    group = apps.get_model("auth", "Group").objects.get(name="Curators")
    ours = group.permissions.filter(content_type__app_label="upkeep")
    group.permissions.remove(*ours)
    migration.allow(apps, connection.schema_editor())
    assert {right.codename for right in ours.all()} == set(migration.MAY)
