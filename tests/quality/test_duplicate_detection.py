"""Likely duplicates: how they are updated, and judged at the desk."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNumQueries

from casebase.change_tracking.transactions import update_derived_data
from casebase.desk.quality import duplicate_detection
from casebase.desk.quality.models import PersonLikeness, WorkLikeness
from references.models import Person, Reference
from tests.desk import Curator, admin_url, count_queries, listed_records
from tests.factories import ContributionFactory, PersonFactory, ReferenceFactory

pytestmark = pytest.mark.django_db

LONG = "Co-production in practice: lessons of five neighbourhoods"


@pytest.fixture
def curator():
    return Curator()


def pairs(model):
    update_derived_data()
    return {(pair.one, pair.other): pair.why for pair in model.objects.all()}


# Updates after a write


def test_a_work_entered_twice_is_found():
    one, other = (ReferenceFactory(title=LONG, issued_year=2014) for _ in range(2))
    assert pairs(WorkLikeness) == {(one, other): "same title and year"}
    other.title = "Another"
    other.save()
    assert pairs(WorkLikeness) == {}


def test_a_work_of_an_unknown_year_is_found_too():
    one, other = (ReferenceFactory(title=LONG) for _ in range(2))
    assert pairs(WorkLikeness) == {(one, other): "same title and year"}


def test_a_doi_matches_across_years():
    one = ReferenceFactory(doi="10.1000/X", issued_year=2013)
    other = ReferenceFactory(doi="10.1000/x", issued_year=2014)
    assert pairs(WorkLikeness) == {(one, other): "same DOI"}
    Reference.objects.filter(pk=other.pk).update(title=one.title, issued_year=2013)
    assert pairs(WorkLikeness) == {(one, other): "same DOI"}


def test_two_spellings_of_a_person_are_found():
    people = [
        ContributionFactory(person=PersonFactory(family=family, given=given)).person
        for family, given in (("Loeffler", "E."), ("Löffler", "Elke"), ("Meyer", "E."))
    ]
    assert pairs(PersonLikeness) == {
        (people[0], people[1]): "names that fit each other"
    }
    Person.objects.filter(family="Löffler").update(given="Martin")
    assert pairs(PersonLikeness) == {}


def test_deleted_records_are_in_no_pair():
    ReferenceFactory(title=LONG)
    ReferenceFactory(title=LONG).delete()
    assert pairs(WorkLikeness) == {}
    ReferenceFactory(title=LONG)
    assert pairs(WorkLikeness)
    Reference.objects.last().delete()
    assert not WorkLikeness.objects.exists()


def test_a_judgement_survives_a_change_of_reason():
    one, _ = ReferenceFactory.create_batch(2, title=LONG)
    update_derived_data()
    WorkLikeness.objects.update(is_refuted=True)
    one.title = LONG.replace("five", "fife")
    one.save()
    update_derived_data()
    [pair] = WorkLikeness.objects.all()
    assert (pair.why, pair.is_refuted) == ("almost the same title", True)


def test_bulk_updates_and_rebuilds_find_the_same_pairs(monkeypatch):
    ReferenceFactory.create_batch(3, title=LONG)
    ContributionFactory(person=PersonFactory(family="Loeffler"))
    ContributionFactory(person=PersonFactory(family="Löffler"))
    few = pairs(WorkLikeness), pairs(PersonLikeness)
    assert list(map(len, few)) == [3, 1]
    for model in (WorkLikeness, PersonLikeness):
        model.objects.all().delete()
    monkeypatch.setattr(duplicate_detection, "MAX_CHANGED_WORKS", 1)
    works = Reference.objects.values_list("pk", flat=True)
    duplicate_detection.update_duplicates(works)
    assert (pairs(WorkLikeness), pairs(PersonLikeness)) == few
    call_command("derive_upkeep")
    assert (pairs(WorkLikeness), pairs(PersonLikeness)) == few


def test_without_changed_works_there_are_no_queries():
    with assertNumQueries(0):
        duplicate_detection.update_duplicates([])


# At the desk


def test_curators_compare_and_judge_pairs(curator):
    one = ReferenceFactory(title=LONG, container_title="Public Money")
    other = ReferenceFactory(title=LONG, doi="10.1000/x")
    update_derived_data()
    response = curator.list(WorkLikeness, judged="no")
    for words in (
        admin_url(one, "change", one.pk),
        admin_url(other, "change", other.pk),
    ):
        assertContains(response, words)
    assertContains(response, "Public Money")
    assertContains(response, "10.1000/x")
    [pair] = listed_records(response)
    sent = {"action": "refute", "_selected_action": [pair.pk]}
    curator.client.post(admin_url(WorkLikeness, "changelist"), sent)
    assert listed_records(curator.list(WorkLikeness, judged="no")) == []
    assert listed_records(curator.list(WorkLikeness, judged="yes")) == [pair]
    curator.client.post(
        admin_url(WorkLikeness, "changelist"), sent | {"action": "reopen"}
    )
    assert listed_records(curator.list(WorkLikeness, judged="no")) == [pair]


def test_names_are_shown_side_by_side_too(curator):
    for family in ("Loeffler", "Löffler"):
        ContributionFactory(person=PersonFactory(family=family))
    update_derived_data()
    assertContains(curator.list(PersonLikeness, q="löff"), "Loeffler")


def test_a_pair_links_to_its_merge_page(curator):
    one, other = ReferenceFactory.create_batch(2, title=LONG)
    update_derived_data()
    address = reverse("merging:works", query={"keep": one.pk, "drop": other.pk})
    assertContains(curator.list(WorkLikeness), address.replace("&", "&amp;"))
    merging = curator.client.get(address)
    assertContains(merging, LONG)


@pytest.mark.once
def test_people_cannot_add_or_delete_pairs(curator):
    ReferenceFactory.create_batch(2, title=LONG)
    update_derived_data()
    pair = WorkLikeness.objects.get()
    assert curator.client.get(admin_url(WorkLikeness, "add")).status_code == 403
    assert curator.client.get(admin_url(pair, "delete", pair.pk)).status_code == 403
    assert str(pair.one) in str(pair)


@pytest.mark.once
@pytest.mark.parametrize("model", [WorkLikeness, PersonLikeness])
def test_ten_pairs_take_as_many_queries_as_one(curator, model):
    def add(n):
        person = PersonFactory(family="Loeffler", given="E. " * n)
        ContributionFactory(person=person, reference__title=LONG)
        update_derived_data()

    add(1)
    add(2)
    few = count_queries(lambda: curator.list(model))
    for n in range(3, 6):
        add(n)
    assert model.objects.count() == 10
    assert count_queries(lambda: curator.list(model)) == few
