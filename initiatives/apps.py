"""The initiatives app: cases, their findings and the codebook."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = "Cases and codebook"

    def ready(self):
        from casebase.change_tracking.transactions import DERIVED_DATA_UPDATERS
        from initiatives.evidence_grade import stored_grades

        DERIVED_DATA_UPDATERS.append(stored_grades.update_touched)
