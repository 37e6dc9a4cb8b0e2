"""The admin of the audit log, of failed sign-ins, and of second factors."""

from axes.models import AccessAttempt
from django.contrib import admin
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from casebase.desk.accounts.models import Event
from casebase.desk.admin.base import NoAddOrChangeAdminMixin, ReadOnlyAdminMixin
from casebase.desk.admin.users import is_above


@admin.register(Event)
class EventAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["happened_at", "kind", "who", "whom", "detail", "origin"]
    list_filter = ["kind", "happened_at"]
    search_fields = ["who", "whom", "detail", "origin"]
    search_help_text = "Part of a name, of an address or of what was changed"


@admin.register(AccessAttempt)
class AccessAttemptAdmin(NoAddOrChangeAdminMixin, admin.ModelAdmin):
    """The admin of failed sign-ins. Deleting one unlocks its name at its IP address."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time"]
    search_fields = ["username", "ip_address"]
    fields = list_display


# The admin pages of django-otp show secrets.
admin.site.unregister([StaticDevice, TOTPDevice])


@admin.register(TOTPDevice)
class TOTPDeviceAdmin(NoAddOrChangeAdminMixin, admin.ModelAdmin):
    """The admin of apps for codes.

    When one is deleted, its owner can sign in with the password and set up another.
    """

    list_display = ["user", "confirmed", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    fields = list_display

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and not (obj and is_above(obj.user, request.user))
