"""Files that jobs have made: in a folder, or in a bucket that machines share."""

import stat
from importlib import util
from io import BytesIO
from pathlib import Path

import pytest
from botocore.config import Config
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile, File
from django.core.files.storage import StorageHandler, storages
from django.http import FileResponse

from casebase.files import storage_configuration
from casebase.files.storage_configuration import configure_storage
from casebase.overload import NO_DISK, temporary_error_message
from tests.s3_server import running_server

ONCE = Config(retries={"total_max_attempts": 1})


def storage_of(monkeypatch, url, folder=Path("unused")):
    """Return the storage that the site has with this STORAGE_URL."""
    monkeypatch.setenv("STORAGE_URL", url)
    entry = configure_storage(folder)
    options = entry["OPTIONS"]
    if "client_config" in options:
        options["client_config"] = options["client_config"].merge(ONCE)
    return StorageHandler({"results": entry})["results"]


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    with (
        running_server(tmp_path_factory.mktemp("s3")) as server,
        pytest.MonkeyPatch.context() as monkeypatch,
    ):
        yield storage_of(monkeypatch, server.url())


@pytest.fixture(params=["folder", "shared folder", "bucket"])
def storage(request, monkeypatch, tmp_path):
    if request.param == "bucket":
        return request.getfixturevalue("bucket")
    if request.param == "folder":
        return storage_of(monkeypatch, "", tmp_path / "results")
    return storage_of(monkeypatch, f"file://{tmp_path}/of%20all")


def test_a_file_is_saved_read_listed_and_deleted(storage):
    content = b"0123456789" * 20_000
    assert storage.save("jobs/löffler", ContentFile(content)) == "jobs/löffler"
    assert storage.exists("jobs/löffler")
    assert storage.size("jobs/löffler") == len(content)
    with storage.open("jobs/löffler") as file:
        assert b"".join(file.chunks()) == content
    assert storage.listdir("jobs") == ([], ["löffler"])
    assert storage.get_modified_time("jobs/löffler").tzinfo
    storage.delete("jobs/löffler")
    storage.delete("jobs/löffler")
    assert not storage.exists("jobs/löffler")
    with pytest.raises(FileNotFoundError):
        storage.open("jobs/löffler")


def test_saving_again_replaces_the_file(storage):
    for content in (b"first", b"second"):
        assert storage.save("again", ContentFile(content)) == "again"
    with storage.open("again") as file:
        assert file.read() == b"second"


def test_a_large_file_is_sent_with_its_length(storage):
    # More than is sent to a bucket, or kept in memory, in one piece.
    content = bytes(range(256)) * 40_000
    storage.save("large", ContentFile(content))
    with storage.open("large") as file:
        response = FileResponse(file, as_attachment=True, filename="a.csv")
        assert response["Content-Length"] == str(len(content))
        assert b"".join(response) == content


class HalfFile(BytesIO):
    """A file that can't be read to its end, as on a full disk."""

    def read(self, size=-1):
        if self.tell():
            raise OSError("No space left on device")
        return super().read(5)


def test_a_file_that_is_not_complete_is_never_there(storage):
    storage.save("half", ContentFile(b"whole"))
    with pytest.raises(OSError, match="No space"):
        storage.save("half", File(HalfFile(b"0123456789")))
    with storage.open("half") as file:
        assert file.read() == b"whole"
    assert [name for name in storage.listdir("")[1] if "half" in name] == ["half"]


@pytest.mark.parametrize("name", ["../outside", "/outside"])
def test_no_name_leads_outside(storage, name):
    for act in (storage.open, storage.delete, storage.exists):
        with pytest.raises(Exception, match=r"outside|[Tt]raversal|path"):
            act(name)


def test_only_the_user_of_the_site_may_read_files(monkeypatch, tmp_path):
    storage = storage_of(monkeypatch, "", tmp_path / "results")
    storage.save("jobs/one", ContentFile(b"private"))
    modes = [
        stat.S_IMODE((tmp_path / name).stat().st_mode)
        for name in ("results", "results/jobs", "results/jobs/one")
    ]
    assert modes == [0o700, 0o700, 0o600]


def test_both_names_of_the_storage_are_private(settings):
    for name in ("default", "results"):
        assert storages[name].location.startswith(str(settings.CACHE_DIR))


def error_of(storage):
    with pytest.raises(Exception) as raised:  # noqa: PT011
        storage.save("one", ContentFile(b"x"))
    return raised.value


def test_a_bucket_that_does_not_answer_is_a_temporary_error(monkeypatch, tmp_path):
    with running_server(tmp_path) as server:
        wrong_key = error_of(storage_of(monkeypatch, server.url("wrong")))
        no_bucket = error_of(storage_of(monkeypatch, server.url(bucket="none")))
        storage = storage_of(monkeypatch, server.url())
        storage.save("one", ContentFile(b"x"))
        server.kill()
        for error in (wrong_key, no_bucket, error_of(storage)):
            assert temporary_error_message(error) == NO_DISK


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "s3://k:s%2F@host:9/b/f/g?region=eu",
            ("https://host:9", "b", "f/g", "eu"),
        ),
        ("s3+http://host/b", ("http://host", "b", "", "us-east-1")),
    ],
)
def test_the_address_of_a_bucket(monkeypatch, url, expected):
    monkeypatch.setenv("STORAGE_URL", url)
    options = configure_storage(Path("unused"))["OPTIONS"]
    names = ("endpoint_url", "bucket_name", "location", "region_name")
    assert tuple(options[name] for name in names) == expected
    has_key = "@" in url
    assert options["access_key"] == ("k" if has_key else None)
    assert options["secret_key"] == ("s/" if has_key else None)


@pytest.mark.parametrize(
    "url",
    [
        "s3://key:hidden@host",
        "s3://key:hidden@/bucket",
        "s3://hidden@host/bucket",
        "s3://:hidden@host/bucket",
        "s3://key:hidden@[host/bucket",
        "https://key:hidden@host/bucket",
        "file://hidden/folder",
        "file:///",
        "/hidden",
    ],
)
def test_another_address_is_refused_without_repeating_it(monkeypatch, url):
    monkeypatch.setenv("STORAGE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL must be") as refused:
        configure_storage(Path("unused"))
    assert "hidden" not in str(refused.value)


def test_a_bucket_needs_its_packages(monkeypatch):
    monkeypatch.setattr(storage_configuration, "find_spec", lambda name: None)
    monkeypatch.setenv("STORAGE_URL", "s3://key:hidden@host/bucket")
    with pytest.raises(ImproperlyConfigured, match=r"requirements/storage\.txt"):
        configure_storage(Path("unused"))


def test_the_packages_are_found_by_these_names():
    assert util.find_spec("storages")
    assert util.find_spec("boto3")
