"""Addresses below the admin, for whoever may sit at the desk."""

from django.contrib import admin
from django.urls import path

from intake import taking_out, views
from intake.kinds import KINDS


def desk(address, view, *, name="", **kwargs):
    called = name or view.__name__
    return path(address, admin.site.admin_view(view), kwargs, name=called)


app_name = "intake"
urlpatterns = [
    desk("", views.overview),
    *(desk(f"{kind}/", views.bring, kind=kind, name=kind) for kind in KINDS),
    desk("findings/<slug:name>/", taking_out.findings_out, name="findings-out"),
    desk("<str:token>/", views.upload),
]
