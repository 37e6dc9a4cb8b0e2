"""Restoring a version of a record."""

import json
from datetime import date

import pytest

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Edit, Version
from casebase.history.restoring import restore
from initiatives.history.case_history import UNDELETED_NOTE
from initiatives.models import Concept, Finding, Initiative
from references.models import Reference
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.history.versions import content, refusal, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    with tracked_transaction():
        finding = FindingFactory(
            kind="barrier",
            statement="Neighbours wanted a security firm.",
            strategies=[ConceptFactory(scheme="strategies", slug="outreach")],
            initiative__slug="weyhe",
            initiative__summary="As it was.",
        )
    return finding.initiative


def change(record, **fields):
    with tracked_transaction():
        type(record).objects.filter(pk=record.pk).update(**fields)


def test_a_case_says_again_what_a_version_says(case):
    before, finding = content(case), case.findings.get()
    with tracked_transaction():
        finding.delete()
        Initiative.objects.update(summary="Other", name="Other")
    restore(version(case, 1), why="It was right.")
    assert content(case) == before | {"revised_on": date.today().isoformat()}
    assert case.findings.get().short_id == finding.short_id
    last = Version.objects.of("initiative", case.pk).first()
    assert (last.number, last.edit.act, last.edit.why) == (
        3,
        "restore",
        "It was right.",
    )


def test_a_version_from_before_there_were_these_keys_is_restored(case):
    first = version(case, 1)
    old = content(case)
    for key in ("settlement", "reach", "tagline"):
        del old[key]
    Version.objects.filter(pk=first.pk).update(content=json.dumps(old))
    change(case, summary="Other", settlement="town", tagline="Neighbours walk.")
    restore(version(case, 1), why="It was right.")
    case.refresh_from_db()
    assert case.summary == "As it was."
    # What the version does not speak of stays.
    assert (case.settlement, case.tagline) == ("town", "Neighbours walk.")


def test_modes_and_conflicts_come_back_with_their_sources():
    with tracked_transaction():
        mode = FindingFactory(kind="mode")
        conflict = ConflictFactory(initiative=mode.initiative)
        SourceFactory(conflict=conflict, via="")
    case = mode.initiative
    before = content(case)
    with tracked_transaction():
        case.findings.all().delete()
        case.conflicts.all().delete()
    restore(version(case, 1))
    assert content(case) == before | {"revised_on": date.today().isoformat()}


def test_a_restored_case_stays_where_it_stands(case):
    case.rename(slug="streetwatchers")
    with tracked_transaction():
        case.withdraw(reason="The council asked us to.")
    change(case, summary="Other")
    restore(version(case, 1))
    case.refresh_from_db()
    assert (case.slug, case.status, case.summary) == (
        "streetwatchers",
        "withdrawn",
        "As it was.",
    )
    assert case.revised_on is None


def test_what_a_case_says_already_is_not_restored(case):
    change(case, status="draft")
    assert "already" in refusal(restore, version(case, 1))
    assert Edit.objects.count() == 2


def test_works_and_terms_that_were_renamed_are_found(case):
    change(case, summary="Other")
    with tracked_transaction():
        Reference.objects.get().rename(key="other-key")
        Concept.objects.get(scheme="strategies").rename(slug="reaching-out")
    restore(version(case, 1))
    finding = case.findings.get()
    assert finding.sources.get().reference.key == "other-key"
    assert finding.strategies.get().slug == "reaching-out"


def test_what_is_gone_is_named(case):
    key = Reference.objects.get().key
    with tracked_transaction():
        Finding.objects.all().delete()
        Reference.objects.all().delete()
        Concept.objects.filter(scheme="barriers").delete()
    refused = refusal(restore, version(case, 1))
    assert f"The work “{key}” is gone." in refused
    assert "of barriers is gone." in refused
    assert not Finding.objects.exists()


def test_a_version_that_breaks_a_rule_of_today_is_refused(case):
    with tracked_transaction():
        draft = FindingFactory(sources=0, initiative__status="review").initiative
    with tracked_transaction():
        draft.findings.all().delete()
        draft.publish()
    assert "needs a source here" in refusal(restore, version(draft, 1))


