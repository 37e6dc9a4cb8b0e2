"""Contributors write drafts, and can’t change what readers see."""

import pytest
from django.test import Client
from django.urls import reverse

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Edit
from initiatives.models import Finding, Initiative, Organisation
from initiatives.sheet_serializers import case_sheet_of
from references.models import Reference
from tests.desk import Curator, admin_url, new_finding, new_source
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    ReferenceFactory,
)
from tests.group_members import Contributor, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("status", ["review", "published", "withdrawn"])
def test_a_contributor_can_only_change_drafts(status):
    case = InitiativeFactory(status=status, status_note="Why.")
    finding = FindingFactory(initiative=case)
    contributor = Contributor()
    for record in (case, finding):
        for name in ("change", "delete"):
            address = admin_url(record, name, record.pk)
            answer = contributor.client.post(address, {"post": "yes"})
            assert answer.status_code == 403
        assert contributor.open(record).status_code == 200


@pytest.fixture
def shown():
    """Return a public case, which the test must not change."""
    case = InitiativeFactory()
    FindingFactory(initiative=case, kind="barrier", statement="They met.")
    InvolvementFactory(initiative=case)
    before = case_sheet_of(case)
    yield case
    assert case_sheet_of(Initiative.objects.get(pk=case.pk)) == before


def test_a_contributor_can_not_move_a_finding_to_a_public_case(shown):
    contributor, work = Contributor(), ReferenceFactory()
    fields = {"initiative": shown.pk, "statement": "Mine.", "kind": "outcome"}
    source = {"sources-0-reference": work.pk, "sources-0-via": "primary"}
    response = contributor.add(Finding, fields | source)
    assert "initiative" in response.context["adminform"].form.errors
    mine = FindingFactory(initiative__status="draft")
    response = contributor.change(mine, {"initiative": shown.pk})
    assert "initiative" in response.context["adminform"].form.errors


def test_a_contributor_can_not_change_a_finding_of_a_public_case(shown):
    contributor, [finding] = Contributor(), shown.findings.all()
    draft = FindingFactory(initiative__status="draft")
    sent = {"action": "delete_selected", "_selected_action": [finding.pk, draft.pk]}
    sent["post"] = "yes"
    answer = contributor.client.post(admin_url(Finding, "changelist"), sent)
    assert answer.status_code == 403
    row = {"findings-TOTAL_FORMS": 1, "findings-0-id": finding.pk}
    row |= {"findings-INITIAL_FORMS": 1, "findings-0-statement": "Stolen."}
    contributor.change(draft.initiative, row)
    finding.refresh_from_db()
    assert finding.statement == "They met."


def test_a_contributor_can_not_add_an_organisation_to_a_public_case(shown):
    contributor = Contributor()
    fields = {"name": "Town of Weyhe", "involvements-TOTAL_FORMS": 1}
    fields |= {"involvements-INITIAL_FORMS": 0, "involvements-0-role": "funder"}
    contributor.add(Organisation, fields | {"involvements-0-initiative": shown.pk})
    assert Organisation.objects.filter(name="Town of Weyhe").exists()


def test_a_contributor_writes_a_whole_draft():
    contributor, work = Contributor(), ReferenceFactory()
    term = ConceptFactory(scheme="barriers")
    case = {"name": "Weyhe", "slug": "weyhe", "tags": "safety"}
    coded = {"kind": "barrier", "concept": term.pk, "direction": "mixed"}
    sent = case | new_finding(**coded) | new_source(work)
    assert contributor.add(Initiative, sent).status_code == 302
    finding = Finding.objects.get()
    assert (finding.concept, finding.initiative.status) == (term, "draft")
    deleted = {"findings-0-DELETE": "on"}
    assert contributor.change(finding.initiative, deleted).status_code == 302
    assert not Finding.objects.exists()


def test_works_are_suggested_only_to_users_who_may_choose_them():
    query = {"app_label": "initiatives", "model_name": "source"}
    query |= {"field_name": "reference", "term": ""}
    address = reverse("admin:autocomplete")
    assert Contributor().client.get(address, query).status_code == 200
    assert member_of().get(address, query).status_code == 403
    assert Client().get(address, query).status_code == 302


def test_the_link_to_add_a_work_is_shown_only_to_users_who_may():
    add, draft = admin_url(Reference, "add"), InitiativeFactory(status="draft")
    assert f'href="{add}"' in Curator().open(draft).text
    assert f'href="{add}"' not in Contributor().open(draft).text


def test_a_contributor_can_not_restore_a_deleted_public_case(client):
    with tracked_transaction():
        case = InitiativeFactory()
    with tracked_transaction():
        case.delete()
    undo = reverse("admin:history_edit_undo", args=[Edit.objects.first().pk])
    assert Contributor().client.post(undo).status_code == 403
    assert client.get(case.get_absolute_url()).status_code == 410
    assert Curator().client.post(undo).status_code == 302
    assert client.get(case.get_absolute_url()).status_code == 200
