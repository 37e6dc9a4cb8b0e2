"""What is counted and timed as it happens, in each worker process.

The values of labels are names from our code. They are never taken from a request: a
path may be a secret, and readers could invent any number of values.
https://prometheus.io/docs/practices/naming/
"""

from functools import cache

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)

# When a counter was made: left out, as it is of counters that workers share.
disable_created_metrics()
# What is counted in this process, if it is the only one; see exposition.py.
REGISTRY = CollectorRegistry()

# Upper bounds, in seconds.
PAGE_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
QUERY_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5)
BUILD_SECONDS = (0.1, 0.5, 1, 5, 10, 30, 60, 120)

REQUESTS = Counter(
    "casebase_requests",
    "Responses, by name of the URL, method and status",
    ["route", "method", "status"],
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "casebase_request_seconds",
    "Time until the response begins",
    ["route"],
    buckets=PAGE_SECONDS,
    registry=REGISTRY,
)
UNAVAILABLE = Counter(
    "casebase_unavailable",
    "Requests that were answered with 503, by what was missing",
    ["reason"],
    registry=REGISTRY,
)
CACHE_LOOKUPS = Counter(
    "casebase_cache_lookups",
    "Look-ups in a cache; the result is hit or miss",
    ["cache", "result"],
    registry=REGISTRY,
)
DATABASE_SECONDS = Histogram(
    "casebase_database_query_seconds",
    "Time until a query has its first rows",
    ["database"],
    buckets=QUERY_SECONDS,
    registry=REGISTRY,
)
DATABASE_ERRORS = Counter(
    "casebase_database_errors",
    "Queries that failed, by class of the error; away: the version was not read",
    ["database", "kind"],
    registry=REGISTRY,
)
SEARCH_SECONDS = Histogram(
    "casebase_search_seconds",
    "Time that the search index takes: to match, to rank, to find the nearest",
    ["step"],
    buckets=PAGE_SECONDS,
    registry=REGISTRY,
)
INDEX_SECONDS = Histogram(
    "casebase_index_build_seconds",
    "Time to build or to update the index of lists",
    buckets=BUILD_SECONDS,
    registry=REGISTRY,
)
INDEX_VERSION = Gauge(
    "casebase_index_version",
    "Version of the records in the index of lists, of the worker furthest behind",
    registry=REGISTRY,
    multiprocess_mode="livemin",
)
INDEX_READ = Gauge(
    "casebase_index_read_timestamp_seconds",
    "When the index of lists was read last, by the worker furthest behind",
    registry=REGISTRY,
    multiprocess_mode="livemin",
)
WORKER_STARTED = Gauge(
    "casebase_worker_start_timestamp_seconds",
    "When the newest worker process began",
    registry=REGISTRY,
    multiprocess_mode="livemax",
)


def count_lookup(name: str, *, is_hit: bool) -> None:
    """Count a look-up in a cache by its name."""
    lookups_in(name, is_hit).inc()


@cache
def lookups_in(name: str, is_hit: bool) -> Counter:
    return CACHE_LOOKUPS.labels(name, "hit" if is_hit else "miss")
