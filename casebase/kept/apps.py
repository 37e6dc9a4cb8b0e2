"""The app of what readers keep."""

from django.apps import AppConfig


class KeptConfig(AppConfig):
    name = "casebase.kept"

    def ready(self) -> None:
        from casebase.jobs.expiry import EXPIRED_ROW_DELETERS
        from casebase.kept.models import Kept

        EXPIRED_ROW_DELETERS.append(Kept.objects.delete_expired)
