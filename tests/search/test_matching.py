"""What is found and in which order: the same on every database the suite runs on."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from casebase.change_tracking.transactions import (
    tracked_transaction,
    update_derived_data,
)
from casebase.search import index
from casebase.search.queries import (
    has_words,
    matching,
    nearest,
    ranked,
)
from casebase.search.searched_records import searched
from initiatives.models import Initiative
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    ReferenceFactory,
)
from tests.once import once

pytestmark = pytest.mark.django_db

FILLER = (
    "People and services in the town do this together every week, and have for years."
)


@pytest.fixture
def cases():
    """Create a few cases; those listed first match better."""
    streetwatchers()
    timebank()
    clean_city()
    area = ConceptFactory(scheme="service-areas", label="Public safety")
    InitiativeFactory(
        slug="trust",
        name="A question of trust",
        challenge=f"Few trusted the police. {FILLER}",
        service_areas=[area.pk],
        locality="Leeds",
        country="GB",
    )
    update_derived_data()


def streetwatchers():
    watch = InitiativeFactory(
        slug="watch",
        name="Streetwatchers in Weyhe",
        summary=f"Volunteers talk with young people at night. {FILLER}",
        locality="Weyhe",
        region="Lower Saxony",
    )
    InvolvementFactory(initiative=watch, organisation__name="Gemeinde Weyhe")
    FindingFactory(
        initiative=watch,
        kind="barrier",
        concept=ConceptFactory(label="Mistrust between citizens and services"),
        statement="Neighbours first wanted a private security firm.",
    )


def timebank():
    bank = InitiativeFactory(
        slug="bank",
        name="Helsinki Timebank",
        summary=f"An hour of work is worth an hour. {FILLER}",
        approach=f"Volunteers exchange help. {FILLER}",
        locality="Helsinki",
        country="FI",
        tags=["mutual aid"],
    )
    FindingFactory(
        initiative=bank, statement="Mistrust between neighbours became less in Löbau."
    )


def clean_city():
    city = InitiativeFactory(
        slug="city",
        name="Clean City Linköping",
        summary=f"Citizens of all ages and older people co-design parks. {FILLER}",
        locality="Linköping",
        country="SE",
    )
    FindingFactory(initiative=city, statement="Volunteers older than 60 were many.")


def found(text):
    slugs = dict(Initiative.objects.values_list("pk", "slug"))
    keys = matching("initiative", text)
    best = ranked("initiative", text, 10)
    assert not best or set(best) == set(keys)
    return [slugs[key] for key in best or keys]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("timebank", ["bank"]),
        ("TIMEBANKS", ["bank"]),
        # Inflected forms, and words without their accents.
        ("linkoping", ["city"]),
        ("co-designing", ["city"]),
        # The keys of a text are the same on all databases.
        *once(
            ("Linkoeping", ["city"]),
            ("loebau", ["bank"]),
            ("lobau", ["bank"]),
            ("codesign", ["city"]),
            ("design", ["city"]),
            # Every part of a case.
            ("Finland", ["bank"]),
            # Other names of its country, and its continent.
            ("Suomi", []),
            ("Finnland", ["bank"]),
            ("Finlandia", ["bank"]),
            ("Grande-Bretagne", []),
            ("Royaume-Uni", ["trust"]),
            ("UK", ["trust"]),
            ("Africa", []),
            ("saxony", ["watch"]),
            ("gemeinde", ["watch"]),
            ("public safety", ["trust"]),
            ("mutual", ["bank"]),
            ("exchanging", ["bank"]),
            ("police", ["trust"]),
        ),
        ("Europa older", ["city"]),
        # All words, in any position.
        ("volunteer young weyhe", ["watch"]),
        ("older volunteers linköping", ["city"]),
        ("the volunteers of Helsinki", ["bank"]),
        ("volunteers police", []),
        # A label weighs more than a finding, a name more than a challenge.
        ("mistrust", ["watch", "bank"]),
        ("trust", ["trust"]),
        # Approach, summary, finding; the shorter summary first.
        ("volunteers", ["watch", "bank", "city"]),
        ("weyhe OR helsinki", ["watch", "bank"]),
        ("volunteers older OR police", ["trust", "city"]),
        ("(weyhe OR helsinki) AND night", ["watch"]),
        ("volunteers NOT (night OR older)", ["bank"]),
        ("NOT (volunteers AND night)", ["bank", "city", "trust"]),
        ("volunteers AND not night", ["bank", "city"]),
        ("older NOT people", []),
        ("neighb* NOT mist*", []),
        ("volunteers -night", ["bank", "city"]),
        ('volunteers -"exchange help"', ["watch", "city"]),
        ("volunteers -night -older -exchange", []),
        # A query of exclusions only finds all others, in no order.
        ("-volunteers", ["trust"]),
        ('"older people"', ["city"]),
        ('"people older"', []),
        ('"volunteers talk"', ["watch"]),
        # No phrase goes from one text into the next.
        ('"mutual aid an hour"', []),
        ("neighb*", ["watch", "bank"]),
        ("neighb", []),
        ("streetw*", ["watch"]),
        ("nowhere", []),
        ("", []),
        ("!!", []),
    ],
)
def test_finds(cases, text, slugs):
    if "OR" in text or text.startswith("NOT"):
        assert sorted(found(text)) == sorted(slugs)
    else:
        assert found(text) == slugs


def test_works_and_terms_are_found_too(cases):
    work = ContributionFactory(
        person__family="Löffler",
        person__given="Elke",
        reference=ReferenceFactory(
            title="Die Kraft der Bürger", issued_year=2014, note="Undated print."
        ),
    ).reference
    term = ConceptFactory(label="Stigma", questions=["Who is ashamed?"])
    ReferenceFactory(title="Another", issued_year=2014)
    update_derived_data()
    for text in ("loffler 2014", "burger kraft", "elke buerger", "undated"):
        assert ranked("reference", text, 5) == [work.pk]
    for text in ("stigma", "ashamed", "stigma barriers"):
        assert ranked("concept", text, 5) == [term.pk]
    assert matching("initiative", "loffler") == BitMap()


def test_only_some_records_are_ranked_where_so_asked(cases):
    keys = dict(Initiative.objects.values_list("slug", "pk"))
    among = BitMap([keys["city"], keys["watch"], keys["trust"]])
    best = ranked("initiative", "volunteers", 10, among=among)
    assert best == [keys["watch"], keys["city"]]
    assert ranked("initiative", "volunteers", 1) == [keys["watch"]]


def test_of_very_many_the_likeliest_are_ranked(monkeypatch):
    monkeypatch.setattr(index, "MOST_RANKED", 3)
    named = InitiativeFactory(name="Peer support")
    others = InitiativeFactory.create_batch(5, summary="Peers.")
    update_derived_data()
    best = ranked("initiative", "peers", 10)
    assert best[0] == named.pk
    assert set(best) == {named.pk, others[3].pk, others[4].pk}
    more = [InitiativeFactory(name=f"Peers {n}") for n in range(3)]
    update_derived_data()
    assert set(ranked("initiative", "peers", 10)) == {case.pk for case in more}


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_what_is_not_published_is_not_found(status):
    InitiativeFactory(name="Secret", status=status, status_note="Why.")
    FindingFactory(statement="Unsourced rumour.", sources=0)
    update_derived_data()
    assert not matching("initiative", "secret")
    assert not matching("initiative", "rumour")


@pytest.mark.django_db(transaction=True)
def test_what_was_found_is_remembered_until_something_changes(
    django_assert_num_queries,
):
    with tracked_transaction():
        case = InitiativeFactory(summary="Watchmakers.")
    assert list(matching("initiative", "watchmakers")) == [case.pk]
    with django_assert_num_queries(1):
        assert list(matching("initiative", "watchmakers")) == [case.pk]
    with tracked_transaction():
        Initiative.objects.update(summary="Bellringers.")
        # Nothing that is not committed is cached.
        assert not matching("initiative", "bellringers")
    assert not matching("initiative", "watchmakers")
    assert list(matching("initiative", "bellringers")) == [case.pk]


def test_a_very_long_text_is_found_by_its_first_words():
    words = " ".join(f"word{n}{'x' * 60}" for n in range(30_000))
    long = InitiativeFactory(summary=f"Beginning {words} ending")
    same = InitiativeFactory(summary=f"{'again ' * 30_000} ending")
    update_derived_data()
    assert list(matching("initiative", "beginning")) == [long.pk]
    assert list(matching("initiative", "again")) == [same.pk]
    assert not matching("initiative", "ending")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text() | st.text("ab \"-*'’“\\:&|!()<>∀§¶=", max_size=40))
def test_any_text_is_harmless(cases, text):
    for kind in searched:
        keys = matching(kind, text)
        assert set(ranked(kind, text, 10)) <= set(keys)
        near = nearest(kind, text, keys, 10)
        assert not set(near) & set(keys)
        assert has_words(text) or not keys


def test_a_text_of_ten_thousand_letters_is_harmless(cases):
    for text in ("x" * 10_000, "x " * 5_000, '"' * 10_000, "-x " * 5_000):
        assert not matching("initiative", text) or text.startswith("-")
