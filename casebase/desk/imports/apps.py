"""The app of uploads and imports; its label is “intake”."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "casebase.desk.imports"
    label = "intake"

    def ready(self):
        from casebase.desk.imports.models import Upload
        from casebase.jobs.expiry import EXPIRED_ROW_DELETERS

        EXPIRED_ROW_DELETERS.append(Upload.objects.delete_expired)
