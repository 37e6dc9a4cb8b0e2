"""The metrics of all worker processes, as text for Prometheus."""

import os

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from casebase.monitoring.gauges import GaugeCollector
from casebase.monitoring.metrics import REGISTRY
from casebase.monitoring.worker_files import FOLDER_VARIABLE, reading


def exposition() -> bytes:
    """Return what is counted by all workers and, after that, the gauges."""
    return counts() + generate_latest(registry_of_gauges())


def counts() -> bytes:
    """Return the sums of all workers, or what this process has counted if it is one."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)
    with reading(folder):
        return generate_latest(registry)


def registry_of_gauges() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(GaugeCollector())
    return registry
