"""The groups: what each may do at the desk, and what it must not."""

from importlib import import_module

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import RequestFactory
from django.urls import resolve
from django_otp.plugins.otp_totp.models import TOTPDevice
from taggit.models import Tag

from casebase.desk.accounts.models import Event
from casebase.desk.quality.models import Link, PersonLikeness, WorkLikeness
from casebase.desk.suggestions.models import Suggestion
from casebase.history.models import Edit
from initiatives.models import (
    PROXIES,
    Concept,
    Finding,
    Initiative,
    Organisation,
    Scheme,
)
from references.models import Person, Reference
from tests import factories
from tests.desk import Curator, form_values, page
from tests.groups import Keeper, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TERMS = set(PROXIES.values())
CASES = {Initiative, Finding}
WORKS = {Reference, Person}
CONTENT = {*CASES, *WORKS, *TERMS, Scheme, Organisation, Tag}
# And the terms of all schemes in one list, which is only read.
READ = {*CONTENT, Concept, Edit}
ALIKE = {WorkLikeness, PersonLikeness}
ACCOUNTS = {Event, AccessAttempt, TOTPDevice}
# Group → what it may do → with which records. The case is a draft, and no scheme is
# ever added.
MAY = {
    "Contributors": {
        "view": READ,
        "add": {*CASES, Organisation},
        "change": CASES,
        "delete": {Finding},
    },
    "Curators": {
        "view": {*READ, *ALIKE, Link, Suggestion},
        "add": {*CASES, *WORKS, Organisation, Tag},
        "change": {*CASES, *WORKS, *ALIKE, Organisation, Suggestion, Tag},
        "delete": CASES,
    },
    "Codebook keepers": {
        "view": READ,
        "add": TERMS,
        "change": {*TERMS, Scheme},
        "delete": set(),
    },
    "Administrators": {
        "view": {*ACCOUNTS, User, Group},
        "add": {User},
        "change": {User},
        "delete": {AccessAttempt, TOTPDevice},
    },
    "": {"view": set(), "add": set(), "change": set(), "delete": set()},
}
# Pages that Django's admin has for each model → how they are asked for.
PAGES = {
    "view": [("changelist", "get"), ("change", "get"), ("history", "get")],
    "add": [("add", "get"), ("add", "post")],
    "change": [("change", "post")],
    "delete": [("delete", "get"), ("delete", "post")],
}
OURS = {"initiatives", "references", "taggit", "auth"}


# Made where something happens, and by no form.
HAPPENED = {
    AccessAttempt: {"username": "ada", "failures_since_start": 1},
    Edit: {"act": "form"},
    Event: {"kind": "signed-in"},
    Link: {"address": "https://council.example/"},
}


def record_of(model):
    if model in HAPPENED:
        return model.objects.create(**HAPPENED[model])
    if model in ALIKE:
        one, other = (record_of(model.one.field.related_model) for _ in range(2))
        return model.objects.create(one=one, other=other)
    if model is TOTPDevice:
        return model.objects.create(user=User.objects.get(username="member"))
    if model in TERMS:
        return factories.ConceptFactory(scheme=model.scheme_slug)
    if model is Initiative:
        return factories.InitiativeFactory(status="draft")
    if model is Finding:
        return factories.FindingFactory(initiative__status="draft")
    if model in (User, Group, Tag):
        named = {"username": "ada"} if model is User else {"name": "ada"}
        return model.objects.create(**named)
    return getattr(factories, f"{model.__name__}Factory")()


def test_every_page_of_ours_is_tried():
    others = {*ALIKE, *ACCOUNTS, Link, Suggestion, User, Group}
    assert {*READ, *others} == set(admin.site._registry)


