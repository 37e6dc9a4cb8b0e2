"""Tests of the dates of a work: its addition, and the last change of its citation."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from pytest_django.asserts import assertContains

from references.models import Reference
from tests.desk import Curator
from tests.factories import ContributionFactory, PersonFactory, ReferenceFactory
from tests.once import once
from tests.today import TODAY

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)
WORK = {
    "id": "meyer-2014",
    "type": "book",
    "title": "Streets",
    "author": [{"family": "Meyer", "given": "M."}],
}


@pytest.fixture
def load(tmp_path):
    """Return a function that imports the work with changes and returns its dates."""
    file = tmp_path / "works.csl.json"

    def load(**changes):
        file.write_text(json.dumps([WORK | changes]))
        call_command("load_content", file, verbosity=0)
        return dates(Reference.objects.get())

    assert load() == (TODAY, TODAY)
    Reference.objects.update(added_on=LONG_AGO, revised_on=LONG_AGO)
    return load


def dates(work):
    work.refresh_from_db()
    return work.added_on, work.revised_on


def test_an_import_without_changes_changes_no_date(load):
    assert load() == (LONG_AGO, LONG_AGO)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Roads"},
        {"author": [{"family": "Meier", "given": "M."}]},
        {"id": "meyer-2015", "custom": {"former-keys": ["meyer-2014"]}},
        *once(
            {"editor": [{"literal": "City of Weyhe"}]},
            {"issued": {"date-parts": [[2014]]}},
        ),
    ],
)
def test_an_import_that_changes_the_citation_revises_the_work(load, changes):
    assert load(**changes) == (LONG_AGO, TODAY)


@pytest.mark.once
@pytest.mark.parametrize(
    "changes",
    [
        {"note": "Undated in print."},
        {"custom": {"correction": "Probably 2015."}},
        {"custom": {"chapter-position": 7}},
        {"custom": {"former-keys": ["meyer-2013"]}},
    ],
)
def test_changed_remarks_do_not_revise_the_work(load, changes):
    assert load(**changes) == (LONG_AGO, LONG_AGO)


def test_files_of_other_programs_revise_works_too(load, tmp_path):
    file = tmp_path / "more.json"
    items = [WORK | {"title": "Roads"}, {"id": "a-2014", "type": "book", "title": "A"}]
    file.write_text(json.dumps(items))
    call_command("import_references", file, update=True, verbosity=0)
    assert dates(Reference.objects.get(key="meyer-2014")) == (LONG_AGO, TODAY)
    assert dates(Reference.objects.get(title="A")) == (TODAY, TODAY)


def old_work(**fields):
    return ReferenceFactory(added_on=LONG_AGO, revised_on=LONG_AGO, **fields)


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "revised_on"),
    [
        ({}, LONG_AGO),
        ({"title": "Roads"}, TODAY),
        ({"key": "meyer-2015"}, TODAY),
        ({"note": "Undated.", "correction": "2015?"}, LONG_AGO),
        ({"contributions-0-position": 2}, TODAY),
    ],
)
def test_a_curator_who_changes_the_citation_revises_the_work(changes, revised_on):
    work = old_work()
    ContributionFactory(reference=work)
    assert Curator().change(work, changes).status_code == 302
    assert dates(work) == (LONG_AGO, revised_on)


def test_a_changed_name_revises_its_works():
    person, work, other = PersonFactory(), old_work(), old_work()
    ContributionFactory(reference=work, person=person)
    curator = Curator()
    curator.change(person, {"slug": "meyer"})
    assert dates(work) == (LONG_AGO, LONG_AGO)
    curator.change(person, {"family": "Meyer"})
    assert dates(work) == (LONG_AGO, TODAY)
    assert dates(other) == (LONG_AGO, LONG_AGO)


@pytest.mark.once
def test_curators_see_the_dates_and_can_not_change_them():
    page = Curator().open(old_work())
    assertContains(page, "1 Jan 2020")
    assert "added_on" not in page.context["adminform"].form.fields


def test_works_can_be_sorted_by_the_date_of_their_last_change(client):
    old = old_work()
    new = ReferenceFactory()
    page = client.get("/references/?sort=updated")
    assert list(page.context["page"]) == [new, old]
