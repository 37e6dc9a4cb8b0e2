"""Records that are found by a DOI, a citekey or an address."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from casebase.search.queries import matching
from tests.factories import ConceptFactory, InitiativeFactory, ReferenceFactory
from tests.once import once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "10.1017/s002",
        *once("https://doi.org/10.1017/S002", "bee-2014", "doi:10.1017/s002"),
    ],
)
def test_a_work_is_found_by_its_doi_and_its_citekey(client, text):
    ReferenceFactory(key="bee-2014", doi="10.1017/s002", title="Bees")
    ReferenceFactory(key="bee-2015", doi="10.1017/s003", title="Bee 10, 1017")
    update_derived_data()
    for address in ("/search/", "/references/"):
        page = client.get(address, {"q": text})
        assertContains(page, 'href="/references/bee-2014/"')
        assertNotContains(page, 'href="/references/bee-2015/"')
        assertNotContains(page, "Read as")
        assertNotContains(page, "Did you mean")


@pytest.mark.parametrize(
    "text",
    [
        "10.1007/978-3-0_5",
        "https://doi.org/10.1007/978-3-0_5",
        '"10.1007/978-3-0_5"',
        "loeffler-2014",
        '"loeffler-2014"',
        "http://localhost:8000/references/loeffler-2014/",
        "http://a.org/b/",
        "www.a.org/b#c",
        "power -10.1007/978-3-0_55",
    ],
)
def test_finds_one_work_alone(text):
    work = ReferenceFactory(
        title="Power",
        key="loeffler-2014",
        doi="10.1007/978-3-0_5",
        url="https://www.a.org/b",
    )
    ReferenceFactory(title="Power", doi="10.1007/978-3-0_55", url="http://a.org")
    update_derived_data()
    assert list(matching("reference", text)) == [work.pk]


def test_cases_and_terms_are_found_by_their_pages():
    case = InitiativeFactory(slug="bank-watch")
    InitiativeFactory(slug="bank")
    term = ConceptFactory(slug="stigma")
    ConceptFactory(slug="stigma", scheme="risks")
    update_derived_data()
    host = "https://casebase.example"
    assert list(matching("initiative", f"{host}/initiatives/bank-watch/")) == [case.pk]
    assert list(matching("initiative", f"{host}/initiatives/bank-watch/#f1")) == [
        case.pk
    ]
    assert list(matching("concept", f"{host}/barriers/stigma/")) == [term.pk]
    # Nothing is cut off, as it would be of a word.
    museums, museum = ConceptFactory(slug="museums"), ConceptFactory(slug="museum")
    update_derived_data()
    assert list(matching("concept", "/barriers/museums/")) == [museums.pk]
    assert list(matching("concept", "/barriers/museum/")) == [museum.pk]
    # Parts of an address are not words of the record.
    assert not matching("initiative", "watch")
    assert not matching("concept", "barriers/stigma")
