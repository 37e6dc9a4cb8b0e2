"""Every write to the records is noted, whoever makes it and however."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F
from taggit.models import Tag

from casebase.change_tracking import triggers
from casebase.change_tracking.models import Counter, Touched
from casebase.change_tracking.tracked_tables import tracked, tracked_tables
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
    """Records that nothing here is about."""
    FindingFactory(kind="barrier", strategies=[ConceptFactory(scheme="strategies")])
    InvolvementFactory()
    ContributionFactory()


def touched_by(write):
    """Kind → keys that a write touches, of what was followed before it."""
    Touched.objects.update(is_followed=True)
    before = Counter.objects.current()
    write()
    keys = Touched.objects.unfollowed().by_kind()
    # Within one transaction PostgreSQL raises the version once, and that was before.
    assert keys == {} or Counter.objects.current() >= before
    return {kind: set(found) for kind, found in keys.items()}


# Who decided what on a case, and links to it while it is not public.
UNSEEN = {"initiatives_statuschange", "initiatives_previewlink"}


def test_every_table_that_readers_see_is_tracked():
    assert {table for _, table in triggers.laid(connection)} == set(tracked_tables())
    models = [
        model
        for app in ("initiatives", "references")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    own = {model._meta.db_table for model in models} - UNSEEN
    assert set(tracked_tables()) == own | {"taggit_tag"}


def test_a_kind_of_record_is_registered_once():
    with pytest.raises(ValueError, match="initiative is registered already"):
        tracked.register(Initiative, {})


OF_A_CASE = {
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


@pytest.mark.parametrize("part", OF_A_CASE)
def test_what_is_added_to_a_case_touches_it(part):
    case = OF_A_CASE[part]()
    newest = Touched.objects.filter(kind="initiative").order_by("-key").first()
    assert newest.key == case.pk


@pytest.mark.parametrize(
    "part", ["findings", "conflicts", "involvements", "documentation", "former_slugs"]
)
def test_what_is_changed_or_taken_off_a_case_touches_it(part):
    case = InitiativeFactory()
    FindingFactory(initiative=case)
    ConflictFactory(initiative=case)
    InvolvementFactory(initiative=case)
    DocumentationFactory(initiative=case)
    FormerSlugFactory(initiative=case)
    rows = getattr(case, part)
    assert touched_by(lambda: rows.update(id=F("id"))) == {"initiative": {case.pk}}
    assert touched_by(lambda: rows.all().delete()) == {"initiative": {case.pk}}


def test_what_moves_from_one_case_to_another_touches_both():
    finding, case = FindingFactory(), InitiativeFactory()
    rows = Finding.objects.filter(pk=finding.pk)
    assert touched_by(lambda: rows.update(initiative=case)) == {
        "initiative": {finding.initiative_id, case.pk}
    }


def test_a_deleted_case_is_touched():
    case = InitiativeFactory(tags=["water"])
    key = case.pk
    assert touched_by(case.delete)["initiative"] == {key}


def test_sources_strategies_and_areas_touch_their_case():
    area = ConceptFactory(scheme="service-areas")
    strategy = ConceptFactory(scheme="strategies")
    finding = FindingFactory(kind="barrier")
    case = finding.initiative
    only = {"initiative": {case.pk}}
    assert touched_by(lambda: finding.strategies.add(strategy)) == only
    # The database is told to ignore what is there already.
    assert touched_by(lambda: finding.strategies.add(strategy)) in (only, {})
    assert touched_by(lambda: case.service_areas.add(area)) == only
    assert touched_by(lambda: case.service_areas.remove(area)) == only
    assert touched_by(lambda: finding.strategies.clear()) == only
    assert touched_by(lambda: finding.sources.update(locator="p. 3")) == only
    assert touched_by(lambda: case.tags.add("water")) == only


def test_a_term_touches_the_cases_that_have_it():
    barrier, strategy, area = (
        ConceptFactory(scheme=scheme)
        for scheme in ("barriers", "strategies", "service-areas")
    )
    findings = [
        FindingFactory(kind="barrier", concept=barrier),
        FindingFactory(kind="barrier", strategies=[strategy]),
    ]
    keys = [finding.initiative_id for finding in findings]
    keys.append(InitiativeFactory(service_areas=[area]).pk)
    for concept, key in zip((barrier, strategy, area), keys, strict=True):
        rows = Concept.objects.filter(pk=concept.pk)
        assert touched_by(lambda rows=rows: rows.update(label=F("slug"))) == {
            "concept": {concept.pk},
            "initiative": {key},
        }


def test_a_body_and_a_tag_touch_the_cases_that_have_them():
    involvement = InvolvementFactory()
    # Once, though it stands in two roles.
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


def test_works_are_touched_by_their_own_rows():
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


def test_a_use_of_a_work_touches_the_case_and_not_the_work():
    finding, work = FindingFactory(sources=0), ReferenceFactory()
    assert touched_by(lambda: SourceFactory(finding=finding, reference=work)) == {
        "initiative": {finding.initiative_id}
    }


def test_the_sources_and_earlier_addresses_of_a_term_touch_it():
    concept, work = ConceptFactory(), ReferenceFactory()
    only = {"concept": {concept.pk}}
    assert touched_by(lambda: SourceFactory(concept=concept, reference=work)) == only
    assert touched_by(lambda: FormerSlugFactory(concept=concept)) == only
    assert touched_by(concept.sources.all().delete) == only


def test_a_write_past_django_is_noted_too():
    case = InitiativeFactory()
    with connection.cursor() as cursor:
        write = "UPDATE initiatives_initiative SET name = 'Other' WHERE id = %s"
        assert touched_by(lambda: cursor.execute(write, [case.pk])) == {
            "initiative": {case.pk}
        }


def test_reading_touches_nothing():
    before = Counter.objects.current()
    assert touched_by(lambda: list(Initiative.objects.with_case_details())) == {}
    assert Counter.objects.current() == before


def test_what_is_taken_back_was_never_noted():
    def in_vain():
        with transaction.atomic():
            InitiativeFactory()
            transaction.set_rollback(True)

    before = Counter.objects.current()
    assert touched_by(in_vain) == {}
    assert Counter.objects.current() == before


def test_what_is_touched_is_named_with_the_version_that_is_reached():
    case = InitiativeFactory()
    touched = Touched.objects.get(kind="initiative", key=case.pk)
    assert str(touched) == f"initiative {case.pk} at {Counter.objects.get()}"


@pytest.mark.django_db(transaction=True)
def test_each_transaction_raises_the_version():
    seen = [Counter.objects.current()]
    case = InitiativeFactory()
    for name in ("One", "Two", "Three"):
        Initiative.objects.filter(pk=case.pk).update(name=name)
        seen.append(Counter.objects.current())
        assert Touched.objects.since(seen[-2]).by_kind() == {"initiative": {case.pk}}
    SchemeFactory(slug="risks")
    seen.append(Counter.objects.current())
    assert seen == sorted(set(seen))
    assert not Touched.objects.since(seen[-2])


@pytest.mark.django_db(transaction=True)
def test_a_load_that_changes_nothing_raises_no_version():
    import_content(paths=[EXAMPLE])
    before = Counter.objects.current()
    import_content(paths=[EXAMPLE])
    assert Counter.objects.current() == before


def test_migrations_run_without_triggers_and_get_them_back():
    before = Counter.objects.get()
    triggers.before_migrations(using="default")
    assert triggers.laid(connection) == []
    triggers.after_migrations(using="default", plan=["a migration"])
    assert touched_by(InitiativeFactory)
    after = Counter.objects.get()
    # What the migration did was not noted.
    assert after.told_since > before.version


def test_migrating_when_there_is_nothing_to_do_begins_nothing_anew():
    before = Counter.objects.get()
    triggers.after_migrations(using="default", plan=[])
    assert Counter.objects.get().told_since == before.told_since
    assert touched_by(InitiativeFactory)


def test_a_database_without_the_counter_gets_no_triggers():
    triggers.before_migrations(using="default")
    table = Counter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO not_there_yet")
        triggers.after_migrations(using="default", plan=[])
        cursor.execute(f"ALTER TABLE not_there_yet RENAME TO {table}")
    assert triggers.laid(connection) == []


def test_a_counter_that_is_lost_starts_above_the_one_it_was():
    before = Counter.objects.current()
    Counter.objects.all().delete()
    triggers.begin_anew()
    assert Counter.objects.current() > before


def test_much_can_be_written_unnoted():
    before = Counter.objects.current()
    with triggers.unnoted():
        assert touched_by(InitiativeFactory) == {}
    assert Counter.objects.get().told_since > before
    assert touched_by(InitiativeFactory)