@pytest.mark.parametrize(
    ("stood", "stands"),
    [
        ({"status": "draft"}, {"status": "draft"}),
        ({"status": "review"}, {"status": "draft"}),
        (
            {"status": "published", "published_on": date(2026, 1, 31)},
            {"status": "withdrawn", "status_note": UNDELETED_NOTE},
        ),
        (
            {"status": "withdrawn", "status_note": "Wrong place."},
            {"status": "withdrawn"},
        ),
    ],
)
def test_a_deleted_case_comes_back_unseen_under_its_key(case, stood, stands):
    with tracked_transaction():
        Initiative.objects.update(**stood)
    case.refresh_from_db()
    before, key = content(case), case.pk
    with tracked_transaction():
        case.delete()
    restore(Version.objects.of("initiative", key)[1])
    case = Initiative.objects.get(pk=key)
    assert content(case) == before | stands
    assert Version.objects.of("initiative", key).first().number == 4


def test_a_deleted_case_has_its_earlier_addresses_again(case):
    with tracked_transaction():
        case.rename(slug="streetwatchers")
        FormerSlugFactory(initiative=case, slug="taken")
    latest, key = version(case, 2), case.pk
    with tracked_transaction():
        case.delete()
    with tracked_transaction():
        InitiativeFactory(slug="taken")
    restore(latest)
    case = Initiative.objects.get(pk=key)
    assert case.slug == "streetwatchers"
    assert [former.slug for former in case.former_slugs.all()] == ["weyhe"]


def test_a_deletion_can_not_be_restored(case):
    key = case.pk
    with tracked_transaction():
        case.delete()
    end = Version.objects.of("initiative", key).first()
    assert "deleted" in refusal(restore, end)


def test_a_case_does_not_come_back_over_another(case):
    first = version(case, 1)
    with tracked_transaction():
        case.delete()
    with tracked_transaction():
        other = InitiativeFactory(slug="weyhe", summary="Mine.")
    assert "“weyhe” is or was the address" in refusal(restore, first)
    assert Initiative.objects.get() == other


def test_a_work_says_again_what_a_version_says():
    with tracked_transaction():
        contribution = ContributionFactory(person__family="Löffler")
        work = contribution.reference
        Reference.objects.update(correction="The year is wrong.", note="Odd.")
    before = content(work)
    with tracked_transaction():
        contribution.delete()
        Reference.objects.update(title="Other", correction="", volume="7", note="")
        work.refresh_from_db()
        work.rename(key="other")
    restore(version(work, 1))
    custom = {"correction": "The year is wrong.", "former-keys": [before["id"]]}
    assert content(work) == before | {"id": "other", "custom": custom}


def test_a_work_without_a_remark_says_none_again():
    with tracked_transaction():
        work = ReferenceFactory()
    before = content(work)
    change(work, correction="The year is wrong.")
    restore(version(work, 1))
    assert content(work) == before
    assert "already" in refusal(restore, version(work, 1))


def test_a_deleted_work_keeps_the_day_on_which_it_came():
    with tracked_transaction():
        work = ReferenceFactory(added_on=date(2020, 5, 21))
    before, key = content(work), work.pk
    with tracked_transaction():
        work.delete()
    restore(Version.objects.get(key=key, number=1))
    assert content(Reference.objects.get(pk=key)) == before


def test_a_term_says_again_what_a_version_says():
    with tracked_transaction():
        broader = ConceptFactory(slug="trust")
        term = ConceptFactory(broader=broader, questions=["Who mistrusts whom?"])
        SourceFactory(concept=Concept.objects.get(pk=term.pk))
    before = content(term)
    with tracked_transaction():
        broader.rename(slug="confidence")
        Concept.objects.filter(pk=term.pk).update(broader=None, questions=[])
        Concept.objects.get(pk=term.pk).sources.all().delete()
    restore(version(term, 1))
    assert content(term) == before | {"broader": "confidence"}


def test_what_a_version_of_a_term_leaves_out_is_emptied():
    with tracked_transaction():
        term = ConceptFactory(scheme="barriers", definition="As it was.")
    before = content(term)
    change(term, synonyms=["distrust"], hidden_labels=["no trust"])
    restore(version(term, 1))
    term = Concept.objects.get(pk=term.pk)
    assert (term.synonyms, term.hidden_labels) == ([], [])
    assert content(term) == before
    assert "says this already" in refusal(restore, version(term, 1))


def test_a_term_whose_broader_term_is_gone_is_refused():
    with tracked_transaction():
        term = ConceptFactory(broader=ConceptFactory(slug="trust"))
    change(term, broader=None)
    with tracked_transaction():
        Concept.objects.filter(slug="trust").delete()
    assert "“trust” is not a term of this scheme" in refusal(restore, version(term, 1))
