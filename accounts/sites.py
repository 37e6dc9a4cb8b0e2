"""The desk: Django's admin, entered with a password and, where it is asked, a code."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

# In the menu what curators do each day comes first.
FIRST = ("initiatives", "references", "taggit", "suggestions", "history", "upkeep")


class DeskConfig(AdminConfig):
    default_site = "accounts.sites.DeskSite"


class DeskSite(AdminSite):
    # Views need models, and Django makes the site before it has them.

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        from accounts import second_factor, views

        if request.method == "GET" and second_factor.owes_code(request.entrant):
            return views.next_step(request)
        return super().login(request, extra_context)

    def get_app_list(self, request, app_label=None):
        def place(app):
            label = app["app_label"]
            return FIRST.index(label) if label in FIRST else len(FIRST)

        return sorted(super().get_app_list(request, app_label), key=place)

    def get_urls(self):
        from accounts import views

        factor = self.admin_view(views.factor)
        return [
            path("code/", views.code, name="code"),
            path("leave/", views.leave, name="leave"),
            path("second-factor/", factor, name="second-factor"),
            path("second-factor/set-up/", views.set_up, name="set-up"),
            *super().get_urls(),
        ]
