"""The queries of uploads."""

from django.db import models
from django.utils import timezone


class UploadQuerySet(models.QuerySet):
    """Queries of unexpired uploads, and the deletion of the others."""

    def unexpired(self):
        """Return uploads that have not expired."""
        return self.filter(expires__gt=timezone.now())

    def delete_expired(self):
        self.filter(expires__lte=timezone.now()).delete()

    def prune(self, user):
        """Delete expired uploads, and the oldest of the user above MAX_PER_USER."""
        self.delete_expired()
        own = self.filter(by=user).order_by("-pk")
        kept = own.values_list("pk", flat=True)[: self.model.MAX_PER_USER]
        own.exclude(pk__in=list(kept)).delete()
