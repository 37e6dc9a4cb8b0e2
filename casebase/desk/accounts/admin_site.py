"""The admin site of the desk. Sign-in takes a password and, if required, a code."""

from functools import wraps

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

# The apps that curators use every day. They come first in the menu.
FIRST_APPS = ("initiatives", "references", "taggit", "suggestions", "history", "upkeep")


def is_form_of_record(request):
    """Return whether the request is for an add or change page of a DeskAdmin."""
    from casebase.desk.admin.base import DeskAdmin

    match = request.resolver_match
    is_ours = isinstance(getattr(match.func, "model_admin", None), DeskAdmin)
    return is_ours and match.url_name.endswith(("_add", "_change"))


class DeskConfig(AdminConfig):
    default_site = "casebase.desk.accounts.admin_site.DeskSite"


class DeskSite(AdminSite):
    # Imports are in methods: Django creates the site before it has loaded models.

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        from casebase.change_tracking.decorators import transactional_view
        from casebase.desk.accounts import lockout, second_factor, views

        if request.method == "GET" and second_factor.owes_code(request.entrant):
            return views.redirect_to_next_step(request)
        if request.method == "POST":
            name = request.POST.get("username", "")
            if response := lockout.lockout_response_for(request, name):
                return response
        return transactional_view(super().login)(request, extra_context)

    def admin_view(self, view, cacheable=False):
        """Return the view for staff only, in a transaction.

        A form of a record that is sent after the sign-in has ended is stored, and shown
        again after the next one. Users without access to the desk do not lock the
        database for writing.
        """
        from casebase.change_tracking.decorators import transactional_view

        inner = super().admin_view(transactional_view(view), cacheable)

        @wraps(inner)
        def respond(request, *args, **kwargs):
            from casebase.unsaved_forms import remember_user, store_form

            may_enter = self.has_permission(request)
            is_refused = request.method == "POST" and not may_enter
            if is_refused and is_form_of_record(request):
                store_form(request)
            response = inner(request, *args, **kwargs)
            if may_enter:
                remember_user(request, response)
            return response

        return respond

    @property
    def password_change_form(self):
        from casebase.desk.accounts.forms import OwnPasswordForm

        return OwnPasswordForm

    def get_app_list(self, request, app_label=None):
        def menu_position(app):
            label = app["app_label"]
            return FIRST_APPS.index(label) if label in FIRST_APPS else len(FIRST_APPS)

        return sorted(super().get_app_list(request, app_label), key=menu_position)

    def get_urls(self):
        from casebase.desk.accounts import views

        factor = self.admin_view(views.factor)
        return [
            path("code/", views.code, name="code"),
            path("leave/", views.leave, name="leave"),
            path("second-factor/", factor, name="second-factor"),
            path("second-factor/set-up/", views.set_up, name="set-up"),
            *super().get_urls(),
        ]
