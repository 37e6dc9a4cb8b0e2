"""The commands: what they print, when they refuse, and which files they leave."""

import io
import json
import resource
import sqlite3
import tarfile
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from casebase.backups import folders
from casebase.backups.making import make_backup
from casebase.backups.models import LastBackup, last_backup
from casebase.change_tracking.models import Counter
from tests.backups.databases import run_on

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def run(site, command, *arguments, **options):
    """Return the lines that the command prints about this database."""
    out = io.StringIO()
    run_on(site, call_command, command, *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


def refusal(site, command, *arguments, **options):
    """Return the sentence with which the command fails."""
    with pytest.raises(CommandError) as refused:
        run(site, command, *arguments, **options)
    return str(refused.value)


@pytest.fixture
def backup(site, folder):
    return run_on(site, make_backup, folder, "")[0]


def test_a_backup_is_a_private_file_that_can_be_checked(site, folder):
    [line] = run(site, "backup")
    [file] = folder.iterdir()
    assert line.startswith(f"{file}: ")
    assert " rows of " in line
    assert (file.stat().st_mode, folder.stat().st_mode) == (0o100600, 0o40700)
    [checked] = run(site, "restore", file, check=True)
    assert checked == line.replace(f"{file}: ", "It can be restored: ")
    last = run_on(site, last_backup)
    assert last.size == file.stat().st_size
    assert str(last) == f"{last.place}, {last.made_at:%-d %B %Y, %H:%M}"
    assert last.place.endswith(f":{file}")


def test_only_as_many_as_asked_for_are_kept(site, folder):
    folder.mkdir()
    # The clock was wrong when the last of them was made.
    names = [f"casebase-{year}-01-01T000000Z.tar.gz" for year in (2020, 2021, 2099)]
    for name in (*names, "notes.txt", "casebase-copy.tar.gz"):
        (folder / name).touch()
    lines = run(site, "backup", "--keep=2")
    assert lines[1:] == [f"{folder / name} deleted." for name in names[1::-1]]
    left = {file.name for file in folder.iterdir()} - {lines[0].split("/")[-1]}
    assert {names[2], "notes.txt", "casebase-copy.tar.gz"} < left
    assert run(site, "backup", verbosity=0) == []


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_mistyped_number_is_refused_before_anything_is_made(site, folder, number):
    assert "is not a number from 1." in refusal(site, "backup", f"--keep={number}")
    assert not folder.exists()


def test_a_database_with_tables_is_replaced_only_when_told(site, backup):
    words = f"Restoring {backup} failed. The database has tables already."
    assert refusal(site, "restore", backup).startswith(words)


def test_a_restored_database_is_on_the_disk_and_names_its_backup(site, empty, backup):
    run_on(site, LastBackup.objects.all().delete)
    [line] = run(empty, "restore", backup)
    assert line.startswith("Restored: ")
    assert run_on(empty, last_backup).place.endswith(str(backup))
    log = Path(f"{empty}-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_one_runs_at_a_time(site, folder):
    with folders.SEMAPHORE.acquire():
        assert refusal(site, "backup") == (
            "No backup was made. Another backup or restore is running on this machine."
        )


def test_a_backup_that_the_database_cannot_note_is_one_still(site, folder):
    """This is so while the database awaits its first migration with the table."""

    def without_table():
        with connection.schema_editor() as editor:
            editor.delete_model(LastBackup)
        errors = io.StringIO()
        call_command("backup", stdout=io.StringIO(), stderr=errors)
        return errors.getvalue()

    words = run_on(site, without_table)
    assert "The backup is made, but the desk doesn’t know: no such table" in words
    assert len([*folder.iterdir()]) == 1


@pytest.fixture
def full_disk():
    """No file of this process can have more than 100 kB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_what_was_there(site, backup, folder, full_disk):
    words = refusal(site, "backup", keep=1)
    assert words.startswith("No backup was made. ")
    assert [*folder.iterdir()] == [backup]


def test_a_folder_that_is_none_is_named(site, folder):
    folder.touch()
    assert refusal(site, "backup") == f"No backup was made. {folder}: File exists."


def test_a_damaged_database_is_not_backed_up(site, backup, folder):
    with closing(sqlite3.connect(site)) as database, database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute("UPDATE changes_counter SET id = 2")
    assert refusal(site, "backup", keep=1) == (
        "No backup was made. The database is damaged: CHECK constraint failed in "
        "changes_counter"
    )
    assert [*folder.iterdir()] == [backup]


def truncated(content):
    return content[: len(content) // 2]


def flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("change", [truncated, flipped, lambda content: b""])
def test_a_damaged_file_is_refused(site, backup, change):
    before = Path(site).read_bytes()
    backup.write_bytes(change(backup.read_bytes()))
    for options in ({"check": True}, {"replace": True}):
        assert "damaged" in refusal(site, "restore", backup, **options)
    assert Path(site).read_bytes() == before


def rewritten(backup, tmp_path, change):
    """Pack the backup again, after a change to its manifest and parts."""
    with tarfile.open(backup) as tar:
        tar.extractall(tmp_path / "parts", filter="data")
    manifest = json.loads((tmp_path / "parts/manifest.json").read_text())
    change(manifest, tmp_path / "parts")
    (tmp_path / "parts/manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(backup, "w:gz") as tar:
        for file in sorted((tmp_path / "parts").iterdir(), reverse=True):
            tar.add(file, file.name)
    return backup


def of_newer_release(manifest, parts):
    manifest["release"] = "9.0.0"


def of_newer_code(manifest, parts):
    manifest["contents"]["migrations"].append(["initiatives", "9999_later"])


def of_older_release_with_more_apps(manifest, parts):
    manifest["release"] = "0.0.1"
    manifest["contents"]["migrations"].append(["former_app", "0001_initial"])


def of_postgresql(manifest, parts):
    manifest["engine"] = "postgresql"


def with_other_counts(manifest, parts):
    manifest["contents"]["counts"]["auth_user"] += 1


def with_a_name_that_leads_out(manifest, parts):
    manifest["parts"]["../database.sqlite3"] = manifest["parts"]["database.sqlite3"]


def with_other_content(manifest, parts):
    with (parts / "database.sqlite3").open("ab") as file:
        file.write(b"more")


def with_something_else(manifest, parts):
    (parts / "database.sqlite3").write_bytes(text := b"No database." * 100)
    part = {"size": len(text), "sha256": sha256(text).hexdigest()}
    manifest["parts"]["database.sqlite3"] = part


def with_one_more(manifest, parts):
    (parts / "another").touch()


def without_the_database(manifest, parts):
    (parts / "database.sqlite3").unlink()


def that_names_no_database(manifest, parts):
    manifest["parts"] = {}
    without_the_database(manifest, parts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (of_newer_release, "It was made by a newer release of Casebase (9.0.0) than"),
        (of_newer_code, "It was made by a newer release of Casebase (0.1.0) than"),
        (of_older_release_with_more_apps, "is not what its manifest says."),
        (of_postgresql, "It is a backup of postgresql, and DATABASE_URL names a"),
        (with_other_counts, "The database in it is not what its manifest says."),
        (with_a_name_that_leads_out, "It is damaged, or no backup: "),
        (with_other_content, "database.sqlite3 is not as it was backed up."),
        (with_something_else, "file is not a database"),
        (with_one_more, "It has a part that it does not name: another."),
        (without_the_database, "It lacks database.sqlite3."),
        (that_names_no_database, "It lacks database.sqlite3."),
    ],
)
def test_a_changed_backup_is_refused(site, backup, tmp_path, change, words):
    rewritten(backup, tmp_path, change)
    assert words in refusal(site, "restore", backup, check=True)


def test_other_archives_are_no_backups(site, tmp_path):
    file = tmp_path / "other.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        tar.add(Path(__file__), "notes.txt")
    words = refusal(site, "restore", file, check=True)
    assert words.endswith("It is no backup: it has no manifest.")
    words = refusal(site, "restore", tmp_path / "none", check=True)
    assert words.endswith(f"{tmp_path / 'none'}: No such file or directory.")


def test_what_cannot_be_migrated_replaces_nothing(site, folder):
    def back_up_without_first_migration():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '0001_initial'")
        return make_backup(folder, "")[0]

    file = run_on(site, back_up_without_first_migration)
    before = Path(site).read_bytes()
    words = refusal(site, "restore", file, replace=True)
    assert "It can't be migrated to this release: " in words
    assert "InconsistentMigrationHistory" in words
    assert Path(site).read_bytes() == before


def test_a_database_that_was_set_back_otherwise_is_told(site):
    def set_back():
        Counter.objects.update(version=7, told_since=7, writer=9)
        Session.objects.create(session_key="a", expire_date=timezone.now())
        before = time.time_ns() // 1000
        call_command("mark_restored", stdout=(out := io.StringIO()))
        counter = Counter.objects.get()
        assert before <= counter.version == counter.told_since
        assert counter.writer == 0
        assert not Session.objects.exists()
        return out.getvalue()

    assert "all sessions ended" in run_on(site, set_back)
