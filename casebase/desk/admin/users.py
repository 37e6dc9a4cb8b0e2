"""Accounts and their groups: nobody gives themselves more rights."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User

from casebase.desk.admin.base import WriteLockAdminMixin

# Only a superuser gives these; others give groups.
SUPERUSER_FIELDS = ("is_superuser", "user_permissions")

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(WriteLockAdminMixin, UserAdmin):
    """Only superusers make superusers, and change or delete them."""

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, *SUPERUSER_FIELDS)

    def has_change_permission(self, request, obj=None):
        # The page that sets a password asks for this too.
        may = super().has_change_permission(request, obj)
        return may and not is_above(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and not is_above(obj, request.user)


def is_above(user, other):
    """Whether the user, if any, is a superuser and the other is not."""
    return user is not None and user.is_superuser and not other.is_superuser
