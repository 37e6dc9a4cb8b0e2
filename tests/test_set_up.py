"""What ``make run`` does before the site starts."""

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from casebase import set_up
from casebase.search.models import Document
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.once


@pytest.fixture
def folders(settings, tmp_path, monkeypatch):
    """The folders of the site and of the process that collects its static files."""
    settings.CACHE_DIR, settings.STATIC_ROOT = tmp_path / "cache", tmp_path / "static"
    environment = {
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "STATIC_ROOT": str(settings.STATIC_ROOT),
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    return tmp_path


@pytest.fixture
def site(transactional_db, folders):
    """A site that has its tables, a case, and an index of what can be found."""
    InitiativeFactory()
    set_up.call_command("rebuild_search", verbosity=0)


def test_what_is_missing_is_done_once(site, folders, capsys):
    assert not set_up.is_done()
    set_up.set_up()
    assert (folders / "static/staticfiles.json").exists()
    assert "nothing loaded" in capsys.readouterr().out
    assert set_up.is_done()
    set_up.set_up()
    assert capsys.readouterr().out == ""


def test_a_failure_is_an_error_and_is_tried_again(site, folders, monkeypatch):
    monkeypatch.setenv("STATIC_ROOT", "/dev/null/static")
    with pytest.raises(CommandError, match="static files"):
        set_up.set_up()
    assert not set_up.is_done()


@pytest.fixture
def done(site, folders, settings):
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").touch()
    set_up.stamp_file().write_text(set_up.stamp())
    assert set_up.is_done()


def test_an_empty_database_is_set_up_again(done):
    Document.objects.all().delete()
    assert not set_up.is_done()


def test_a_database_with_other_migrations_is_set_up_again(done):
    MigrationRecorder(connection).record_applied("initiatives", "9999_next")
    assert not set_up.is_done()
    MigrationRecorder(connection).record_unapplied("initiatives", "9999_next")
    assert set_up.is_done()


def test_other_code_sets_up_again(done, monkeypatch):
    monkeypatch.setattr(set_up, "code_fingerprint", lambda: "changed")
    assert not set_up.is_done()


def test_static_files_that_are_gone_are_collected_again(done, settings):
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert not set_up.is_done()
