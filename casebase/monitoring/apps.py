"""The app of monitoring, which imports the module ``monitoring`` of every app."""

from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules

# Of packages that are no apps, as they have no tables.
MODULES = ("casebase.caches.monitoring", "casebase.replicas.monitoring")


class MonitoringConfig(AppConfig):
    name = "casebase.monitoring"

    def ready(self) -> None:
        from casebase.monitoring import basic_gauges, basic_sections  # noqa: F401
        from casebase.monitoring.queries import measure_connection

        autodiscover_modules("monitoring")
        for module in MODULES:
            import_module(module)
        connection_created.connect(measure_connection)
