"""The app of monitoring, which imports the module ``monitoring`` of every app."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules


class MonitoringConfig(AppConfig):
    name = "casebase.monitoring"

    def ready(self) -> None:
        from casebase.monitoring import basic_gauges, basic_sections  # noqa: F401
        from casebase.monitoring.queries import measure_connection

        autodiscover_modules("monitoring")
        # No app, as it has no tables.
        from casebase.replicas import monitoring  # noqa: F401

        connection_created.connect(measure_connection)
