"""Undoing an edit as a whole."""

import pytest
from django.core.management import call_command

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Edit, Version
from casebase.history.undoing import undo
from initiatives.history.case_history import UNPUBLISHED_NOTE
from initiatives.models import Concept, Finding, Initiative, Source
from references.models import FormerKey, Reference
from tests.content.content_folder import EXAMPLE
from tests.factories import (
    ConceptFactory,
    DocumentationFactory,
    FindingFactory,
    FormerKeyFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.history.versions import content, refusal
from tests.today import TODAY

pytestmark = pytest.mark.django_db


def last_edit():
    return Edit.objects.first()


@pytest.fixture
def finding():
    with tracked_transaction():
        return FindingFactory(initiative__slug="weyhe", initiative__summary="Before.")


def test_every_record_goes_back_to_how_it_was(finding):
    case, work = finding.initiative, Reference.objects.get()
    before, works_before = content(case), content(work)
    with tracked_transaction():
        Initiative.objects.update(summary="After.", country="NL")
        Finding.objects.update(statement="After.")
        Reference.objects.update(title="After")
    edit = last_edit()
    assert undo(edit, why="A slip.") == []
    assert content(case) == before | {"revised_on": TODAY}
    assert content(work) == works_before
    undone = last_edit()
    assert (undone.act, undone.why, undone.undoes) == ("undo", "A slip.", edit)


def test_an_undone_edit_can_be_done_again(finding):
    with tracked_transaction():
        Initiative.objects.update(summary="After.")
    undo(last_edit())
    undo(last_edit())
    assert Initiative.objects.get().summary == "After."
    assert [edit.act for edit in Edit.objects.all()[:2]] == ["undo", "undo"]


def test_what_was_changed_since_is_named_and_nothing_is_undone(finding):
    with tracked_transaction():
        other = InitiativeFactory(slug="surrey", summary="Before.")
    with tracked_transaction():
        Initiative.objects.update(summary="After.")
    edit = last_edit()
    with tracked_transaction():
        Initiative.objects.filter(pk=other.pk).update(summary="Later.")
    assert refusal(undo, edit) == "“surrey” was changed since: it has version 3 now."
    assert set(Initiative.objects.values_list("summary", flat=True)) == {
        "After.",
        "Later.",
    }


def test_an_edit_is_undone_once(finding):
    with tracked_transaction():
        Initiative.objects.update(summary="After.")
    edit = last_edit()
    undo(edit)
    assert "“weyhe” was changed since" in refusal(undo, edit)


def test_what_was_there_before_the_history_is_not_undone(finding):
    Edit.objects.update(act="beginning")
    assert "before the history" in refusal(undo, last_edit())
    assert Initiative.objects.exists()


def test_drafts_works_and_terms_that_an_import_created_are_deleted():
    with tracked_transaction():
        FindingFactory(
            kind="barrier",
            initiative__status="draft",
            concept=ConceptFactory(broader=ConceptFactory()),
            strategies=[ConceptFactory(scheme="strategies")],
        )
    undo(last_edit())
    assert not Initiative.objects.exists()
    assert not Concept.objects.exists()
    assert not Reference.objects.exists()
    assert Version.objects.latest().filter(content="").count() == 5


def test_what_readers_saw_is_withdrawn_and_keeps_what_it_rests_on(finding):
    assert undo(last_edit()) == [
        f"“{finding.initiative}” stays, withdrawn.",
        f"“{Reference.objects.get()}” stays, for others use it.",
    ]
    case = Initiative.objects.get()
    assert (case.status, case.status_note) == ("withdrawn", UNPUBLISHED_NOTE)
    undo(last_edit())
    assert Initiative.objects.get().status == "published"


def test_a_draft_that_an_edit_published_is_withdrawn():
    with tracked_transaction():
        case = InitiativeFactory(status="review")
    with tracked_transaction():
        case.publish()
    undo(last_edit())
    case.refresh_from_db()
    assert (case.status, case.status_note) == ("withdrawn", UNPUBLISHED_NOTE)


def test_a_withdrawal_is_undone(finding):
    with tracked_transaction():
        finding.initiative.withdraw(reason="By mistake.")
    undo(last_edit())
    case = Initiative.objects.get()
    assert (case.status, case.status_note) == ("published", "")


def test_a_case_that_can_not_be_withdrawn_is_named():
    with tracked_transaction():
        InitiativeFactory(name="Weyhe", slug="not a slug")
    assert "“Weyhe”: " in refusal(undo, last_edit())
    assert Initiative.objects.get().status == "published"


def test_works_and_terms_that_others_use_by_now_stay():
    with tracked_transaction():
        terms = {s: ConceptFactory(scheme=s) for s in ("strategies", "service-areas")}
        broader, barrier = ConceptFactory(), ConceptFactory()
        used, listed, free = ReferenceFactory.create_batch(3)
    edit = last_edit()
    finding = FindingFactory(
        kind="barrier",
        concept=barrier,
        sources=0,
        strategies=[terms["strategies"]],
        initiative__service_areas=[terms["service-areas"]],
    )
    SourceFactory(finding=finding, reference=used)
    DocumentationFactory(initiative=finding.initiative, reference=listed)
    ConceptFactory(broader=broader)
    assert len(undo(edit)) == 6
    assert set(Reference.objects.all()) == {used, listed}
    assert Concept.objects.count() == 5
    assert free not in Reference.objects.all()


def test_a_rename_is_undone_and_both_addresses_stay(finding):
    case = finding.initiative
    with tracked_transaction():
        case.rename(slug="streetwatchers")
    undo(last_edit())
    case.refresh_from_db()
    assert case.slug == "weyhe"
    assert case.former_slugs.get().slug == "streetwatchers"


def test_a_deleted_earlier_address_comes_back():
    with tracked_transaction():
        former = FormerKeyFactory(key="old")
    with tracked_transaction():
        former.delete()
    undo(last_edit())
    assert FormerKey.objects.get().key == "old"


def merge_works(goes, stays):
    """Move the uses, the key and the former keys, as merges do."""
    with tracked_transaction(action="merge"):
        Source.objects.filter(reference=goes).update(reference=stays)
        goes.former_keys.update(reference=stays)
        goes.delete()
        stays.former_keys.create(key=goes.key)


def test_a_merge_of_works_is_undone_and_done_again(finding):
    case, goes = finding.initiative, Reference.objects.get()
    with tracked_transaction():
        FormerKeyFactory(key="older", reference=goes)
        stays = ReferenceFactory()
    records = [case, goes, stays]
    key, before = goes.pk, [content(record) for record in records]
    merge_works(goes, stays)
    merged = content(case)
    assert finding.sources.get().reference == stays
    assert undo(last_edit()) == []
    goes.pk = key
    before[0] |= {"revised_on": TODAY}
    assert [content(record) for record in records] == before
    undo(last_edit())
    assert content(case) == merged | {"revised_on": TODAY}
    assert Reference.objects.get() == stays
    assert {former.key for former in stays.former_keys.all()} == {goes.key, "older"}


def test_a_merge_of_terms_is_undone():
    with tracked_transaction():
        finding = FindingFactory(kind="barrier", initiative__status="draft")
        stays = ConceptFactory()
    goes = finding.concept
    before = content(finding.initiative)
    with tracked_transaction(action="merge"):
        Finding.objects.update(concept=stays)
        slug = goes.slug
        goes.delete()
        stays.former_slugs.create(slug=slug)
    undo(last_edit())
    assert content(finding.initiative) == before
    assert Concept.objects.get(slug=slug).former_slugs.count() == 0


def test_a_load_of_all_there_is_is_undone():
    call_command("load_content", EXAMPLE, verbosity=0)
    published = Initiative.objects.published().count()
    stays = undo(last_edit())
    assert Initiative.objects.published().count() == 0
    assert Initiative.objects.filter(status="review").count() == 0
    assert Initiative.objects.withdrawn().count() == len(
        [sentence for sentence in stays if "withdrawn" in sentence]
    )
    call_command("load_content", EXAMPLE, verbosity=0)
    assert Initiative.objects.published().count() == published > 0
