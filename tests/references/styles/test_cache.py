import pickle
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Event

import pytest

from casebase.semaphore import BusyError
from references.styles import cache, style_catalogue
from references.styles.bibliographies import render_bibliography
from references.styles.cache import get_or_compute
from references.styles.errors import RenderError
from tests.references.styles.test_bibliographies import similar_works

pytestmark = pytest.mark.usefixtures("citations_cache")


def fail_if_called():
    raise AssertionError("The result is cached and must not be computed again.")


def test_a_result_is_computed_once():
    assert get_or_compute(["a"], lambda: [1]) == [1]
    assert get_or_compute(["a"], fail_if_called) == [1]
    assert get_or_compute(["b"], lambda: [2]) == [2]


def test_another_version_computes_again(monkeypatch):
    get_or_compute(["a"], lambda: 1)
    monkeypatch.setattr(cache, "VERSIONS", ("next",))
    assert get_or_compute(["a"], lambda: 2) == 2


def test_an_error_is_not_cached():
    def fail():
        raise RenderError("This list could not be set.")

    with pytest.raises(RenderError):
        get_or_compute(["a"], fail)
    assert get_or_compute(["a"], lambda: 1) == 1


@pytest.mark.parametrize("left", [0, 1, 20, -1, -5])
def test_a_truncated_file_is_computed_again(citations_cache, left):
    get_or_compute(["a"], lambda: "first")
    [file] = citations_cache.glob("*.djcache")
    file.write_bytes(file.read_bytes()[:left])
    assert get_or_compute(["a"], lambda: "second") == "second"
    assert get_or_compute(["a"], fail_if_called) == "second"


def test_a_full_disk_prevents_only_caching(settings, tmp_path, caplog):
    (tmp_path / "file").touch()
    unwritable = settings.CACHES["citations"] | {"LOCATION": tmp_path / "file" / "x"}
    settings.CACHES = settings.CACHES | {"citations": unwritable}
    assert get_or_compute(["a"], lambda: "first") == "first"
    assert "can't be written" in caplog.text


def test_a_partly_written_file_is_never_read(citations_cache):
    """Django writes a file under another name first."""
    get_or_compute(["a"], lambda: "first")
    (citations_cache / "tmpabcdef").write_bytes(pickle.dumps(None)[:3])
    assert get_or_compute(["a"], fail_if_called) == "first"


def test_readers_of_the_same_result_wait_for_the_first(monkeypatch):
    monkeypatch.setattr(cache, "THREADS", BoundedSemaphore(8))
    has_started, may_finish, runs = Event(), Event(), []

    def compute():
        has_started.set()
        assert may_finish.wait(10)
        runs.append(1)
        return "first"

    with ThreadPoolExecutor(8) as readers:
        answers = [readers.submit(get_or_compute, ["a"], compute) for _ in range(8)]
        assert has_started.wait(10)
        may_finish.set()
        assert {answer.result() for answer in answers} == {"first"}
    assert runs == [1]


def test_waiting_has_a_time_limit(monkeypatch):
    monkeypatch.setattr(cache, "WAIT_SECONDS", 0.01)

    def compute():
        with ThreadPoolExecutor(1) as other, pytest.raises(BusyError):
            other.submit(get_or_compute, ["a"], fail_if_called).result()
        return "first"

    assert get_or_compute(["a"], compute) == "first"


def test_a_thread_too_many_fails_at_once_unless_the_result_is_cached(monkeypatch):
    monkeypatch.setattr(cache, "THREADS", BoundedSemaphore(1))
    get_or_compute(["cached"], lambda: "first")

    def compute():
        with pytest.raises(BusyError, match="Try again"):
            get_or_compute(["b"], fail_if_called)
        return get_or_compute(["cached"], fail_if_called)

    assert get_or_compute(["a"], compute) == "first"
    assert get_or_compute(["b"], lambda: "second") == "second"


def test_dependent_styles_share_cached_results(citations_cache):
    works = similar_works(2)
    entries = render_bibliography(works, "nlm-citation-sequence")
    assert render_bibliography(works, "vancouver-nlm") == entries
    assert len(list(citations_cache.glob("*.djcache"))) == 1
    render_bibliography(works, "nlm-citation-sequence", "de-DE")
    render_bibliography(works[::-1], "nlm-citation-sequence")
    render_bibliography(works, "apa")
    assert len(list(citations_cache.glob("*.djcache"))) == 4


def test_the_version_of_the_styles_is_part_of_the_key():
    assert style_catalogue.PACKAGE.version in cache.VERSIONS
