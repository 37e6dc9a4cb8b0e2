"""The admin of accounts. Users cannot give themselves more permissions."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User

from casebase.desk.admin.base import WriteLockAdminMixin

# Only superusers may set these. Others may assign groups.
SUPERUSER_FIELDS = ("is_superuser", "user_permissions")

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(WriteLockAdminMixin, UserAdmin):
    """The admin of accounts. Only superusers may make, change or delete superusers."""

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, *SUPERUSER_FIELDS)

    def has_change_permission(self, request, obj=None):
        # The page that sets a password checks this permission too.
        may = super().has_change_permission(request, obj)
        return may and not is_above(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and not is_above(obj, request.user)


def is_above(user, other):
    """Return whether the user, if there is one, is a superuser and the other is not."""
    return user is not None and user.is_superuser and not other.is_superuser
