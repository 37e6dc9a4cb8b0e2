"""Links by which somebody outside sees a case before it is public."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone

from casebase.change_tracking.lock_timeout import InLineError, waiting
from initiatives.models.initiatives import Initiative

# A full stop is no letter of a signature, and mail programs keep it in a link.
SIGNER = Signer(salt="initiatives.preview", sep=".")


class PreviewLinkQuerySet(models.QuerySet):
    """Preview links …"""

    def signed(self, token):
        """The link that we signed as this token, in whatever state; None for others."""
        try:
            key = SIGNER.unsign(token)
        except BadSignature:
            return None
        return self.select_related("initiative").filter(pk=key).first()


class PreviewLink(models.Model):
    """A way for one outside reviewer to see one case that is not public yet.

    Its token is not kept: it is the signed number of the row.
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
        # Made on the page of the case, by whoever may change that.
        default_permissions = ()

    def __str__(self):
        return self.label or f"Link {self.pk}"

    @property
    def token(self):
        return SIGNER.sign(str(self.pk))

    @property
    def is_open(self):
        """Whether it still shows the case; a case that was public needs no link."""
        is_alive = self.revoked_at is None and timezone.now() < self.expires_at
        return is_alive and not self.initiative.was_public

    @staticmethod
    def end_of(days):
        return timezone.now() + timedelta(days=days)

    def revoke(self):
        """Close it for good. Revoked again, it keeps the time of the first."""
        self.revoked_at = self.revoked_at or timezone.now()
        self.save(update_fields=["revoked_at"])

    def note_use(self):
        """Remember that it was used now, for whoever made it.

        Readers wait for nobody: while others write, one of the next uses is noted.
        """
        self.used_at = timezone.now()
        with suppress(InLineError), waiting(0):
            self.save(update_fields=["used_at"])
