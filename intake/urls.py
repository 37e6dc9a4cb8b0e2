"""Addresses below the admin, for whoever may sit at the desk."""

from django.contrib import admin
from django.urls import path

from intake import views
from intake.kinds import KINDS


def desk(address, view, **kwargs):
    name = kwargs.pop("name", view.__name__)
    return path(address, admin.site.admin_view(view), kwargs, name=name)


app_name = "intake"
urlpatterns = [
    desk("", views.overview),
    *(desk(f"{kind}/", views.bring, kind=kind, name=kind) for kind in KINDS),
    desk("<str:token>/", views.upload),
]
