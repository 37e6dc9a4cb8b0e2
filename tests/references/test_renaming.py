"""Tests of changed names of cases, terms and works, whose old addresses redirect."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import ConceptFactory, InitiativeFactory, ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[InitiativeFactory, ConceptFactory, ReferenceFactory])
def named(request):
    """Return a function that creates a case, a term or a work with a name."""
    field = "key" if request.param is ReferenceFactory else "slug"
    return lambda name: request.param(**{field: name})


def rename(record, name):
    record.rename(**{field_of(record): name})


def field_of(record):
    return "key" if hasattr(record, "key") else "slug"


def name_of(record):
    record.refresh_from_db()
    return getattr(record, field_of(record))


def former_names(record):
    former = getattr(record, f"former_{field_of(record)}s")
    return list(former.values_list(field_of(record), flat=True))


def test_the_old_name_becomes_a_former_name(named):
    record = named("weyhe")
    rename(record, "streetwatchers")
    assert name_of(record) == "streetwatchers"
    assert former_names(record) == ["weyhe"]


def test_each_old_name_is_stored_once(named):
    record = named("a")
    for name in ["b", "c", "b", "c"]:
        rename(record, name)
    assert former_names(record) == ["a", "b"]


def test_a_name_that_returns_is_no_longer_a_former_one(named):
    record = named("weyhe")
    rename(record, "streetwatchers")
    rename(record, "weyhe")
    assert name_of(record) == "weyhe"
    assert former_names(record) == ["streetwatchers"]


def test_the_same_name_changes_nothing(named):
    record = named("weyhe")
    rename(record, "weyhe")
    assert former_names(record) == []


@pytest.mark.parametrize("taken", ["helsinki", "helsinki-timebank"])
def test_a_name_that_another_record_has_or_had_is_an_error(named, taken):
    other, record = named("helsinki"), named("weyhe")
    rename(other, "helsinki-timebank")
    with pytest.raises(ValidationError, match="is or was the address of another"):
        rename(record, taken)
    assert name_of(record) == "weyhe"
    assert former_names(record) == []


def test_full_clean_rejects_a_former_name_of_another_record(named):
    other, record = named("helsinki"), named("weyhe")
    rename(other, "helsinki-timebank")
    setattr(record, field_of(record), "helsinki")
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    assert refused.value.message_dict.keys() == {field_of(record)}


def test_a_malformed_name_is_an_error(named):
    record = named("weyhe")
    with pytest.raises(ValidationError):
        rename(record, "Weyhe Street")
    assert name_of(record) == "weyhe"


def test_a_case_can_not_have_a_word_of_our_addresses_as_its_slug():
    case = InitiativeFactory(slug="weyhe")
    with pytest.raises(ValidationError, match="a word of our own addresses"):
        case.rename(slug="export")


def test_terms_of_two_schemes_may_have_the_same_slug():
    risk = ConceptFactory(scheme="risks", slug="costs")
    ConceptFactory(scheme="barriers", slug="burnout").rename(slug="costs")
    risk.full_clean()
    risk.rename(slug="burnout")
    assert former_names(risk) == ["costs"]