@pytest.mark.parametrize("group", MAY)
@pytest.mark.parametrize("action", PAGES)
def test_a_group_may_do_what_it_is_for_and_nothing_else(group, action):
    member_of(group)
    user, opened = User.objects.get(username="member"), set()
    for model in admin.site._registry:
        record = record_of(model)
        for name, method in PAGES[action]:
            keys = [record.pk] if name in ("change", "history", "delete") else []
            if lets_in(user, method, page(model, name, *keys)):
                opened.add(model)
    # The page of an edit only shows it, whatever is sent.
    only_shown = {Edit} if action == "change" else set()
    assert opened - only_shown == MAY[group][action]


def lets_in(user, method, address):
    """Whether a page answers this person; what it shows takes long and is not made."""
    request = getattr(RequestFactory(), method)(address)
    request.user, request._messages = user, CookieStorage(request)
    request.session = {}
    request._dont_enforce_csrf_checks = True
    view, args, kwargs = resolve(address)
    try:
        view(request, *args, **kwargs)
    except PermissionDenied:
        return False
    return True


def addresses(patterns, prefix=""):
    """Every address of the desk, with 1 where it takes a key."""
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_in_no_group_gets_in_nowhere(method):
    """But to their own account, and to what shows nothing."""
    open_to_all = {"", "autocomplete/", "jsi18n/", "login/", "logout/", "r/"}
    own = ("password_change/", "code/", "leave/", "second-factor/")
    client, walked = member_of(), set()
    for route in addresses(admin.site.get_urls()):
        if "<" not in route and route not in open_to_all and not route.startswith(own):
            address = f"/admin/{route}"
            walked.add(address)
            assert getattr(client, method)(address).status_code in (403, 404, 405)
    assert page(Initiative, "add") in walked


def test_a_keeper_sources_a_term_and_a_curator_only_reads_it():
    term, work = factories.ConceptFactory(), factories.ReferenceFactory()
    fields = {"sources-TOTAL_FORMS": 1, "sources-0-reference": work.pk}
    fields |= {"sources-0-via": "primary", "sources-0-position": 0}
    assert Keeper().change(term, fields).status_code == 302
    shown = form_values(Curator().open(term))
    assert "sources-0-via" not in shown
    assert "label" not in shown


# The migrations

CURATORS = import_module("initiatives.migrations.0002_curators")
GROUPS = import_module("initiatives.migrations.0004_groups")


def rights():
    """Group → permissions on what is ours to judge."""
    ours = Permission.objects.filter(content_type__app_label__in=OURS)
    return {
        group.name: set(ours.filter(group=group).values_list("codename", flat=True))
        for group in Group.objects.all()
    }


def test_the_migrations_go_back_and_forth():
    now, editor = rights(), connection.schema_editor()
    GROUPS.remove_groups(apps, editor)
    before = rights()
    assert before.keys() & MAY.keys() == {"Curators", "Administrators"}
    CURATORS.remove_group(apps, editor)
    for _ in range(2):
        CURATORS.create_group(apps, editor)
        # Its models have more permissions now than they had then.
        assert rights()["Curators"] >= before["Curators"]
    Group.objects.get(name="Curators").permissions.set(
        Permission.objects.filter(codename__in=before["Curators"])
    )
    for _ in range(2):
        GROUPS.create_groups(apps, editor)
        assert rights() == now


def test_who_is_a_curator_stays_one_and_can_still_change_terms():
    ada, editor = User.objects.create_user("ada"), connection.schema_editor()
    ada.groups.add(Group.objects.get(name="Curators"))
    GROUPS.remove_groups(apps, editor)
    GROUPS.create_groups(apps, editor)
    groups = ada.groups.values_list("name", flat=True)
    assert set(groups) == {"Curators", "Codebook keepers"}


def test_what_a_group_was_given_by_hand_it_keeps():
    editor = connection.schema_editor()
    odd = Permission.objects.get(codename="delete_tag")
    curators = Group.objects.get(name="Curators")
    curators.permissions.add(odd)
    GROUPS.remove_groups(apps, editor)
    GROUPS.create_groups(apps, editor)
    assert odd in curators.permissions.all()
