"""The events of the audit log: sign-ins, and changes of accounts and rights."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


class EventQuerySet(models.QuerySet):
    def older_than(self, days):
        return self.filter(happened_at__lt=timezone.now() - timedelta(days=days))

    def clear_old_origins(self):
        """Empty old IP addresses, and return their number."""
        old = self.older_than(settings.KEEP_ADDRESSES_DAYS)
        return old.filter(origin__isnull=False).update(origin=None)


class Event(models.Model):
    """Something that happened to an account or a group.

    It contains names, not foreign keys, so that it outlives the account.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed-in", "Signed in"
        PASSWORD_GIVEN = "password-given", "Gave the password, code not given yet"
        WRONG_PASSWORD = "wrong-password", "Wrong name or password"
        WRONG_CODE = "wrong-code", "Wrong code"
        LOCKED_OUT = "locked-out", "Locked out"
        SIGNED_OUT = "signed-out", "Signed out"
        SECOND_FACTOR = "second-factor", "Second factor changed"
        PASSWORD = "password", "Password changed"
        ACCOUNT = "account", "Account or group added or deleted"
        RIGHTS = "rights", "Rights changed"

    happened_at = models.DateTimeField("when", auto_now_add=True, db_index=True)
    kind = models.CharField("what", max_length=20, choices=Kind)
    who = models.CharField(
        max_length=150,
        blank=True,
        help_text="Empty if unknown, or done on the server",
    )
    whom = models.CharField("account or group", max_length=150, blank=True)
    detail = models.TextField(blank=True)
    origin = models.GenericIPAddressField(
        "from where",
        null=True,
        blank=True,
        help_text="The network of an IPv6 address. Emptied after a time",
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "event of an account"
        verbose_name_plural = "sign-ins and rights"
        ordering = ["-happened_at", "-pk"]
        # It belongs to no table; see casebase/desk/system/.
        permissions = [("view_system", "Can view the state of the site")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.whom or self.who}"
