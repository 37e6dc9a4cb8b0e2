"""The permissions of groups: what each may do at the desk, and nothing else."""

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
from casebase.jobs.models import Job
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
from tests.desk import Curator, admin_url, form_values
from tests.group_members import CodebookKeeper, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TERMS = set(PROXIES.values())
CASES = {Initiative, Finding}
WORKS = {Reference, Person}
CONTENT = {*CASES, *WORKS, *TERMS, Scheme, Organisation, Tag}
# Also Concept, the list of all terms, which is read-only.
READ = {*CONTENT, Concept, Edit}
ALIKE = {WorkLikeness, PersonLikeness}
ACCOUNTS = {Event, AccessAttempt, TOTPDevice}
# Group → action → models. The case is a draft; schemes can't be added.
ALLOWED = {
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
# Action → names and methods of admin pages. Deletion is last, since it is carried out.
PAGES = {
    "view": [("changelist", "get"), ("change", "get"), ("history", "get")],
    "add": [("add", "get"), ("add", "post")],
    "change": [("change", "post")],
    "delete": [("delete", "get"), ("delete", "post")],
}
OURS = {"initiatives", "references", "taggit", "auth"}


# Records of these models are created by events, not by a form.
EVENTS = {
    AccessAttempt: {"username": "ada", "failures_since_start": 1},
    Edit: {"act": "form"},
    Event: {"kind": "signed-in"},
    Job: {"title": "A list"},
    Link: {"address": "https://council.example/"},
}


def create_record(model):
    if model in EVENTS:
        return model.objects.create(**EVENTS[model])
    if model in ALIKE:
        one, other = (create_record(model.one.field.related_model) for _ in range(2))
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


def test_all_registered_models_are_tested():
    others = {*ALIKE, *ACCOUNTS, Job, Link, Suggestion, User, Group}
    assert {*READ, *others} == set(admin.site._registry)


@pytest.mark.parametrize("group", ALLOWED)
def test_a_group_can_open_only_its_pages(group):
    member_of(group)
    user = User.objects.get(username="member")
    records = {model: create_record(model) for model in admin.site._registry}
    opened = {
        action: {
            model
            for model, record in records.items()
            if any(lets_in(user, page, model, record.pk) for page in pages)
        }
        for action, pages in PAGES.items()
    }
    # The page of an edit is read-only, also if a form is sent to it.
    opened["change"].discard(Edit)
    assert opened == ALLOWED[group]


def lets_in(user, page, model, key):
    """Whether the user may open a page. It is not rendered, which would take long."""
    name, method = page
    keys = [key] if name in ("change", "history", "delete") else []
    address = admin_url(model, name, *keys)
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
    """Yield every route of the desk."""
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_in_no_group_can_open_only_their_account(method):
    """They can also open pages without content, such as the log-out."""
    open_to_all = {"", "autocomplete/", "jsi18n/", "login/", "logout/", "r/"}
    own = ("password_change/", "code/", "leave/", "second-factor/")
    client, walked = member_of(), set()
    for route in addresses(admin.site.get_urls()):
        if "<" not in route and route not in open_to_all and not route.startswith(own):
            address = f"/admin/{route}"
            walked.add(address)
            assert getattr(client, method)(address).status_code in (403, 404, 405)
    assert admin_url(Initiative, "add") in walked


def test_keepers_can_add_sources_to_terms_and_curators_can_not():
    term, work = factories.ConceptFactory(), factories.ReferenceFactory()
    fields = {"sources-TOTAL_FORMS": 1, "sources-0-reference": work.pk}
    fields |= {"sources-0-via": "primary", "sources-0-position": 0}
    assert CodebookKeeper().change(term, fields).status_code == 302
    shown = form_values(Curator().open(term))
    assert "sources-0-via" not in shown
    assert "label" not in shown


# The migrations

CURATORS = import_module("initiatives.migrations.0002_curators")
GROUPS = import_module("initiatives.migrations.0004_groups")
RELATED = import_module("initiatives.migrations.0013_related_terms_at_the_desk")


def permissions():
    """Return group → codenames of permissions for our apps."""
    ours = Permission.objects.filter(content_type__app_label__in=OURS)
    return {
        group.name: set(ours.filter(group=group).values_list("codename", flat=True))
        for group in Group.objects.all()
    }


def test_the_migrations_can_be_reversed():
    now, editor = permissions(), connection.schema_editor()
    GROUPS.remove_groups(apps, editor)
    before = permissions()
    assert before.keys() & ALLOWED.keys() == {"Curators", "Administrators"}
    CURATORS.remove_group(apps, editor)
    for _ in range(2):
        CURATORS.create_group(apps, editor)
        # The models have more permissions now than when the migration was written.
        assert permissions()["Curators"] >= before["Curators"]
    Group.objects.get(name="Curators").permissions.set(
        Permission.objects.filter(codename__in=before["Curators"])
    )
    for _ in range(2):
        GROUPS.create_groups(apps, editor)
        RELATED.give(apps, editor)
        assert permissions() == now
    RELATED.take(apps, editor)
    assert not Permission.objects.filter(
        codename__endswith="_relatedterm", group__isnull=False
    )


def test_curators_stay_curators_and_become_keepers():
    ada, editor = User.objects.create_user("ada"), connection.schema_editor()
    ada.groups.add(Group.objects.get(name="Curators"))
    GROUPS.remove_groups(apps, editor)
    GROUPS.create_groups(apps, editor)
    groups = ada.groups.values_list("name", flat=True)
    assert set(groups) == {"Curators", "Codebook keepers"}


def test_permissions_added_by_administrators_stay():
    editor = connection.schema_editor()
    odd = Permission.objects.get(codename="delete_tag")
    curators = Group.objects.get(name="Curators")
    curators.permissions.add(odd)
    GROUPS.remove_groups(apps, editor)
    GROUPS.create_groups(apps, editor)
    assert odd in curators.permissions.all()
