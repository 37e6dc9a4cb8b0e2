"""Contributors: they write drafts, and show readers nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from casebase.change_tracking.transactions import written_together
from casebase.history.models import Edit
from initiatives.models import Finding, Initiative, Organisation
from initiatives.sheet_serializers import case_sheet_of
from references.models import Reference
from tests.desk import Curator, new_finding, new_source, page
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    ReferenceFactory,
)
from tests.groups import Contributor, member_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["review", "published", "withdrawn"])
def test_a_contributor_changes_nothing_but_drafts(status):
    case = InitiativeFactory(status=status, status_note="Why.")
    finding = FindingFactory(initiative=case)
    contributor = Contributor()
    for record in (case, finding):
        for name in ("change", "delete"):
            address = page(record, name, record.pk)
            answer = contributor.client.post(address, {"post": "yes"})
            assert answer.status_code == 403
        assert contributor.open(record).status_code == 200


@pytest.fixture
def shown():
    """A public case with everything, and how its sheet reads."""
    case = InitiativeFactory()
    FindingFactory(initiative=case, kind="barrier", statement="They met.")
    InvolvementFactory(initiative=case)
    before = case_sheet_of(case)
    yield case
    assert case_sheet_of(Initiative.objects.get(pk=case.pk)) == before


def test_no_finding_of_a_contributor_comes_into_a_public_case(shown):
    contributor, work = Contributor(), ReferenceFactory()
    said = {"initiative": shown.pk, "statement": "Mine.", "kind": "outcome"}
    source = {"sources-0-reference": work.pk, "sources-0-via": "primary"}
    refused = contributor.add(Finding, said | source)
    assert "initiative" in refused.context["adminform"].form.errors
    mine = FindingFactory(initiative__status="draft")
    refused = contributor.change(mine, {"initiative": shown.pk})
    assert "initiative" in refused.context["adminform"].form.errors


def test_no_finding_of_a_public_case_is_taken_by_a_contributor(shown):
    contributor, [finding] = Contributor(), shown.findings.all()
    draft = FindingFactory(initiative__status="draft")
    sent = {"action": "delete_selected", "_selected_action": [finding.pk, draft.pk]}
    sent["post"] = "yes"
    answer = contributor.client.post(page(Finding, "changelist"), sent)
    assert answer.status_code == 403
    row = {"findings-TOTAL_FORMS": 1, "findings-0-id": finding.pk}
    row |= {"findings-INITIAL_FORMS": 1, "findings-0-statement": "Stolen."}
    contributor.change(draft.initiative, row)
    finding.refresh_from_db()
    assert finding.statement == "They met."


def test_no_body_of_a_contributor_takes_part_in_a_public_case(shown):
    contributor = Contributor()
    body = {"name": "Town of Weyhe", "involvements-TOTAL_FORMS": 1}
    body |= {"involvements-INITIAL_FORMS": 0, "involvements-0-role": "funder"}
    contributor.add(Organisation, body | {"involvements-0-initiative": shown.pk})
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


def test_works_and_terms_are_offered_to_who_may_choose_them_only():
    query = {"app_label": "initiatives", "model_name": "source"}
    query |= {"field_name": "reference", "term": ""}
    address = reverse("admin:autocomplete")
    assert Contributor().client.get(address, query).status_code == 200
    assert member_of().get(address, query).status_code == 403
    assert Client().get(address, query).status_code == 302


def test_the_way_to_add_a_work_is_shown_to_who_may():
    add, draft = page(Reference, "add"), InitiativeFactory(status="draft")
    assert f'href="{add}"' in Curator().open(draft).text
    assert f'href="{add}"' not in Contributor().open(draft).text


def test_a_public_case_that_was_deleted_is_not_brought_back_by_a_contributor(client):
    with written_together():
        case = InitiativeFactory()
    with written_together():
        case.delete()
    undo = reverse("admin:history_edit_undo", args=[Edit.objects.first().pk])
    assert Contributor().client.post(undo).status_code == 403
    assert client.get(case.get_absolute_url()).status_code == 410
    assert Curator().client.post(undo).status_code == 302
    assert client.get(case.get_absolute_url()).status_code == 200
