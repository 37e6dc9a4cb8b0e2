"""The desk: forms that no browser would send are rejected without a server error."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from initiatives.models import Finding, Initiative
from references.models import Reference
from tests.desk import Curator, admin_url
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    SourceFactory,
)
from tests.once import once

pytestmark = pytest.mark.django_db

HUGE = "9" * 30


@pytest.fixture
def curator():
    return Curator()


@pytest.fixture
def case():
    case = InitiativeFactory(name="Weyhe")
    strategies = [ConceptFactory(scheme="strategies")]
    FindingFactory(initiative=case, kind="barrier", strategies=strategies)
    SourceFactory(conflict=ConflictFactory(initiative=case))
    InvolvementFactory(initiative=case)
    DocumentationFactory(initiative=case)
    return case


def errors(response):
    """Return the names of the fields with errors."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += inline.formset.forms
        forms += [s for f in inline.forms for s in getattr(f, "sources", [])]
    return {form.add_prefix(name) for form in forms for name in form.errors}


@pytest.mark.parametrize("value", [HUGE, "a\0b", *once("nonsense")])
def test_impossible_values_are_rejected(curator, case, value):
    fields = {
        "service_areas",
        "country",
        "start_year",
        "revised_on",
        "findings-0-kind",
        "findings-0-concept",
        "findings-0-strategies",
        "findings-0-year",
        "findings-0-position",
        "findings-0-sources-0-reference",
        "findings-0-sources-0-position",
        "findings-0-sources-0-via",
        "conflicts-0-sources-0-reference",
        "involvements-0-organisation",
        "documentation-0-reference",
    }
    response = curator.change(case, dict.fromkeys(fields, value))
    assert errors(response) >= fields


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("findings-0-id", HUGE),
        ("findings-0-sources-0-id", "a\0b"),
        *once(("findings-0-sources-0-id", HUGE), ("conflicts-0-id", HUGE)),
        *once(("conflicts-0-id", "nonsense")),
    ],
)
def test_an_unknown_row_is_rejected(curator, case, field, value):
    response = curator.change(case, {field: value, "name": "Changed"})
    assert field in errors(response)


@pytest.mark.once
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("findings-TOTAL_FORMS", None),
        ("findings-INITIAL_FORMS", "nonsense"),
        ("findings-0-sources-TOTAL_FORMS", "nonsense"),
        ("findings-0-sources-TOTAL_FORMS", None),
        ("conflicts-0-sources-INITIAL_FORMS", "nonsense"),
        ("documentation-TOTAL_FORMS", None),
    ],
)
def test_a_wrong_number_of_rows_is_rejected(curator, case, field, value):
    assert curator.change(case, {"name": "Changed", field: value}).status_code == 200
    case.refresh_from_db()
    assert case.name == "Weyhe"


@pytest.mark.once
def test_too_many_rows_are_rejected(curator, case, few_rows):
    response = curator.change(case, {"conflicts-TOTAL_FORMS": HUGE})
    assertContains(response, f"Please submit at most {few_rows} forms.")
    conflicts = response.context["inline_admin_formsets"][1]
    assert len(conflicts.formset.forms) == few_rows


TEXTS = {"name", "slug", "locality", "tags", "findings-0-figure_unit"}
TEXTS |= {
    "findings-0-sources-0-locator",
    "findings-0-sources-0-url",
    "conflicts-0-about",
}


@pytest.mark.parametrize("text", ["a\0b", "x" * 1000])
def test_texts_that_cannot_be_stored_are_rejected(curator, case, text):
    response = curator.change(case, dict.fromkeys(TEXTS, text))
    assert errors(response) >= TEXTS


@pytest.mark.once
def test_equal_positions_are_accepted(curator, case):
    FindingFactory(initiative=case)
    tied = {"findings-0-position": 1, "findings-1-position": 1, "name": ""}
    assert curator.change(case, tied).status_code == 200


def test_a_source_of_another_finding_stays_where_it_is(curator, case):
    other = SourceFactory()
    fields = {"findings-0-sources-0-id": other.pk, "findings-0-sources-0-locator": "x"}
    curator.change(case, fields)
    other.refresh_from_db()
    assert other.locator == ""


def test_a_finding_of_another_case_stays_where_it_is(curator, case):
    other = FindingFactory(statement="Mine.")
    fields = {"findings-0-id": other.pk, "findings-0-statement": "Yours."}
    curator.change(case, fields)
    assert Finding.objects.get(pk=other.pk).statement == "Mine."


@pytest.mark.parametrize("model", [Initiative, *once(Finding, Reference)])
@pytest.mark.parametrize(
    "query", [{"q": "a\0b"}, {"q": "x" * 10_000}, {"p": HUGE}, {"o": HUGE}, {"x": "1"}]
)
def test_a_list_ignores_invalid_parameters(curator, case, model, query):
    assert curator.list(model, **query).status_code in (200, 302, 400)


@pytest.mark.parametrize(
    "key", ["status__exact", "country", "service_areas__id__exact"]
)
@pytest.mark.parametrize("value", [HUGE, "a\0b", *once("nonsense")])
def test_a_filter_ignores_invalid_values(curator, case, key, value):
    assert curator.list(Initiative, **{key: value}).status_code in (200, 302, 400)


@pytest.mark.parametrize("term", ["a\0b", "\0", "x" * 10_000])
def test_an_autocomplete_ignores_invalid_terms(curator, term):
    query = {"app_label": "initiatives", "model_name": "source", "term": term}
    query["field_name"] = "reference"
    response = curator.client.get(reverse("admin:autocomplete"), query)
    assert response.status_code == 200


@pytest.mark.parametrize("key", ["0", HUGE, "nonsense", "a_00b"])
def test_the_page_of_an_unknown_record_redirects(curator, key):
    assert curator.client.get(admin_url(Finding, "change", key)).status_code == 302
