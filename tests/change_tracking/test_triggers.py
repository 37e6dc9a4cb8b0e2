"""Triggers note every write to the records, however it is made."""

import pytest
from django.db import connection, transaction
from django.db.models import F
from taggit.models import Tag

from casebase.change_tracking import triggers
from casebase.change_tracking.models import Counter, Touched
from casebase.change_tracking.staged_tables import ENGINES
from initiatives.loading import import_content
from initiatives.models import Concept, Finding, Initiative, Organisation
from references.models import Person, Reference
from tests.content.content_folder import EXAMPLE
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    FormerKeyFactory,
    FormerSlugFactory,
    InitiativeFactory,
    InvolvementFactory,
    ReferenceFactory,
    SchemeFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def others():
    """Other records, which no write of a test may touch."""
    FindingFactory(kind="barrier", strategies=[ConceptFactory(scheme="strategies")])
    InvolvementFactory()
    ContributionFactory()


def touched_by(write):
    """Return kind → set of the keys that a write touches."""
    Touched.objects.update(is_followed=True)
    before = Counter.objects.current()
    write()
    keys = Touched.objects.pending().by_kind()
    # PostgreSQL raises the version once in a transaction, here before ``write``.
    assert keys == {} or Counter.objects.current() >= before
    return {kind: set(found) for kind, found in keys.items()}


PARTS_OF_A_CASE = {
    "the case": lambda: InitiativeFactory(),
    "a finding": lambda: FindingFactory(sources=0).initiative,
    "a conflict": lambda: ConflictFactory().initiative,
    "a body": lambda: InvolvementFactory().initiative,
    "a work on it": lambda: DocumentationFactory().initiative,
    "an address it had": lambda: FormerSlugFactory().initiative,
    "a tag": lambda: InitiativeFactory(tags=["water"]),
    "the source of a finding": lambda: SourceFactory().finding.initiative,
    "the source of a conflict": lambda: (
        SourceFactory(conflict=ConflictFactory()).conflict.initiative
    ),
}


@pytest.mark.parametrize("part", PARTS_OF_A_CASE)
def test_adding_a_part_touches_the_case(part):
    case = PARTS_OF_A_CASE[part]()
    newest = Touched.objects.filter(kind="initiative").order_by("-key").first()
    assert newest.key == case.pk


@pytest.mark.parametrize(
    "part", ["findings", "conflicts", "involvements", "documentation", "former_slugs"]
)
def test_changing_or_deleting_a_part_touches_the_case(part):
    case = InitiativeFactory()
    FindingFactory(initiative=case)
    ConflictFactory(initiative=case)
    InvolvementFactory(initiative=case)
    DocumentationFactory(initiative=case)
    FormerSlugFactory(initiative=case)
    rows = getattr(case, part)
    touched = {"initiative": {case.pk}}
    if part == "findings":
        touched["finding"] = {case.findings.get().pk}
    assert touched_by(lambda: rows.update(id=F("id"))) == touched
    assert touched_by(lambda: rows.all().delete()) == touched


def test_moving_a_finding_touches_both_cases():
    finding, case = FindingFactory(), InitiativeFactory()
    rows = Finding.objects.filter(pk=finding.pk)
    assert touched_by(lambda: rows.update(initiative=case)) == {
        "initiative": {finding.initiative_id, case.pk},
        "finding": {finding.pk},
    }


def test_changing_a_case_touches_its_findings_and_what_it_has_besides_does_not():
    finding = FindingFactory()
    case = finding.initiative
    rows = Initiative.objects.filter(pk=case.pk)
    both = {"initiative": {case.pk}, "finding": {finding.pk}}
    assert touched_by(lambda: rows.update(status="draft")) == both
    assert touched_by(lambda: case.tags.add("water")) == {"initiative": {case.pk}}
    area = ConceptFactory(scheme="service-areas")
    assert touched_by(lambda: case.service_areas.add(area)) == {"initiative": {case.pk}}


def test_deleting_a_case_touches_it():
    case = InitiativeFactory(tags=["water"])
    key = case.pk
    assert touched_by(case.delete)["initiative"] == {key}


def test_sources_strategies_areas_and_tags_touch_their_case():
    area = ConceptFactory(scheme="service-areas")
    strategy = ConceptFactory(scheme="strategies")
    finding = FindingFactory(kind="barrier")
    case = finding.initiative
    only = {"initiative": {case.pk}}
    both = only | {"finding": {finding.pk}}
    assert touched_by(lambda: finding.strategies.add(strategy)) == both
    # Django has the database ignore a row that exists already.
    assert touched_by(lambda: finding.strategies.add(strategy)) in (both, {})
    assert touched_by(lambda: case.service_areas.add(area)) == only
    assert touched_by(lambda: case.service_areas.remove(area)) == only
    assert touched_by(lambda: finding.strategies.clear()) == both
    assert touched_by(lambda: finding.sources.update(locator="p. 3")) == both
    assert touched_by(lambda: case.tags.add("water")) == only


