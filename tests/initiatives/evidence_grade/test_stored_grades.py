"""The grades in the database follow what they rest on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casebase.change_tracking.models import Touched
from casebase.change_tracking.transactions import (
    tracked_transaction,
    update_derived_data,
)
from casebase.desk.quality import derived_updates
from casebase.desk.quality.derived_updates import rebuild_derived
from initiatives.evidence_grade.stored_grades import update_grades
from initiatives.models import Finding, Initiative
from tests.factories import (
    ConflictFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def add_source(finding, standing, *, family=None, via="primary", **values):
    """Add a source of 2015 in a work by somebody with this name; return its work."""
    work = ReferenceFactory(**{"type": "book", "issued_year": 2015} | values)
    ContributionFactory(
        reference=work, person=PersonFactory(**{"family": family} if family else {})
    )
    SourceFactory(finding=finding, reference=work, via=via)
    DocumentationFactory(
        initiative=finding.initiative, reference=work, standing=standing
    )
    return work


@pytest.fixture
def finding():
    """Return an outcome that an insider and an independent author tell of."""
    finding = FindingFactory(sources=0)
    add_source(finding, "insider", family="Baker")
    add_source(finding, "independent", family="Smith")
    return finding


def stored(finding):
    update_derived_data()
    finding.refresh_from_db()
    return finding.grade, finding.levels_to_gain


def test_a_grade_is_stored_with_what_it_lacks(finding):
    assert stored(finding) == (2, 0)
    finding.sources.last().delete()
    assert stored(finding) == (0, 2)


def test_who_speaks_is_relative_to_the_case(finding):
    finding.initiative.documentation.filter(standing="independent").update(
        standing="official"
    )
    assert stored(finding) == (1, 1)


def test_the_author_of_a_work_decides_whether_voices_are_separate(finding):
    assert stored(finding) == (2, 0)
    other = finding.sources.last().reference
    baker = finding.sources.first().reference.contributions.get().person
    other.contributions.update(person=baker)
    assert stored(finding) == (1, 1)


def test_the_year_of_a_work_decides_whether_it_is_recent(finding):
    for source in finding.sources.all():
        source.reference.issued_year = 2001
        source.reference.save()
    assert stored(finding) == (1, 1)


def test_initials_and_full_names_are_the_same_author(finding):
    work = finding.sources.last().reference
    work.contributions.all().delete()
    for given, other in (("Elke", "E."), ("elke", "Ernst")):
        person = PersonFactory(family="Löffler", given=given)
        ContributionFactory(reference=work, person=person)
        twin = PersonFactory(family="LÖFFLER", given=other)
        first = finding.sources.first().reference
        first.contributions.all().delete()
        ContributionFactory(reference=first, person=twin)
        assert stored(finding) == (1, 1)


def test_editors_are_nobody_where_there_are_authors(finding):
    editor = PersonFactory(family="Editor")
    works = [source.reference for source in finding.sources.all()]
    for work in works:
        ContributionFactory(reference=work, person=editor, role="editor")
    assert stored(finding) == (2, 0)
    for work in works:
        work.contributions.filter(role="author").delete()
    assert stored(finding) == (1, 1)


def test_who_publishes_a_report_speaks_in_it(finding):
    works = [source.reference for source in finding.sources.all()]
    publishers = ["The KeyRing", "Council of Lambeth and KeyRing"]
    for work, publisher in zip(works, publishers, strict=True):
        work.publisher = publisher
        work.save()
    assert stored(finding) == (2, 0)
    for work in works:
        work.type = "report"
        work.save()
    assert stored(finding) == (1, 1)


def test_a_body_is_an_author_like_a_person(finding):
    body = PersonFactory(family="", literal="KeyRing")
    work = finding.sources.first().reference
    work.contributions.update(person=body)
    other = finding.sources.last().reference
    other.type, other.container_title = "webpage", "keyring"
    other.save()
    assert stored(finding) == (1, 1)


def test_an_open_conflict_on_the_point_costs_a_level(finding):
    conflict = ConflictFactory(initiative=finding.initiative)
    assert stored(finding) == (2, 0)
    conflict.findings.add(finding)
    assert stored(finding) == (1, 0)
    conflict.is_settled = True
    conflict.save()
    assert stored(finding) == (2, 0)


def test_a_work_is_read_if_one_of_its_places_is():
    finding = FindingFactory(sources=0)
    work = add_source(finding, "independent", via="secondary")
    assert stored(finding) == (0, 1)
    SourceFactory(finding=finding, reference=work, locator="p. 3")
    assert stored(finding) == (1, 1)


def test_a_figure_needs_its_period(finding):
    Finding.objects.update(figure_value=3, figure_unit="people")
    assert stored(finding) == (1, 0)
    Finding.objects.update(figure_period="2014")
    assert stored(finding) == (2, 0)


def test_a_grade_that_the_editors_set_stays(finding):
    Finding.objects.update(grade_override=0, grade_note="The study was withdrawn.")
    assert stored(finding) == (0, 0)


def test_others_see_the_grade_with_the_change():
    with tracked_transaction():
        finding = FindingFactory(sources=0)
        add_source(finding, "independent")
    assert Finding.objects.get().grade == 1


def test_the_grades_can_be_rebuilt(finding):
    update_derived_data()
    Finding.objects.update(grade=0, levels_to_gain=1)
    Touched.objects.update(is_followed=True)
    rebuild_derived()
    finding.refresh_from_db()
    assert (finding.grade, finding.levels_to_gain) == (2, 0)
    assert not Touched.objects.pending().exists()


@pytest.mark.django_db(transaction=True)
def test_others_can_write_between_the_chunks_of_a_rebuild(finding, monkeypatch):
    monkeypatch.setattr(derived_updates, "CHUNK_SIZE", 1)
    other = InitiativeFactory()
    Finding.objects.update(grade=0)
    Touched.objects.update(is_followed=True)

    def write_meanwhile(chunks):
        for n, chunk in enumerate(chunks):
            assert not connection.in_atomic_block
            with tracked_transaction():
                Initiative.objects.filter(pk=other.pk).update(summary=f"Edit {n}.")
            yield chunk

    rebuild_derived(track=write_meanwhile)
    finding.refresh_from_db()
    assert (finding.grade, finding.levels_to_gain) == (2, 0)
    assert not Touched.objects.pending().exists()


def test_a_rebuild_leaves_earlier_changes_to_the_next_edit(finding):
    rebuild_derived()
    assert Touched.objects.pending().exists()


def test_ten_cases_take_as_many_queries_as_one(finding):
    def queries():
        keys = list(Finding.objects.values_list("initiative", flat=True))
        with CaptureQueriesContext(connection) as captured:
            update_grades(keys)
        return len(captured)

    one = queries()
    for case in InitiativeFactory.create_batch(9):
        more = FindingFactory(initiative=case, sources=0)
        add_source(more, "insider")
        add_source(more, "independent")
    assert queries() == one
