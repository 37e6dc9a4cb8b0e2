"""The file of a snapshot: what is read from it, and what is not trusted."""

import pytest
from django.db import connection
from pyroaring import BitMap

from casebase.change_tracking.models import Counter
from casebase.change_tracking.transactions import tracked_transaction
from casebase.facets import column_reader, saved_snapshot, snapshot_process
from casebase.facets.snapshot import Snapshot
from casebase.facets.snapshot_cache import SnapshotCache, build_snapshot
from casebase.facets.snapshot_process import read_shared_snapshot, write_file
from initiatives.facets import CaseTable, case_index
from tests.factories import FindingFactory, InitiativeFactory

on_postgresql = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory is one"
)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.CACHE_DIR = tmp_path


@pytest.fixture
def many(monkeypatch):
    """Take any number of records for many."""
    monkeypatch.setattr(snapshot_process, "has_many_records", lambda: True)


def save_empty(version=7):
    saved_snapshot.save(Snapshot(version, {"initiative": CaseTable()}))
    return saved_snapshot.file_path()


@pytest.mark.django_db
def test_what_was_saved_is_mapped():
    for name in ("Bees", "Ants"):
        FindingFactory(initiative__name=name, initiative__start_year=1999)
    snapshot = build_snapshot(None, Counter.objects.get())
    saved_snapshot.save(snapshot)
    loaded = saved_snapshot.load()
    assert loaded.version == snapshot.version
    before, after = case_index(snapshot), case_index(loaded)
    assert after.slice(after.all_keys, "name", 0, 9) == before.slice(
        before.all_keys, "name", 0, 9
    )
    assert after.facets["year"].counts(after.all_keys) == {1999: 2}
    # Pages of the file cannot be written by this process, so none is copied.
    assert not loaded.tables["initiative"].order.keys.flags.writeable
    assert loaded.tables["initiative"].updated([]).order.records == after.all_keys


def cut(content):
    return content[:-1]


def lengthen(content):
    return content + b"\0"


def change_a_byte(content):
    return content[:-1] + bytes([content[-1] ^ 1])


def change_the_length(content):
    place = saved_snapshot.CODE_BYTES
    return content[:place] + b"\xff" * 8 + content[place + 8 :]


@pytest.mark.parametrize(
    "damage", [cut, lengthen, change_a_byte, change_the_length, lambda _: b""]
)
def test_a_damaged_file_is_not_read(damage):
    path = save_empty()
    assert saved_snapshot.load() is not None
    path.write_bytes(damage(path.read_bytes()))
    assert saved_snapshot.load() is None


def test_a_file_of_another_site_is_not_read(settings):
    save_empty()
    settings.SECRET_KEY += " of another site"
    assert saved_snapshot.load() is None


def test_a_file_of_another_database_is_not_read(monkeypatch):
    save_empty()
    monkeypatch.setitem(connection.settings_dict, "HOST", "elsewhere")
    assert saved_snapshot.load() is None


def test_a_file_of_other_code_is_not_read(monkeypatch):
    save_empty()
    monkeypatch.setattr(saved_snapshot, "_code_of_packages", lambda: "other code")
    assert saved_snapshot.load() is None


def test_what_a_killed_process_has_left_is_deleted():
    path = save_empty(7)
    left = path.with_suffix(".123.new")
    left.write_bytes(path.read_bytes()[:50])
    assert saved_snapshot.load().version == 7
    save_empty(8)
    assert saved_snapshot.load().version == 8
    assert list(path.parent.iterdir()) == [path]


def test_a_disk_that_is_full_leaves_the_old_file(monkeypatch):
    path = save_empty(7)

    def fail(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(saved_snapshot, "_write", fail)
    with pytest.raises(OSError, match="No space"):
        save_empty(8)
    assert saved_snapshot.load().version == 7
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.django_db
def test_few_records_are_not_shared():
    InitiativeFactory()
    assert read_shared_snapshot() is None
    assert not saved_snapshot.file_path().exists()


@pytest.mark.django_db
def test_an_unwritable_folder_leaves_each_process_its_own_index(
    many, settings, tmp_path, caplog
):
    InitiativeFactory()
    (tmp_path / "file").write_text("")
    settings.CACHE_DIR = tmp_path / "file" / "cache"
    assert read_shared_snapshot() is None
    assert "can't be shared" in caplog.text


@pytest.mark.django_db
def test_a_file_of_this_version_is_taken_as_it_is(many, settings):
    InitiativeFactory()
    write_file(connection.settings_dict["NAME"], settings.CACHE_DIR)
    assert read_shared_snapshot().version == Counter.objects.current()


# On PostgreSQL, a transaction raises the version once.
@pytest.mark.django_db(transaction=True)
def test_an_older_file_is_brought_up_to_date(settings):
    InitiativeFactory()
    write_file(connection.settings_dict["NAME"], settings.CACHE_DIR)
    InitiativeFactory()
    write_file(connection.settings_dict["NAME"], settings.CACHE_DIR)
    assert len(case_index(saved_snapshot.load()).all_keys) == 2


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_process_writes_the_file_for_all(monkeypatch):
    with tracked_transaction():
        case = InitiativeFactory(name="Bees")
    assert not snapshot_process.has_many_records()
    monkeypatch.setattr(snapshot_process, "FEWEST_RECORDS", 1)
    found = SnapshotCache().current()
    assert case_index(found).all_keys == BitMap([case.pk])
    assert not found.tables["initiative"].order.keys.flags.writeable


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_threads_read_what_is_committed(monkeypatch):
    monkeypatch.setattr(column_reader, "RANGE_OF_OWNERS", 1)
    monkeypatch.setattr(column_reader, "FEWEST_RANGES_FOR_THREADS", 2)
    with tracked_transaction():
        cases = [FindingFactory().initiative_id for _ in range(5)]
    index = case_index(build_snapshot(None, Counter.objects.get()))
    assert index.all_keys == BitMap(cases)
