"""Who changed a record at the desk and why, and who may see this."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from casebase.history.models import Edit
from initiatives.models import Initiative
from tests.desk import Curator, admin_url
from tests.factories import ConceptFactory, InitiativeFactory, ReferenceFactory
from tests.group_members import CodebookKeeper
from tests.history.versions import last

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("add", "fields"),
    [
        (InitiativeFactory, {"summary": "Other"}),
        (ReferenceFactory, {"title": "Other"}),
        (ConceptFactory, {"definition": "Other"}),
    ],
)
def test_a_change_is_kept_with_who_and_why(add, fields):
    record = add()
    curator = CodebookKeeper() if add is ConceptFactory else Curator()
    curator.change(record, fields | {"why": "From the annual report."})
    edit = last(record).edit
    assert (edit.by.username, edit.act) == (curator.group, "form")
    assert edit.why == "From the annual report."


def test_a_note_alone_changes_nothing(curator, case):
    curator.change(case, {"why": "Nothing."})
    case.refresh_from_db()
    assert (last(case).number, case.revised_on) == (1, None)


def test_a_new_case_has_a_note_too(curator):
    curator.add(Initiative, {"name": "Surrey", "slug": "surrey", "why": "New."})
    assert Edit.objects.get().why == "New."


def test_who_only_looks_is_asked_for_no_note(case):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_initiative"))
    client = Client()
    client.force_login(reader)
    response = client.get(admin_url(case, "change", case.pk))
    assertNotContains(response, "What changed, and why")
    assertContains(client.get(admin_url(case, "history", case.pk)), "First version")
    address = f"{admin_url(case, 'restore', case.pk)}?version=1"
    assertNotContains(client.get(admin_url(case, "history", case.pk)), "Restore")
    assert client.get(address).status_code == 403
    work = ReferenceFactory()
    assert client.get(admin_url(work, "history", work.pk)).status_code == 403
