"""Gauges: numbers that are read when somebody asks for the metrics.

Any app can register one, in its module ``monitoring``::

    @gauge("casebase_jobs_waiting", "Jobs that wait for a worker", label="priority")
    def jobs_waiting() -> dict[str, float]:
        return {"high": 0, "low": 3}

Without a label, the function returns a number, or None if there is nothing to tell.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from casebase.monitoring.database_facts import database_error

type Reading = float | Mapping[str, float] | None

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gauge:
    """A number, or one for each value of its label, and the function that reads it."""

    name: str
    documentation: str
    label: str
    needs_database: bool
    read: Callable[[], Reading]

    def measure(self) -> GaugeMetricFamily:
        """Return the gauge with its numbers. Raises what the function raises."""
        labels = [self.label] if self.label else []
        family = GaugeMetricFamily(self.name, self.documentation, labels=labels)
        reading = self.read()
        if isinstance(reading, Mapping):
            for value, number in reading.items():
                family.add_metric([value], number)
        elif reading is not None:
            family.add_metric([], reading)
        return family


GAUGES: dict[str, Gauge] = {}


def gauge[Read: Callable[[], Reading]](
    name: str, documentation: str, *, label: str = "", needs_database: bool = True
) -> Callable[[Read], Read]:
    """Decorate a function to register it as a gauge.

    If it needs the database, it is not called while that is away. The values of the
    label have to be few, and none may come from a request. Raises ValueError if the
    name is registered already.
    """

    def register(read: Read) -> Read:
        if name in GAUGES:
            raise ValueError(f"The gauge {name} is registered already.")
        GAUGES[name] = Gauge(name, documentation, label, needs_database, read)
        return read

    return register


class GaugeCollector(Collector):
    """Reads all gauges. One that fails is logged and left out."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        error = database_error()
        if error:
            logger.warning("The database does not answer: %s", error)
        is_up = error is None
        yield single("casebase_database_up", "Whether the database answers", is_up)
        n_failed = 0
        for each in GAUGES.values():
            if is_up or not each.needs_database:
                try:
                    yield each.measure()
                except Exception:
                    logger.exception("The gauge %s can't be read.", each.name)
                    n_failed += 1
        yield single("casebase_gauges_failed", "Gauges that can't be read", n_failed)


def single(name: str, documentation: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, documentation, value=value)
