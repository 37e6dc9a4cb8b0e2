"""Tests of the models of works, people and bodies."""

import pytest
from django.db.models import ProtectedError

from references.models import Contribution, FormerKey, Person, Reference
from references.partial_date import PartialDate
from tests.constraints import assert_accepted, assert_rejected, invalid_fields
from tests.factories import (
    ContributionFactory,
    FormerKeyFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        {"family": "Meyer"},
        {"family": "Eijk", "given": "C.", "non_dropping_particle": "van"},
        {"family": "King", "given": "M. L.", "suffix": "Jr."},
        {"family": "", "literal": "Governance International"},
    ],
)
def test_a_person_has_a_family_name_and_a_body_a_literal_name(name):
    assert_accepted(PersonFactory(), **name)


@pytest.mark.parametrize(
    "name",
    [
        {"family": ""},
        {"family": "", "given": "C."},
        {"family": "Meyer", "literal": "City of Weyhe"},
        {"family": "", "suffix": "Jr.", "literal": "City of Weyhe"},
    ],
)
def test_a_name_is_of_exactly_one_kind(name):
    words = "Give a person’s family name or a body’s name, not both."
    assert_rejected(PersonFactory(), words, **name)


def test_a_name_is_unique():
    PersonFactory(family="Loeffler", given="E.")
    assert_accepted(PersonFactory(), family="Löffler", given="E.")
    words = "This name exists already."
    assert_rejected(PersonFactory(), words, family="Loeffler", given="E.")


@pytest.mark.parametrize(
    ("name", "surname", "inverted"),
    [
        ({"family": "Meyer", "given": "A."}, "Meyer", "Meyer, A."),
        ({"family": "Meyer"}, "Meyer", "Meyer"),
        (
            {"family": "Eijk", "given": "C.", "non_dropping_particle": "van"},
            "van Eijk",
            "van Eijk, C.",
        ),
        (
            {"family": "Humboldt", "given": "A.", "dropping_particle": "von"},
            "Humboldt",
            "Humboldt, A. von",
        ),
        (
            {"family": "King", "given": "M. L.", "suffix": "Jr."},
            "King",
            "King, M. L., Jr.",
        ),
    ],
)
def test_a_name_is_inverted_in_lists(name, surname, inverted):
    person = Person(**name)
    assert person.surname == surname
    assert person.inverted_name == str(person) == inverted


def test_a_body_has_its_literal_name():
    body = Person(literal="Governance International")
    assert body.surname == str(body) == "Governance International"


@pytest.mark.parametrize("name", ["issued", "accessed"])
@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((None, None, None), "None"),
        ((2014, None, None), "2014"),
        ((2014, 5, None), "May 2014"),
        ((2012, 2, 29), "29 February 2012"),
    ],
)
def test_a_date_has_its_known_parts(name, parts, text):
    work = ReferenceFactory()
    assert_accepted(work, **fields_of_date(name, parts))
    assert str(getattr(work, name)) == text


@pytest.mark.parametrize("name", ["issued", "accessed"])
@pytest.mark.parametrize(
    "parts",
    [
        (None, 5, None),
        (None, 5, 21),
        (None, None, 21),
        (2014, None, 21),
        (2014, 0, None),
        (2014, 5, 0),
    ],
)
def test_a_date_with_a_gap_is_invalid(name, parts):
    words = "A day needs its month (1 to 12), and a month its year."
    assert_rejected(ReferenceFactory(), words, **fields_of_date(name, parts))


@pytest.mark.parametrize("parts", [(2014, 13, None), (2014, 5, 32)])
def test_a_month_is_up_to_12_and_a_day_up_to_31(parts):
    assert_rejected(
        ReferenceFactory(), "no such day", **fields_of_date("issued", parts)
    )


@pytest.mark.parametrize("parts", [(2013, 2, 29), (2014, 6, 31)])
def test_a_date_exists_in_the_calendar(parts):
    fields = fields_of_date("issued", parts)
    assert invalid_fields(ReferenceFactory(), **fields) == {"issued_day"}


def fields_of_date(name, parts):
    return {
        f"{name}_{part}": value
        for part, value in zip(("year", "month", "day"), parts, strict=True)
    }


def test_a_date_has_its_parts_in_the_order_of_csl():
    assert PartialDate(2014).parts == [2014]
    assert PartialDate(2014, 5).parts == [2014, 5]
    assert PartialDate(2014, 5, 21).parts == [2014, 5, 21]


