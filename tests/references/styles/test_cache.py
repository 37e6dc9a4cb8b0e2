import pickle
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Event

import pytest

from casebase.semaphore import BusyError
from references.styles import cache, style_catalogue
from references.styles.bibliographies import render_bibliography
from references.styles.cache import get_or_compute
from references.styles.errors import RenderError
from tests.references.styles.test_bibliographies import alike

pytestmark = pytest.mark.usefixtures("kept_in_files")


def never():
    raise AssertionError("It was kept, and need not be made again.")


def test_what_is_made_once_is_kept():
    assert get_or_compute(["a"], lambda: [1]) == [1]
    assert get_or_compute(["a"], never) == [1]
    assert get_or_compute(["b"], lambda: [2]) == [2]


def test_another_version_makes_things_anew(monkeypatch):
    get_or_compute(["a"], lambda: 1)
    monkeypatch.setattr(cache, "VERSIONS", ("next",))
    assert get_or_compute(["a"], lambda: 2) == 2


def test_an_error_is_not_kept():
    def fail():
        raise RenderError("This list could not be set.")

    with pytest.raises(RenderError):
        get_or_compute(["a"], fail)
    assert get_or_compute(["a"], lambda: 1) == 1


@pytest.mark.parametrize("left", [0, 1, 20, -1, -5])
def test_a_file_that_lost_its_end_is_made_anew(kept_in_files, left):
    get_or_compute(["a"], lambda: "made")
    [file] = kept_in_files.glob("*.djcache")
    file.write_bytes(file.read_bytes()[:left])
    assert get_or_compute(["a"], lambda: "made anew") == "made anew"
    assert get_or_compute(["a"], never) == "made anew"


def test_a_full_disk_keeps_nothing_and_hinders_nobody(settings, tmp_path, caplog):
    (tmp_path / "file").touch()
    kept_nowhere = settings.CACHES["citations"] | {"LOCATION": tmp_path / "file" / "x"}
    settings.CACHES = settings.CACHES | {"citations": kept_nowhere}
    assert get_or_compute(["a"], lambda: "made") == "made"
    assert "can't be written" in caplog.text


def test_what_a_kill_left_half_written_is_never_read(kept_in_files):
    """Django writes under another name first."""
    get_or_compute(["a"], lambda: "made")
    (kept_in_files / "tmpabcdef").write_bytes(pickle.dumps(None)[:3])
    assert get_or_compute(["a"], never) == "made"


def test_readers_of_the_same_thing_wait_for_the_first(monkeypatch):
    monkeypatch.setattr(cache, "THREADS", BoundedSemaphore(8))
    began, go_on, made = Event(), Event(), []

    def make():
        began.set()
        assert go_on.wait(10)
        made.append(1)
        return "made"

    with ThreadPoolExecutor(8) as readers:
        answers = [readers.submit(get_or_compute, ["a"], make) for _ in range(8)]
        assert began.wait(10)
        go_on.set()
        assert {answer.result() for answer in answers} == {"made"}
    assert made == [1]


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(cache, "WAIT_SECONDS", 0.01)

    def make():
        with ThreadPoolExecutor(1) as other, pytest.raises(BusyError):
            other.submit(get_or_compute, ["a"], never).result()
        return "made"

    assert get_or_compute(["a"], make) == "made"


def test_who_finds_no_room_is_told_at_once_unless_it_is_kept(monkeypatch):
    monkeypatch.setattr(cache, "THREADS", BoundedSemaphore(1))
    get_or_compute(["kept"], lambda: "made")

    def make():
        with pytest.raises(BusyError, match="Try again"):
            get_or_compute(["b"], never)
        return get_or_compute(["kept"], never)

    assert get_or_compute(["a"], make) == "made"
    assert get_or_compute(["b"], lambda: "made later") == "made later"


def test_dependent_styles_share_what_is_kept(kept_in_files):
    works = alike(2)
    entries = render_bibliography(works, "nlm-citation-sequence")
    assert render_bibliography(works, "vancouver-nlm") == entries
    assert len(list(kept_in_files.glob("*.djcache"))) == 1
    render_bibliography(works, "nlm-citation-sequence", "de-DE")
    render_bibliography(works[::-1], "nlm-citation-sequence")
    render_bibliography(works, "apa")
    assert len(list(kept_in_files.glob("*.djcache"))) == 4


def test_the_version_of_the_styles_is_part_of_the_key():
    assert style_catalogue.PACKAGE.version in cache.VERSIONS
