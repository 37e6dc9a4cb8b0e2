"""An edit of a term touches the cases that show what it changes, and no others."""

import pytest

from casebase.change_tracking.models import Touched
from casebase.change_tracking.transactions import (
    tracked_transaction,
    update_derived_data,
)
from casebase.history.models import Version
from casebase.history.version_recording import record_all
from casebase.search.queries import matching
from casebase.search.rebuilding import rebuild
from initiatives.models import Concept, Scheme
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    SchemeFactory,
)
from tests.search.test_indexing import everything

pytestmark = pytest.mark.django_db

SHOWN_BY_CASES = {
    "scheme": "risks",
    "slug": "other",
    "label": "Other",
    "synonyms": ["Other"],
    "order": 7,
}
NOT_SHOWN = {
    "hidden_labels": ["Other"],
    "translations": {"de": {"label": "Anderes", "synonyms": [], "sure": True}},
    "definition": "Other.",
    "scope_note": "Other.",
    "broader": None,
    "is_heading": True,
    "questions": ["Other?"],
    "actions": ["Other."],
    "outputs": ["Other."],
}
EDITS = SHOWN_BY_CASES | NOT_SHOWN


@pytest.fixture
def term():
    """A term that a case, a finding and an answer show, beside others."""
    SchemeFactory(slug="risks")
    above = ConceptFactory(scheme="change-steps", label="Above")
    term = ConceptFactory(scheme="change-steps", broader=above, order=3)
    others = [ConceptFactory(scheme="change-steps", order=5) for _ in range(2)]
    case = InitiativeFactory(service_areas=[term.pk, others[0].pk])
    FindingFactory(kind="barrier", concept=term, initiative=case)
    FindingFactory(
        kind="barrier", concept=others[0], strategies=[others[1].pk, term.pk]
    )
    update_derived_data()
    return Concept.objects.filter(pk=term.pk)


def test_the_edits_are_of_all_columns():
    columns = {field.name for field in Concept._meta.concrete_fields} - {"id"}
    assert EDITS.keys() == columns


@pytest.mark.parametrize("column", EDITS)
def test_a_column_touches_cases_if_they_show_it(term, column):
    term.update(**{column: EDITS[column]})
    touched = Touched.objects.pending().by_kind()
    assert touched["concept"] == {term.get().pk}
    shown = column in SHOWN_BY_CASES
    assert (
        len(touched.get("initiative", ()))
        == len(touched.get("finding", ()))
        == (2 * shown)
    )
    # As the form of the desk does: all columns are written, and this one as it was.
    update_derived_data()
    term.get().save()
    assert Touched.objects.pending().by_kind().keys() == {"concept"}


@pytest.mark.once
@pytest.mark.parametrize("column", EDITS)
def test_nothing_is_outdated_after_an_edit(term, column):
    with tracked_transaction():
        term.update(**{column: EDITS[column]})
    index, versions = everything(), Version.objects.count()
    rebuild()
    record_all()
    assert everything() == index
    assert Version.objects.count() == versions


def test_narrower_terms_are_found_by_a_new_name_of_theirs_above(term):
    with tracked_transaction():
        Concept.objects.filter(label="Above").update(label="Umbrella")
    assert term.get().pk in matching("concept", "umbrella")
    assert not matching("concept", "above")


def test_terms_are_found_by_a_new_name_of_their_scheme(term):
    names = {"label": "Schritte", "synonyms": [], "sure": True}
    with tracked_transaction():
        Scheme.objects.filter(slug=term.get().scheme_id).update(
            translations={"de": names}
        )
    assert term.get().pk in matching("concept", "schritte")
