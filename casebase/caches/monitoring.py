"""What operators see of the caches, as the worker that is asked knows them."""

from django.conf import settings
from django.core.cache import caches

from casebase.caches.outage import Outage
from casebase.caches.two_levels import TwoLevelCache
from casebase.monitoring.gauges import gauge
from casebase.monitoring.sections import Fact, section

# Class of a cache → where it has its entries.
PLACES = {
    "DummyCache": "off",
    "FileCache": "in files of this machine",
    "LocMemCache": "in the memory of each worker",
    "TwoLevelCache": "in the memory of each worker, then on the server",
}
AWAY = (
    "Readers notice nothing but slower pages. Start the server at CACHE_URL; see the "
    "log for the error. The site uses it again within ten seconds."
)


@gauge(
    "casebase_cache_server_up",
    "Whether the cache server can be used; nothing without CACHE_URL",
    label="action",
    needs_database=False,
)
def cache_server() -> dict[str, float]:
    return {outage.action: not outage.is_on for outage in outages()}


@section("Caches")
def describe_caches() -> list[Fact]:
    facts = [
        Fact(name, place_of(cache["BACKEND"]))
        for name, cache in settings.CACHES.items()
    ]
    return facts + [
        Fact("server", f"can’t be {outage.action}", AWAY)
        for outage in outages()
        if outage.is_on
    ]


def place_of(backend: str) -> str:
    name = backend.rpartition(".")[2]
    return PLACES.get(name, name)


def outages() -> list[Outage]:
    """Return what can be done with the server, if one is set."""
    for name in settings.CACHES:
        cache = caches[name]
        if isinstance(cache, TwoLevelCache):
            return [cache.server.reading, cache.server.writing]
    return []
