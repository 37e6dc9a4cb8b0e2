"""What may be asked about suggestions."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

# So long what was refused is kept, lest it is sent again; and so long an e-mail
# address waits for an answer that never comes.
REFUSED_DAYS = 90
UNANSWERED_DAYS = 365


class SuggestionQuerySet(models.QuerySet):
    """Suggestions …"""

    def open(self):
        """… that are not answered yet."""
        return self.filter(status__in=self.model.OPEN)

    def credited(self):
        """… that were taken up, of readers who wish to be named; the first first."""
        return self.filter(status="done").exclude(name="").order_by("decided_at")

    def forget_old(self):
        """Delete what nobody needs any more of what readers have sent."""
        now = timezone.now()
        refused_until = now - timedelta(days=REFUSED_DAYS)
        self.filter(status="refused", decided_at__lt=refused_until).delete()
        sent_until = now - timedelta(days=UNANSWERED_DAYS)
        self.filter(sent_at__lt=sent_until).exclude(email="").update(email="")
