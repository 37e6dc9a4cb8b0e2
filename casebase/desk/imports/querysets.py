"""What may be asked about uploads."""

from django.db import models
from django.utils import timezone


class UploadQuerySet(models.QuerySet):
    """Uploads …"""

    def unexpired(self):
        """… whose time is not over."""
        return self.filter(expires__gt=timezone.now())

    def prune(self, user):
        """Forget those whose time is over, and the oldest of one who has many."""
        self.exclude(pk__in=self.unexpired().values("pk")).delete()
        own = self.filter(by=user).order_by("-pk")
        kept = own.values_list("pk", flat=True)[: self.model.MAX_PER_USER]
        own.exclude(pk__in=list(kept)).delete()
