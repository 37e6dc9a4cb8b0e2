"""The cards of the list of cases are kept, and show what is so now."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import tracked_transaction
from casebase.facets import rendered_records
from initiatives.case_cards import CaseCard
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

# Committed, because what is seen within a transaction is not kept.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

HOSTILE = '<b>"Weyhe" & Co</b>'


@pytest.fixture
def case():
    area = ConceptFactory(scheme="service-areas", label="Safety")
    case = InitiativeFactory(slug="weyhe", name="Weyhe", tagline="They walk at night.")
    case.service_areas.add(area)
    mistrust = ConceptFactory(slug="mistrust")
    FindingFactory(initiative=case, kind="barrier", concept=mistrust)
    return case


def test_a_kept_card_needs_no_query(
    client, case, settings, django_assert_max_num_queries
):
    settings.ALLOWED_HOSTS = ["testserver", "a.example"]
    client.get("/initiatives/?page=1")
    numbers = []
    for host in ("a.example", "a.example"):
        with django_assert_max_num_queries(100) as queries:
            client.get("/initiatives/", headers={"Host": host})
        numbers.append(len(queries))
    # The case, its service areas and its modes.
    assert numbers[0] - numbers[1] == 3


@pytest.mark.parametrize(
    ("model_of", "field"),
    [
        (lambda case: case, "name"),
        (lambda case: case, "tagline"),
        (lambda case: case.service_areas.get(), "label"),
    ],
)
def test_a_change_shows_at_once(client, case, model_of, field):
    client.get("/initiatives/")
    record = model_of(case)
    setattr(record, field, "Changed today")
    record.save()
    assertContains(client.get("/initiatives/"), "Changed today")


def test_only_the_card_of_a_changed_case_is_rendered_again(client, case, monkeypatch):
    other = InitiativeFactory(name="Keyring")
    rendered, render = [], CaseCard.of
    monkeypatch.setattr(
        CaseCard,
        "of",
        lambda case, absolute: rendered.append(case.name) or render(case, absolute),
    )
    area = case.service_areas.get()
    for changed, values, names in (
        (other, {"summary": "Other."}, ["Keyring"]),
        (area, {"label": "Other"}, ["Weyhe"]),
        # Cards don't show it.
        (area, {"definition": "Other."}, []),
    ):
        client.get("/initiatives/")
        rendered.clear()
        type(changed).objects.filter(pk=changed.pk).update(**values)
        client.get("/initiatives/")
        assert rendered == names


def test_a_new_finding_is_counted_at_once(client, case):
    assertContains(client.get("/initiatives/"), "1 finding<")
    FindingFactory(initiative=case)
    assertContains(client.get("/initiatives/"), "2 findings<")


def test_a_withdrawn_case_is_gone_at_once(client, case):
    assertContains(client.get("/initiatives/"), "They walk at night.")
    case.status, case.status_note = "withdrawn", "It never was."
    case.save()
    assertNotContains(client.get("/initiatives/"), "They walk at night.")


def test_what_a_reader_kept_is_marked_for_this_reader_only(client, case):
    for _ in range(2):
        assertContains(client.get("/initiatives/"), ">Keep<span>")
        client.cookies["shortlist"] = f"c{case.pk}"
        assertContains(client.get("/initiatives/"), ">Kept<span>")
        del client.cookies["shortlist"]


def test_passages_and_reasons_are_those_of_the_query(client, case):
    """Each request adds its own to the same cards."""
    finding = case.findings.get()
    case.summary = "Neighbours meet at dusk."
    with tracked_transaction():
        case.save()
    for _ in range(2):
        assertContains(client.get("/initiatives/?q=dusk"), "<mark>dusk</mark>")
        reasons = client.get("/initiatives/?barrier=mistrust")
        assertContains(reasons, f'href="/initiatives/weyhe/#{finding.short_id}"')
        plain = client.get("/initiatives/")
        assertNotContains(plain, "<mark>")
        assertNotContains(plain, "card__reasons")


def test_names_are_escaped(client, case):
    case.name = case.tagline = HOSTILE
    case.save()
    for sort in ("name", "year"):
        text = client.get(f"/initiatives/?sort={sort}").text
        assert HOSTILE not in text
        assert "&lt;b&gt;&quot;Weyhe&quot; &amp; Co&lt;/b&gt;" in text


def test_a_case_is_named_by_the_address_of_the_site(client, case, settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    for host in ("a.example", "b.example", "a.example"):
        text = client.get("/initiatives/", headers={"Host": host}).text
        assert f"rft_id=http%3A%2F%2F{host}%2Finitiatives%2Fweyhe%2F" in text


def test_the_number_of_kept_cards_is_limited(client, case, monkeypatch):
    monkeypatch.setattr(rendered_records, "MOST", 1)
    other = InitiativeFactory(name="Keyring")
    for sort in ("name", "year", "country"):
        response = client.get(f"/initiatives/?sort={sort}")
        assertContains(response, f'id="keep-c{case.pk}"')
        assertContains(response, f'id="keep-c{other.pk}"')
