"""The desk: works, and their authors and editors."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from references.models import Person, Reference
from tests.desk import Curator, count_queries, listed_records
from tests.factories import (
    ContributionFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return Curator()


def test_a_work_is_added_with_its_authors(curator):
    meyer, grosser = PersonFactory(family="Meyer"), PersonFactory(family="Grosser")
    fields = {
        "key": "meyer-grosser-2014",
        "type": "report",
        "title": "Weyhe",
        "issued_year": 2014,
        "contributions-TOTAL_FORMS": 2,
        "contributions-0-person": meyer.pk,
        "contributions-0-role": "author",
        "contributions-0-position": 1,
        "contributions-1-person": grosser.pk,
        "contributions-1-role": "author",
        "contributions-1-position": 2,
    }
    assert curator.add(Reference, fields).status_code == 302
    assert Reference.objects.get().short_citation == "Meyer & Grosser 2014"


def test_a_changed_key_leaves_the_old_one_behind(curator):
    work = ReferenceFactory(key="meyer-2014")
    assert curator.change(work, {"key": "meyer-grosser-2014"}).status_code == 302
    assert [former.key for former in work.former_keys.all()] == ["meyer-2014"]
    assertContains(curator.open(work), "Earlier addresses")


@pytest.mark.once
@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("key", {"key": "Meyer 2014"}),
        ("issued_year", {"issued_month": "5"}),
        ("issued_day", {"issued_year": 2013, "issued_month": 2, "issued_day": 29}),
        ("doi", {"doi": "https://doi.org/10.1007/x"}),
        ("url", {"url": "ftp://example.org/"}),
    ],
)
def test_a_constraint_is_shown_at_its_field(curator, field, changes):
    response = curator.change(ReferenceFactory(), changes)
    assert response.context["adminform"].form.errors.keys() == {field}


@pytest.mark.once
def test_a_person_has_one_kind_of_name(curator):
    response = curator.change(PersonFactory(), {"literal": "City of Weyhe"})
    assertContains(response, "Give a person’s family name or a body’s name, not both.")


def test_works_can_be_searched_by_title_key_and_name(curator):
    work = ReferenceFactory(key="meyer-2014", title="Safe streets")
    ContributionFactory(reference=work, person__family="Grosser")
    ReferenceFactory()
    for words in ("safe", "meyer", "grosser"):
        assert listed_records(curator.list(Reference, q=words)) == [work]


def test_the_list_counts_the_uses_of_a_work(curator):
    work = ReferenceFactory()
    SourceFactory.create_batch(2, reference=work)
    assert [
        each.n_uses for each in listed_records(curator.list(Reference, q=work.key))
    ] == [2]


def test_the_list_counts_the_works_of_a_person(curator):
    person = PersonFactory(family="Meyer")
    ContributionFactory.create_batch(2, person=person)
    assert [
        each.n_works for each in listed_records(curator.list(Person, q="meyer"))
    ] == [2]


@pytest.mark.once
@pytest.mark.parametrize("model", [Reference, Person])
def test_ten_records_take_as_many_queries_as_one(curator, model):
    ContributionFactory()
    few = count_queries(lambda: curator.list(model))
    ContributionFactory.create_batch(9)
    assert count_queries(lambda: curator.list(model)) == few


@pytest.mark.once
def test_ten_authors_take_as_many_queries_as_one(curator):
    few, many = ReferenceFactory(), ReferenceFactory()
    ContributionFactory(reference=few)
    ContributionFactory.create_batch(10, reference=many)
    assert count_queries(lambda: curator.open(many)) == count_queries(
        lambda: curator.open(few)
    )


def test_works_are_offered_by_what_people_call_them(curator):
    work = ReferenceFactory(title="Safe streets", issued_year=2014)
    ContributionFactory(reference=work, person__family="Meyer")
    query = {"app_label": "initiatives", "model_name": "source", "term": "meyer"}
    found = curator.client.get(
        reverse("admin:autocomplete"), query | {"field_name": "reference"}
    )
    assert [each["text"] for each in found.json()["results"]] == [
        "Meyer 2014: Safe streets"
    ]
