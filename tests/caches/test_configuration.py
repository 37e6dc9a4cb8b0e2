"""Where the caches of a machine are, by its environment."""

import pytest
from django.core.cache import CacheHandler
from django.core.exceptions import ImproperlyConfigured

from casebase.caches.configuration import SHARED, configure_caches
from casebase.caches.file_cache import FileCache
from casebase.caches.two_levels import TwoLevelCache


def caches_with(monkeypatch, url, folder):
    monkeypatch.setenv("CACHE_URL", url)
    return CacheHandler(configure_caches(folder))


def test_one_machine_needs_no_server(monkeypatch, tmp_path):
    caches = caches_with(monkeypatch, "", tmp_path)
    assert isinstance(caches["citations"], FileCache)
    caches["cards"].set("key", "drawn")
    assert [*(tmp_path / "cards").iterdir()]
    assert caches["citations"].get("key") is None


def test_caches_are_shared_where_there_is_a_server(monkeypatch, tmp_path):
    url = "redis://:pass,word@127.0.0.1:1/2"
    caches = caches_with(monkeypatch, url, tmp_path)
    servers = set()
    for name, (entries, seconds) in SHARED.items():
        cache = caches[name]
        assert isinstance(cache, TwoLevelCache)
        assert (cache.memory._max_entries, cache.default_timeout) == (entries, seconds)
        assert cache.key_prefix == name
        servers.add(cache.server)
    (server,) = servers
    # A comma would separate servers.
    assert server._servers == [url]


@pytest.mark.parametrize(
    "url", ["http://:hidden@host", "redis://:hidden@host:port", "hidden"]
)
def test_another_address_is_refused_without_repeating_it(monkeypatch, tmp_path, url):
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL must be") as refused:
        caches_with(monkeypatch, url, tmp_path)
    assert "hidden" not in str(refused.value)
