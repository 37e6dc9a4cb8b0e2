"""People and their groups at the desk: nobody rises above themselves there."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User

from casebase.desk.admin.base import OneAtATime

# What is only a superuser's to give; others give groups.
ABOVE_GROUPS = ("is_superuser", "user_permissions")

admin.site.unregister(User)


@admin.register(User)
class PeopleAdmin(OneAtATime, UserAdmin):
    """Accounts. Who is no superuser makes none, and changes none who is."""

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, *ABOVE_GROUPS)

    # The page that sets a password asks for this as well.

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and not is_above(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and not is_above(obj, request.user)


def is_above(user, other):
    return user is not None and user.is_superuser and not other.is_superuser
