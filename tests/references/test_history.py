"""Tests of versions of works, and of their labels at the desk."""

import pytest

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Version
from references.models import Person
from tests.factories import (
    ContributionFactory,
    FormerKeyFactory,
    PersonFactory,
    ReferenceFactory,
)
from tests.history.versions import changes, fields, update

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("values", "changed"),
    [
        ({"title": "New"}, {"Title": ("Old", "New")}),
        ({"key": "new"}, {"Key": ("old", "new")}),
        ({"container_title": "Journal"}, {"Published in": ("", "Journal")}),
        ({"doi": "10.1000/1"}, {"DOI": ("", "10.1000/1")}),
        ({"url": "https://a.org/"}, {"Web address": ("", "https://a.org/")}),
        ({"issued_year": 2014, "issued_month": 5}, {"Date": ("", "2014-05")}),
        ({"accessed_year": 2019}, {"Read on": ("", "2019")}),
        ({"correction": "It is 2013."}, {"Correction": ("", "It is 2013.")}),
        ({"chapter_position": 3}, {"Place in the chapter’s list": ("", "3")}),
    ],
)
def test_changed_fields_have_the_labels_of_the_desk(values, changed):
    work = ReferenceFactory(key="old", title="Old")
    assert fields(changes(work, update(work, **values))) == changed


def test_people_and_former_keys_are_part_of_a_version():
    work = ReferenceFactory()

    def write():
        person = PersonFactory(family="Eijk", given="C.", non_dropping_particle="van")
        ContributionFactory(reference=work, person=person)
        body = PersonFactory(family="", literal="The Council")
        ContributionFactory(reference=work, role="editor", person=body)
        FormerKeyFactory(reference=work, key="meyer-2014")

    assert fields(changes(work, write)) == {
        "Authors": ("", "van Eijk, C."),
        "Editors": ("", "The Council"),
        "Earlier keys": ("", "meyer-2014"),
    }


def test_a_changed_name_changes_the_work():
    with tracked_transaction():
        work = ContributionFactory(person__family="Loeffler").reference
    assert fields(changes(work, lambda: Person.objects.update(family="Löffler"))) == {
        "Authors": ("Loeffler", "Löffler")
    }
    assert str(Version.objects.get()) == f"{work.key}, version 1"
