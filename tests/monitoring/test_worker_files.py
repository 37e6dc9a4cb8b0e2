"""The files in which workers count: of killed servers, and of dead workers."""

import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.mmap_dict import MmapedDict

from casebase.monitoring import exposition, worker_files
from casebase.monitoring.processes import resident_bytes, worker_ids
from tests.monitoring.samples import value

pytestmark = pytest.mark.once

KEY = '["casebase_requests", "casebase_requests_total", {"route": "home"}, "Help"]'


def write_count(folder, pid, count, kind="counter"):
    file = MmapedDict(str(folder / f"{kind}_{pid}.db"))
    file.write_value(KEY, count, 0)
    file.close()


def total(folder, monkeypatch):
    monkeypatch.setenv(worker_files.FOLDER_VARIABLE, str(folder))
    text = exposition.counts().decode()
    return value("casebase_requests_total", text, route="home")


@pytest.fixture(autouse=True)
def _release(monkeypatch):
    held = []
    monkeypatch.setattr(worker_files, "_held", held)
    yield
    for file in held:
        file.close()


def test_a_server_deletes_the_folders_of_killed_ones(tmp_path):
    code = f"""
import os
from casebase.monitoring.worker_files import make_folder
print(make_folder({str(tmp_path)!r}), flush=True)
os.kill(os.getpid(), 9)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    left = Path(run.stdout.strip())
    assert left.is_dir(), run.stderr
    mine = worker_files.make_folder(str(tmp_path))
    assert not left.exists()
    # It is in use as long as this process lives, so another server leaves it.
    other = worker_files.make_folder(str(tmp_path))
    assert {*tmp_path.iterdir()} == {mine, other}


def test_what_is_no_folder_of_a_server_stays(tmp_path):
    folder = tmp_path / "casebase-metrics-of-somebody"
    folder.mkdir(mode=0o500)
    file = tmp_path / "casebase-metrics-file"
    file.touch()
    worker_files.delete_if_unused(file)
    assert file.exists()


def test_without_a_folder_in_memory_it_is_a_temporary_one(tmp_path, monkeypatch):
    monkeypatch.setattr(worker_files, "MEMORY", str(tmp_path / "none"))
    monkeypatch.setattr(worker_files, "gettempdir", lambda: str(tmp_path))
    assert worker_files.make_folder().parent == tmp_path


def test_counts_of_dead_workers_are_kept_in_one_file(tmp_path, monkeypatch):
    for pid in (11, 12, 13):
        write_count(tmp_path, pid, pid)
        write_count(tmp_path, pid, 1, "gauge_livemax")
    assert total(tmp_path, monkeypatch) == 36
    worker_files.absorb_process(tmp_path, 11)
    worker_files.absorb_process(tmp_path, 12)
    assert total(tmp_path, monkeypatch) == 36
    names = {file.name for file in tmp_path.glob("*.db")}
    assert names == {"counter_13.db", "counter_dead.db", "gauge_livemax_13.db"}


def test_nothing_is_moved_while_somebody_reads(tmp_path, monkeypatch):
    write_count(tmp_path, 11, 5)
    with worker_files.reading(str(tmp_path)):
        worker_files.absorb_process(tmp_path, 11)
    assert (tmp_path / "counter_11.db").exists()
    assert total(tmp_path, monkeypatch) == 5


def test_workers_and_their_memory_are_found(tmp_path, monkeypatch):
    [this] = worker_ids()
    assert resident_bytes(this) > 10_000_000
    assert resident_bytes(2**31) == 0
    monkeypatch.setenv(worker_files.FOLDER_VARIABLE, str(tmp_path))
    for pid in (11, 12):
        write_count(tmp_path, pid, 1, "gauge_livemax")
    assert sorted(worker_ids()) == [11, 12]
