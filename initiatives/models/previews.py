"""Links by which outside reviewers see a case before it is public."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone

from casebase.change_tracking.lock_timeout import WriteLockError, write_lock_timeout
from initiatives.models.initiatives import Initiative

# Signatures contain no full stop, and mail programs do not cut a link at one.
SIGNER = Signer(salt="initiatives.preview", sep=".")


class PreviewLinkQuerySet(models.QuerySet):
    """Preview links …"""

    def from_token(self, token):
        """Return the link with this token, even if closed; None if it is not ours."""
        try:
            key = SIGNER.unsign(token)
        except BadSignature:
            return None
        return self.select_related("initiative").filter(pk=key).first()


class PreviewLink(models.Model):
    """A link for one outside reviewer to one case that is not public yet.

    Its token is not stored: it is the signed primary key.
    """

    class Days(models.IntegerChoices):
        DAY = 1, "1 day"
        WEEK = 7, "7 days"
        MONTH = 30, "30 days"

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="preview_links"
    )
    label = models.CharField("for whom", max_length=80, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField("last used", null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        # Created on the page of the case, by everyone who may change the case.
        default_permissions = ()

    def __str__(self):
        return self.label or f"Link {self.pk}"

    @property
    def token(self):
        return SIGNER.sign(str(self.pk))

    @property
    def is_open(self):
        """Whether it still shows the case; a case that was public needs no link."""
        is_valid = self.revoked_at is None and timezone.now() < self.expires_at
        return is_valid and not self.initiative.was_public

    @staticmethod
    def expiry_after(days):
        return timezone.now() + timedelta(days=days)

    def revoke(self):
        """Close it for ever. Revoking it again does not change ``revoked_at``."""
        self.revoked_at = self.revoked_at or timezone.now()
        self.save(update_fields=["revoked_at"])

    def record_use(self):
        """Save the time of this use, for the curator who made the link.

        Readers must not wait for a lock: while others write, the use is not recorded.
        """
        self.used_at = timezone.now()
        with suppress(WriteLockError), write_lock_timeout(0):
            self.save(update_fields=["used_at"])
