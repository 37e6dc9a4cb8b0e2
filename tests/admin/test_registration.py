"""The registration of every model with the admin, by the desk only."""

from importlib.util import find_spec

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from casebase.desk.accounts.admin_site import DeskSite
from casebase.desk.admin.base import DeskAdmin
from initiatives.models import PROXIES
from tests.desk import Administrator, Curator

OURS = ("casebase", "initiatives", "references")


def labels(app_list):
    return [app["app_label"] for app in app_list]


def test_every_model_that_is_edited_has_an_admin():
    assert isinstance(admin.site._wrapped, DeskSite)
    assert {model._meta.label for model in admin.site._registry} == {
        *("auth.Group", "auth.User", "axes.AccessAttempt", "accounts.Event"),
        *("otp_totp.TOTPDevice", "history.Edit", "suggestions.Suggestion"),
        *("initiatives.Concept", "initiatives.Finding", "initiatives.Initiative"),
        *("initiatives.Organisation", "initiatives.Scheme", "taggit.Tag"),
        *("references.Person", "references.Reference"),
        "jobs.Job",
        *("upkeep.Link", "upkeep.PersonLikeness", "upkeep.WorkLikeness"),
        *(proxy._meta.label for proxy in PROXIES.values()),
    }


@pytest.mark.parametrize("label", ["history", "initiatives", "references", "taggit"])
def test_the_desk_has_the_admin_of_records_that_are_not_its_own(label):
    models = [m for m in admin.site._registry if m._meta.app_label == label]
    assert models
    for model in models:
        page = admin.site.get_model_admin(model)
        assert isinstance(page, DeskAdmin)
        assert type(page).__module__.startswith("casebase.desk.")


def test_no_app_below_the_desk_has_an_admin_of_its_own():
    names = {app.name for app in apps.get_app_configs()}
    desk = {name for name in names if name.startswith("casebase.desk")}
    ours = {name for name in names if name.partition(".")[0] in OURS}
    assert {"casebase.history", "initiatives", "references"} <= ours - desk
    assert [name for name in ours - desk if find_spec(f"{name}.admin")] == []


@pytest.mark.django_db
def test_the_menu_begins_with_what_curators_use_each_day():
    menu = Curator().client.get(reverse("admin:index")).context["app_list"]
    assert labels(menu) == [
        *("initiatives", "references", "taggit", "suggestions", "history", "upkeep"),
    ]
    menu = Administrator().client.get(reverse("admin:index")).context["app_list"]
    assert labels(menu) == ["accounts", "axes", "auth", "otp_totp"]
