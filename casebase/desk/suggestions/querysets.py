"""The queryset of suggestions."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

# Refused suggestions are kept for a while, to recognise those sent again.
REFUSED_DAYS = 90
# An e-mail address is deleted after this time even if there was no answer.
UNANSWERED_DAYS = 365


class SuggestionQuerySet(models.QuerySet):
    def open(self):
        """Return the suggestions that are not answered yet."""
        return self.filter(status__in=self.model.OPEN)

    def credited(self):
        """Return those taken up whose readers left a name, the oldest answer first."""
        return self.filter(status="done").exclude(name="").order_by("decided_at")

    def delete_expired(self):
        """Delete old refused suggestions, and old e-mail addresses."""
        now = timezone.now()
        refused_until = now - timedelta(days=REFUSED_DAYS)
        self.filter(status="refused", decided_at__lt=refused_until).delete()
        sent_until = now - timedelta(days=UNANSWERED_DAYS)
        self.filter(sent_at__lt=sent_until).exclude(email="").update(email="")
