"""The models of the codebook: rules of terms, and the proxies for schemes."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from initiatives.models import PROXIES, Barrier, Concept, Risk, Scheme
from initiatives.schemes import CODED_SCHEMES, SCHEMES
from tests.constraints import assert_accepted, assert_rejected, invalid_fields
from tests.factories import ConceptFactory, FindingFactory, SchemeFactory

pytestmark = pytest.mark.django_db


def test_a_slug_is_unique_in_its_scheme():
    term = ConceptFactory(scheme="barriers", slug="costs")
    assert_accepted(ConceptFactory(scheme="risks"), slug="costs")
    other = ConceptFactory(scheme="barriers")
    assert_rejected(other, "is or was the address of another", slug=term.slug)


def test_a_term_can_not_be_its_own_broader_term():
    term, broader = ConceptFactory(), ConceptFactory()
    assert_accepted(term, broader=broader)
    assert_rejected(term, "is a narrower term", broader=term)


def test_only_change_steps_have_actions_and_outputs():
    step = ConceptFactory(scheme="change-steps")
    assert_accepted(step, actions=["Map the assets."], outputs=["A map."])
    words = "Only change steps have actions and outputs."
    assert_rejected(ConceptFactory(), words, actions=["Map the assets."])
    assert_rejected(ConceptFactory(), words, outputs=["A map."])


def test_a_broader_term_must_be_of_the_same_scheme():
    risk = ConceptFactory(scheme="risks")
    assert invalid_fields(ConceptFactory(), broader=risk) == {"broader"}


def test_broader_terms_can_not_form_a_cycle():
    top = ConceptFactory()
    middle = ConceptFactory(broader=top)
    low = ConceptFactory(broader=middle)
    low.full_clean()
    assert invalid_fields(top, broader=low) == {"broader"}


def test_a_term_with_findings_can_not_become_a_heading():
    term = FindingFactory(kind="barrier").concept
    assert invalid_fields(term, is_heading=True) == {"is_heading"}
    assert_accepted(ConceptFactory(), is_heading=True)


def test_a_term_in_use_can_not_be_deleted():
    narrower = ConceptFactory(broader=ConceptFactory())
    with pytest.raises(ProtectedError):
        narrower.broader.delete()
    coded = FindingFactory(kind="barrier").concept
    with pytest.raises(ProtectedError):
        coded.delete()


def test_there_is_a_proxy_for_every_scheme():
    assert PROXIES.keys() == SCHEMES.keys()
    assert len(PROXIES) == 10


@pytest.mark.parametrize("scheme", PROXIES)
def test_a_proxy_finds_and_creates_terms_of_its_scheme(scheme):
    SchemeFactory(slug=scheme)
    proxy = PROXIES[scheme]
    term = proxy.objects.create(slug="a", label="A", definition="A.")
    ConceptFactory(scheme="risks" if scheme == "barriers" else "barriers")
    assert list(proxy.objects.all()) == [term]
    assert term.scheme_id == scheme
    assert Concept.objects.count() == 2


def test_a_proxy_has_the_name_of_its_scheme():
    assert Barrier._meta.verbose_name_plural == "barriers"
    assert ConceptFactory(scheme="leadership").words.singular == "kind of leadership"


def test_a_term_has_the_addresses_of_its_page_and_its_cases():
    term = ConceptFactory(scheme="negative-effects", slug="burnout")
    assert term.get_absolute_url() == "/negative-effects/burnout/"
    assert term.list_url == "/initiatives/?negative-effect=burnout"
    assert term.scheme.get_absolute_url() == "/negative-effects/"
    assert term.scheme.words == term.words


def test_findings_are_coded_with_eight_schemes():
    uncoded = {words.slug for words in SCHEMES.values()} - {
        words.slug for words in CODED_SCHEMES.values()
    }
    assert uncoded == {"strategies", "service-areas"}


def test_headings_are_not_codable():
    term = ConceptFactory()
    ConceptFactory(is_heading=True)
    assert list(Concept.objects.codable()) == [term]


def test_terms_are_sorted_by_their_order():
    last, first = ConceptFactory(order=20), ConceptFactory(order=10)
    assert list(Barrier.objects.all()) == [first, last]


def test_schemes_and_terms_are_found_by_their_natural_keys():
    risk = ConceptFactory(scheme="risks", slug="costs")
    ConceptFactory(scheme="barriers", slug="costs")
    assert Concept.objects.get_by_natural_key(*risk.natural_key()) == risk
    assert Risk.objects.get_by_natural_key(*risk.natural_key()) == risk
    assert Scheme.objects.get_by_natural_key(*risk.scheme.natural_key()) == risk.scheme


def test_a_scheme_with_an_unknown_slug_is_invalid():
    with pytest.raises(ValidationError):
        Scheme(slug="rumours", title="Rumours", description="x").full_clean()


def test_records_have_readable_names():
    assert str(Concept(label="Mistrust")) == "Mistrust"
    assert str(Scheme(title="Barriers")) == "Barriers"
