"""The desk's page about the state of the site."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from casebase import __version__
from casebase.backups.models import LastBackup
from casebase.desk.quality.models import Link
from casebase.facets.snapshot_cache import SNAPSHOTS, current_snapshot
from casebase.monitoring import basic_sections, folders, sections
from casebase.monitoring.database_facts import database_bytes, database_file
from casebase.monitoring.sections import SECTIONS, Fact, section
from tests.desk import Curator
from tests.factories import InitiativeFactory
from tests.monitoring.samples import families, value

ADDRESS = "/admin/system/"

pytestmark = pytest.mark.django_db


def advice(response):
    """Return the headings of what the page asks operators to do."""
    return {heading for heading, _ in response.context["to_do"]}


def facts(response, heading):
    return {fact.label: fact for fact in response.context["sections"][heading]}


@pytest.fixture
def checked_links():
    place = "machine:/backups/casebase.tar.gz"
    LastBackup.objects.create(pk=1, made_at=timezone.now(), size=1, place=place)
    return Link.objects.create(address="https://a.example/", checked_at=timezone.now())


def test_operators_see_what_runs_and_curators_do_not(admin_client):
    curator = Curator()
    assert curator.client.get(ADDRESS).status_code == 403
    assert ADDRESS not in curator.client.get("/admin/").text
    user = User.objects.get(username="Curators")
    user.user_permissions.add(Permission.objects.get(codename="view_system"))
    for client in (curator.client, admin_client):
        assert f'href="{ADDRESS}"' in client.get("/admin/").text
        page = client.get(ADDRESS)
        versions = facts(page, "Versions")
        assert versions["Casebase"].value == __version__
        assert versions["Database"].value.lower().startswith(connection.vendor)
        assert "no-store" in page["Cache-Control"]


@pytest.mark.usefixtures("checked_links")
def test_if_all_is_well_nothing_is_to_do(admin_client):
    page = admin_client.get(ADDRESS)
    assert not advice(page)
    assert "All is well" in page.text
    assert facts(page, "Migrations")["Pending"].value == "none"
    assert int(facts(page, "Migrations")["Applied"].value) > 20


def test_pending_migrations_are_named(admin_client):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("accounts", "0004_view_system")
    page = admin_client.get(ADDRESS)
    pending = facts(page, "Migrations")["Pending"]
    assert pending.value == "accounts.0004_view_system"
    assert "manage.py migrate" in page.text
    assert "3 things need you" in page.text


@pytest.mark.parametrize("days", [None, 2, 4])
def test_links_have_to_be_checked_every_day(admin_client, checked_links, days):
    ago = None if days is None else timezone.now() - timedelta(days=days)
    Link.objects.update(checked_at=ago)
    page = admin_client.get(ADDRESS)
    assert ("Links" in advice(page)) == (days != 2)
    assert (facts(page, "Links")["Last check"].value == "never") == (days is None)
    measured = value("casebase_links_checked_timestamp_seconds")
    assert measured == (ago.timestamp() if ago else 0)


@pytest.mark.once
@pytest.mark.parametrize("is_on", [True, False])
def test_links_of_a_site_that_checks_none_raise_no_alarm(settings, is_on):
    settings.CHECK_LINKS = is_on
    samples = families()["casebase_links_checked_timestamp_seconds"].samples
    assert len(samples) == is_on


@pytest.mark.once
@pytest.mark.usefixtures("checked_links")
def test_a_disk_that_is_soon_full_is_to_do(admin_client, settings, monkeypatch):
    settings.CACHE_DIR = "/nowhere/at/all"
    page = admin_client.get(ADDRESS)
    assert advice(page) == {"Disks"}
    assert "no folder" in facts(page, "Disks")["cache"].value
    low = {name: folders.Disk(9, 100) for name in folders.folders()}
    monkeypatch.setattr(basic_sections, "disks", lambda: low)
    page = admin_client.get(ADDRESS)
    assert "9\xa0bytes free of 100\xa0bytes" in facts(page, "Disks")["temporary"].value
    assert "enlarge the disk" in page.text


@pytest.mark.once
def test_the_index_may_be_behind(admin_client, monkeypatch):
    page = admin_client.get(ADDRESS)
    assert "not built yet" in facts(page, "Index of lists")["State"].value
    monkeypatch.setattr(SNAPSHOTS, "_snapshot", current_snapshot())
    page = admin_client.get(ADDRESS)
    assert facts(page, "Index of lists")["State"].value == "up to date"
    InitiativeFactory()
    page = admin_client.get(ADDRESS)
    assert facts(page, "Index of lists")["State"].value.startswith("behind")


@pytest.mark.once
def test_the_memory_of_workers_may_be_unknown(admin_client, monkeypatch):
    assert facts(admin_client.get(ADDRESS), "Workers")["Processes"].value == "1"
    monkeypatch.setattr(basic_sections, "resident_bytes", lambda pid: 0)
    assert facts(admin_client.get(ADDRESS), "Workers")["Memory"].value == "unknown"


def test_a_section_that_fails_says_so_and_others_stay(admin_client, monkeypatch):
    monkeypatch.setattr(sections, "SECTIONS", {})

    @section("Broken")
    def broken():
        connection.cursor().execute("SELECT nothing FROM nowhere")

    @section("Jobs")
    def jobs():
        return [Fact("Waiting", "3"), Fact("Parked", "<b>1</b>", "Look at it.")]

    with pytest.raises(ValueError, match="registered already"):
        section("Jobs")(jobs)
    page = admin_client.get(ADDRESS)
    assert page.status_code == 200
    assert "can’t be read" in facts(page, "Broken")["This section"].value
    assert "parked: &lt;b&gt;1&lt;/b&gt;.</strong> Look at it." in page.text


def test_the_number_of_queries_is_fixed(admin_client, django_assert_max_num_queries):
    admin_client.get(ADDRESS)
    with django_assert_max_num_queries(40):
        admin_client.get(ADDRESS)


def test_the_database_has_a_size():
    assert database_bytes() > 10_000
    assert "Versions" in SECTIONS


@pytest.mark.once
def test_the_size_of_sqlite_is_that_of_its_files(tmp_path, monkeypatch):
    file = tmp_path / "db.sqlite3"
    file.write_bytes(b"x" * 100)
    (tmp_path / "db.sqlite3-wal").write_bytes(b"x" * 10)
    monkeypatch.setattr(
        type(connection), "is_in_memory_db", lambda self: False, raising=False
    )
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    assert database_file() == file
    assert folders.folders()["database"] == tmp_path
    assert database_bytes() == 110