def test_changing_a_term_touches_the_cases_and_findings_that_use_it():
    barrier, strategy, area = (
        ConceptFactory(scheme=scheme)
        for scheme in ("barriers", "strategies", "service-areas")
    )
    findings = [
        FindingFactory(kind="barrier", concept=barrier),
        FindingFactory(kind="barrier", strategies=[strategy]),
    ]
    touched = [
        {"initiative": {finding.initiative_id}, "finding": {finding.pk}}
        for finding in findings
    ]
    touched.append({"initiative": {InitiativeFactory(service_areas=[area]).pk}})
    for concept, keys in zip((barrier, strategy, area), touched, strict=True):
        rows = Concept.objects.filter(pk=concept.pk)
        assert touched_by(lambda rows=rows: rows.update(label=F("slug"))) == {
            "concept": {concept.pk},
            **keys,
        }


def test_changing_an_organisation_or_a_tag_touches_its_cases():
    involvement = InvolvementFactory()
    # The case is touched once, although the organisation has two roles in it.
    InvolvementFactory(
        initiative=involvement.initiative,
        organisation=involvement.organisation,
        role="partner",
    )
    rows = Organisation.objects.filter(pk=involvement.organisation_id)
    assert touched_by(lambda: rows.update(name="Police")) == {
        "initiative": {involvement.initiative_id}
    }
    case = InitiativeFactory(tags=["water"])
    assert touched_by(lambda: Tag.objects.update(name="rivers")) == {
        "initiative": {case.pk}
    }


def test_people_titles_and_former_keys_touch_a_work():
    contribution = ContributionFactory()
    work = contribution.reference
    only = {"reference": {work.pk}}
    people = Person.objects.filter(pk=contribution.person_id)
    assert touched_by(lambda: people.update(family="Löffler")) == only
    works = Reference.objects.filter(pk=work.pk)
    assert touched_by(lambda: works.update(title="Other")) == only
    assert touched_by(lambda: FormerKeyFactory(reference=work)) == only
    assert touched_by(contribution.delete) == only
    key = work.pk
    assert touched_by(work.delete) == {"reference": {key}}


def test_citing_a_work_touches_the_finding_and_its_case_and_not_the_work():
    finding, work = FindingFactory(sources=0), ReferenceFactory()
    assert touched_by(lambda: SourceFactory(finding=finding, reference=work)) == {
        "initiative": {finding.initiative_id},
        "finding": {finding.pk},
    }


def test_sources_and_former_slugs_of_a_term_touch_it():
    concept, work = ConceptFactory(), ReferenceFactory()
    only = {"concept": {concept.pk}}
    assert touched_by(lambda: SourceFactory(concept=concept, reference=work)) == only
    assert touched_by(lambda: FormerSlugFactory(concept=concept)) == only
    assert touched_by(concept.sources.all().delete) == only


def test_a_write_in_plain_sql_is_noted():
    case = InitiativeFactory()
    with connection.cursor() as cursor:
        write = "UPDATE initiatives_initiative SET name = 'Other' WHERE id = %s"
        assert touched_by(lambda: cursor.execute(write, [case.pk])) == {
            "initiative": {case.pk}
        }


def test_what_is_written_without_triggers_is_not_noted():
    case = InitiativeFactory()
    rows = Initiative.objects.filter(pk=case.pk)

    def write():
        with ENGINES[connection.vendor].without_triggers():
            rows.update(summary="Other.")

    assert touched_by(write) == {}
    assert touched_by(lambda: rows.update(summary="More.")) == {"initiative": {case.pk}}


def test_reading_touches_nothing():
    before = Counter.objects.current()
    assert touched_by(lambda: list(Initiative.objects.with_case_details())) == {}
    assert Counter.objects.current() == before


def test_a_write_that_is_rolled_back_is_not_noted():
    def write_and_roll_back():
        with transaction.atomic():
            InitiativeFactory()
            transaction.set_rollback(True)

    before = Counter.objects.current()
    assert touched_by(write_and_roll_back) == {}
    assert Counter.objects.current() == before


def test_the_text_of_a_touched_record_names_it_and_its_version():
    case = InitiativeFactory()
    touched = Touched.objects.get(kind="initiative", key=case.pk)
    assert str(touched) == f"initiative {case.pk} at {Counter.objects.get()}"


@pytest.mark.django_db(transaction=True)
def test_each_transaction_raises_the_version():
    versions = [Counter.objects.current()]
    case = InitiativeFactory()
    for name in ("One", "Two", "Three"):
        Initiative.objects.filter(pk=case.pk).update(name=name)
        versions.append(Counter.objects.current())
        assert Touched.objects.since(versions[-2]).by_kind() == {
            "initiative": {case.pk}
        }
    SchemeFactory(slug="risks")
    versions.append(Counter.objects.current())
    assert versions == sorted(set(versions))
    assert not Touched.objects.since(versions[-2])


@pytest.mark.django_db(transaction=True)
def test_a_load_without_changes_does_not_raise_the_version():
    import_content(paths=[EXAMPLE])
    before = Counter.objects.current()
    import_content(paths=[EXAMPLE])
    assert Counter.objects.current() == before


def test_a_new_counter_starts_above_one_that_was_lost():
    before = Counter.objects.current()
    Counter.objects.all().delete()
    triggers.restart_tracking()
    assert Counter.objects.current() > before


def test_an_untracked_transaction_notes_nothing_and_restarts_tracking():
    before = Counter.objects.current()
    with triggers.untracked_transaction():
        assert touched_by(InitiativeFactory) == {}
    assert Counter.objects.get().told_since > before
    assert touched_by(InitiativeFactory)