def test_a_work_has_a_title():
    assert_rejected(ReferenceFactory(), "cannot be blank", title="")


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "Meyer 2014"},
        {"key": "meyer--2014"},
        {"type": "rumour"},
        {"doi": "https://doi.org/10.1007/x"},
        {"url": "javascript:alert(1)"},
        {"chapter_position": 0},
    ],
)
def test_invalid_values_are_errors(fields):
    assert invalid_fields(ReferenceFactory(), **fields) == fields.keys()


def test_keys_and_places_in_the_chapter_are_unique():
    work = ReferenceFactory(chapter_position=7)
    assert_rejected(
        ReferenceFactory(), "is or was the address of another", key=work.key
    )
    assert_rejected(ReferenceFactory(), "already exists", chapter_position=7)


def test_a_former_key_is_unique():
    former = FormerKeyFactory()
    assert_rejected(FormerKeyFactory(), "already exists", key=former.key)


def test_a_person_has_each_role_in_a_work_once():
    first = ContributionFactory(role="author")
    same = {"reference": first.reference, "person": first.person}
    assert_accepted(ContributionFactory(**same, role="editor"))
    words = "This person has this role already."
    assert_rejected(ContributionFactory(), words, **same, role="author")


def work_of(*families, role="author", **fields):
    work = ReferenceFactory(**fields)
    for position, family in reversed(list(enumerate(families))):
        person = PersonFactory(family=family, given=work.key)
        ContributionFactory(reference=work, person=person, role=role, position=position)
    return work


@pytest.mark.parametrize(
    ("families", "fields", "citation"),
    [
        (["Meyer"], {"issued_year": 2014}, "Meyer 2014"),
        (["Meyer", "Grosser"], {"issued_year": 2014}, "Meyer & Grosser 2014"),
        (["Bianchi", "Bovaird", "Loeffler"], {}, "Bianchi et al. n.d."),
        (["Boyle"], {"role": "editor"}, "Boyle n.d."),
        ([], {"title": "Weyhe", "issued_year": 2014}, "Weyhe 2014"),
        ([], {"title": "x" * 40}, "x" * 40 + " n.d."),
        ([], {"title": "x" * 41}, "x" * 39 + "… n.d."),
    ],
)
def test_a_short_citation_has_names_and_year(families, fields, citation):
    assert work_of(*families, **fields).short_citation == citation


def test_authors_come_before_editors():
    work = work_of("Meyer", title="Weyhe")
    ContributionFactory(reference=work, person__family="Boyle", role="editor")
    assert [person.family for person in work.authors] == ["Meyer"]
    assert [person.family for person in work.editors] == ["Boyle"]
    assert str(work) == "Meyer n.d.: Weyhe"


@pytest.mark.parametrize("n", [1, 5])
def test_names_make_no_query_once_prefetched(django_assert_num_queries, n):
    for _ in range(n):
        work_of("Meyer", "Grosser")
    with django_assert_num_queries(3):
        works = list(Reference.objects.with_contributors())
    with django_assert_num_queries(0):
        cited = {work.short_citation for work in works}
    assert cited == {"Meyer & Grosser n.d."}


def test_works_and_people_have_addresses():
    assert ReferenceFactory(key="a-1").get_absolute_url() == "/references/a-1/"
    person = PersonFactory(slug="meyer-a")
    assert person.get_absolute_url() == "/references/?author=meyer-a"


def test_works_and_people_are_found_by_their_natural_keys():
    for record in (ReferenceFactory(), PersonFactory()):
        assert type(record).objects.get_by_natural_key(*record.natural_key()) == record


def test_a_work_is_found_by_present_and_former_keys():
    work = ReferenceFactory(key="meyer-2014")
    work.rename(key="meyer-grosser-2014")
    for key in ("meyer-2014", "meyer-grosser-2014"):
        assert list(Reference.objects.with_current_or_former_key(key)) == [work]


def test_a_work_in_use_can_not_be_deleted():
    with pytest.raises(ProtectedError):
        SourceFactory().reference.delete()


def test_records_have_readable_names():
    contribution = Contribution(person=Person(family="Meyer"), role="editor")
    assert str(contribution) == "Meyer (editor)"
    assert str(FormerKey(key="meyer-2014")) == "meyer-2014"
