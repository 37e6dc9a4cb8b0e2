"""Backups that only the holder of a key can read."""

import re

import pytest

from casebase.backups.errors import BackupError
from casebase.backups.making import make_backup
from casebase.backups.restoring import check_backup
from tests.backups.databases import run_on
from tests.backups.encryption_programs import age_key, gpg, gpg_key, missing

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.skipif(bool(missing()), reason=f"this machine lacks {missing()}"),
]


def reason_against(site, file, identity=None):
    with pytest.raises(BackupError) as refused:
        run_on(site, check_backup, file, identity)
    return str(refused.value)


def test_age_encrypts_for_its_recipient(site, folder, tmp_path):
    key, other = tmp_path / "key.txt", tmp_path / "other.txt"
    recipient = age_key(key)
    age_key(other)
    file, manifest = run_on(site, make_backup, folder, recipient)
    assert file.name.endswith(".tar.gz.age")
    assert run_on(site, check_backup, file, key) == manifest
    assert "no identity matched" in reason_against(site, file, other)
    assert reason_against(site, file).endswith("Name the key with --identity.")
    file.write_bytes(file.read_bytes()[:-100])
    assert "age failed: " in reason_against(site, file, key)


def test_gpg_encrypts_for_its_recipient(site, folder, tmp_path, monkeypatch):
    with gpg_key(monkeypatch) as recipient:
        file, manifest = run_on(site, make_backup, folder, recipient)
        assert file.name.endswith(".tar.gz.gpg")
        assert run_on(site, check_backup, file, None) == manifest
        content = file.read_bytes()
        file.write_bytes(content[:-100])
        assert "gpg failed: " in reason_against(site, file)
        file.write_bytes(content)
        delete_secret_key()
        assert "No secret key" in reason_against(site, file)


def delete_secret_key():
    listed = gpg("--list-keys", "--with-colons").decode()
    fingerprint = re.search(r"[0-9A-F]{40}", listed)[0]
    gpg("--batch", "--yes", "--delete-secret-keys", fingerprint)


@pytest.mark.parametrize(
    ("recipient", "words"),
    [
        ("age1nobody", "age failed: "),
        ("ssh-ed25519 nothing", "age failed: "),
        ("nobody@casebase.example", "gpg failed: "),
        ("--help", "gpg failed: "),
    ],
)
def test_a_recipient_that_is_none_gets_no_file(
    site, folder, tmp_path, monkeypatch, recipient, words
):
    monkeypatch.setenv("GNUPGHOME", str(tmp_path))
    with pytest.raises(BackupError, match=words):
        run_on(site, make_backup, folder, recipient)
    assert [*folder.iterdir()] == []


@pytest.mark.parametrize(
    ("recipient", "package"), [("age1abc", "age"), ("ada@casebase.example", "gnupg")]
)
def test_a_missing_program_is_named_with_its_package(
    site, folder, monkeypatch, recipient, package
):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BackupError, match=f"is missing. Install the package {package}"):
        run_on(site, make_backup, folder, recipient)
