"""The desk: the summary of errors above a form, with links to the fields."""

import lxml.html
import pytest
from django.contrib.auth.models import User
from pytest_django.asserts import assertNotContains

from initiatives.models import Finding, Initiative
from references.models import Reference
from tests.desk import Administrator, Curator, new_finding, new_source
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    ReferenceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def curator():
    return Curator()


def summary(response):
    """Return text → id of the element that it links to; "" if it has no link."""
    page = lxml.html.fromstring(response.text)
    ids = {each.get("id") for each in page.iter() if each.get("id")}
    [box] = [e for e in page.iter("div") if e.get("class") == "error-summary"]
    assert (box.get("role"), box.get("tabindex")) == ("alert", "-1")
    assert "autofocus" in box.attrib
    found = {}
    for item in box.iter("li"):
        [link] = list(item.iter("a")) or [item]
        target = link.get("href", "").removeprefix("#")
        assert not target or target in ids
        found["".join(link.itertext())] = target
    return found


def test_a_form_without_errors_has_no_summary(curator):
    assertNotContains(curator.open(InitiativeFactory()), "error-summary")


def test_fields_of_the_case_are_linked(curator):
    found = summary(curator.change(InitiativeFactory(), {"name": "", "country": ""}))
    assert found == {
        "Name: This field is required.": "id_name",
        "Country: A published case needs a country, and a locality or region.": (
            "id_country"
        ),
    }


def test_the_direction_of_a_barrier_has_no_default(curator):
    case = InitiativeFactory(status="draft")
    term = ConceptFactory(scheme="barriers")
    blank = curator.open(case).context["inline_admin_formsets"][0].formset.empty_form
    assert not blank["direction"].value()
    sent = new_finding(kind="barrier", concept=term.pk, direction="")
    found = summary(curator.change(case, sent))
    assert found == {
        "Finding #1: Direction: This field is required.": "id_findings-0-direction"
    }


def test_rows_within_rows_are_named_and_linked(curator):
    finding = FindingFactory(statement="Neighbours feel safer.")
    sent = {
        "findings-0-sources-0-url": "no address",
        "findings-0-year": "1066",
    }
    found = summary(curator.change(finding.initiative, sent))
    row = "Outcome · Neighbours feel safer."
    assert list(found.values()) == [
        "id_findings-0-year",
        "id_findings-0-sources-0-url",
    ]
    assert [text.split(": ")[:2] for text in found] == [
        [row, "Year"],
        [row, "Source #1"],
    ]


def test_an_error_of_a_whole_row_links_to_its_first_field(curator):
    [(text, field)] = summary(
        curator.change(InitiativeFactory(), new_finding())
    ).items()
    assert text.startswith("Finding #1: A published case shows the source")
    assert field == "id_findings-0-kind"


def test_a_row_that_is_to_be_deleted_has_no_errors(curator):
    finding = FindingFactory()
    sent = {"findings-0-DELETE": "on", "findings-0-statement": "", "name": ""}
    assert list(summary(curator.change(finding.initiative, sent)).values()) == [
        "id_name"
    ]


def test_rows_of_tables_and_conflicts_are_linked(curator):
    case = InvolvementFactory().initiative
    ConflictFactory(initiative=case)
    sent = {"involvements-0-role": "x", "conflicts-0-about": ""}
    prefixes = [
        each.formset.prefix
        for each in curator.open(case).context["inline_admin_formsets"]
    ]
    role = next(name for name in prefixes if "involvement" in name)
    found = summary(curator.change(case, sent | {f"{role}-0-role": "x"}))
    assert list(found.values()) == ["id_conflicts-0-about", f"id_{role}-0-role"]


def test_too_many_rows_link_to_their_section(curator, few_rows):
    sent = {"findings-TOTAL_FORMS": str(few_rows + 1)}
    found = summary(curator.change(InitiativeFactory(), sent))
    assert "findings-group" in found.values()


def test_every_other_form_of_the_desk_has_one(curator):
    work = ReferenceFactory()
    found = summary(curator.change(work, {"title": "", "url": "no address"}))
    assert list(found.values()) == ["id_title", "id_url"]
    found = summary(curator.add(Finding, {"kind": "outcome"}))
    assert {"id_statement", "id_direction"} <= set(found.values())
    assert summary(curator.add(Reference, {}))
    assert summary(curator.add(Initiative, {}))


def test_forms_of_accounts_have_one_too():
    person = User.objects.create_user("someone")
    found = summary(Administrator().change(person, {"username": ""}))
    assert list(found.values()) == ["id_username"]


def test_a_new_source_of_a_saved_finding_is_numbered(curator):
    finding = FindingFactory(sources=1)
    sent = new_source(ReferenceFactory(), index=1)
    sent["findings-0-sources-1-via"] = ""
    [(text, field)] = summary(curator.change(finding.initiative, sent)).items()
    assert ": Source #2: " in text
    assert field == "id_findings-0-sources-1-via"
