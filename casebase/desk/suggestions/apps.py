"""The app of suggestions from readers."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "casebase.desk.suggestions"

    def ready(self):
        from casebase.desk.suggestions.models import Suggestion
        from casebase.jobs.expiry import EXPIRED_ROW_DELETERS

        EXPIRED_ROW_DELETERS.append(Suggestion.objects.delete_expired)
