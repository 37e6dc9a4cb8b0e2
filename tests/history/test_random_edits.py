"""After random changes of a case, every state is kept and can be restored."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.content import parse_content
from casebase.history.models import Edit, Version
from casebase.history.restoring import restore
from casebase.history.undoing import undo
from initiatives.models import Initiative
from references.models import Reference
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    OrganisationFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.history.versions import content

pytestmark = pytest.mark.django_db

NUMBER = st.integers(0, 3)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
TEXT = TEXT.filter(bool)


def one_of(records, number):
    records = list(records)
    return records[number % len(records)] if records else None


def set_text(case, text, number):
    column = ("summary", "challenge", "approach", "evidence_note")[number]
    Initiative.objects.filter(pk=case.pk).update(**{column: text})


def add_finding(case, text, number):
    kind = ("barrier", "outcome", "mode", "lesson")[number]
    place = case.findings.count()
    if kind == "barrier":
        strategies = [ConceptFactory(scheme="strategies", order=place)]
        given_fields = {"strategies": strategies, "response": text}
    else:
        given_fields = {"figure_value": number / 3, "figure_unit": "hours"}
    FindingFactory(
        initiative=case, kind=kind, statement=text, position=place, **given_fields
    )


def change_finding(case, text, number):
    if finding := one_of(case.findings.all(), number):
        finding.statement = text
        finding.save()


def drop_finding(case, text, number):
    if finding := one_of(case.findings.all(), number):
        finding.delete()


def use_work(case, text, number):
    if finding := one_of(case.findings.all(), number):
        work = one_of(Reference.objects.all(), number)
        SourceFactory(finding=finding, reference=work, locator=text[:120])


def set_lists(case, text, number):
    case.tags.set(["water", "rivers", "schools"][:number])
    Initiative.objects.filter(pk=case.pk).update(target_groups=[text])
    case.service_areas.set([ConceptFactory(scheme="service-areas")])


def set_others(case, text, number):
    case.conflicts.all().delete()
    SourceFactory(conflict=ConflictFactory(initiative=case, note=text))
    case.documentation.all().delete()
    DocumentationFactory(initiative=case, is_read=bool(number))
    case.involvements.all().delete()
    body = OrganisationFactory(name=f"Body {number} of {Edit.objects.count()}")
    InvolvementFactory(initiative=case, organisation=body)


def do_nothing(case, text, number):
    case.save()


ACTS = [set_text, add_finding, change_finding, drop_finding]
ACTS += [use_work, set_lists, set_others, do_nothing]
EDIT = st.tuples(st.sampled_from(ACTS), TEXT, NUMBER)
EDITS = st.lists(EDIT, max_size=6)
few = settings(max_examples=8)


def edited(edits):
    """Return a case after these edits, and its content after each."""
    with tracked_transaction():
        ReferenceFactory()
        case = InitiativeFactory(revised_on=date.today())
    said = [content(case)]
    for act, text, number in edits:
        with tracked_transaction():
            act(Initiative.objects.get(), text, number)
        said.append(content(case))
    return case, [
        now for was, now in zip([None, *said], said, strict=False) if was != now
    ]


@pytest.mark.once
@few
@given(edits=EDITS)
def test_every_state_is_a_version(edits):
    with transaction.atomic():
        _, said = edited(edits)
        versions = Version.objects.filter(kind="initiative").order_by("number")
        assert [parse_content(version.content) for version in versions] == said
        assert [version.number for version in versions] == list(range(1, len(said) + 1))
        transaction.set_rollback(True)


@few
@given(edits=st.lists(EDIT, min_size=2, max_size=6), nth=st.integers(0, 8))
def test_any_state_can_be_had_again(edits, nth):
    with transaction.atomic():
        # At least one thing has changed after these edits.
        case, said = edited([*edits, (set_text, "This is the last state.", 0)])
        earlier = [number for number, state in enumerate(said, 1) if state != said[-1]]
        number = earlier[nth % len(earlier)]
        restore(Version.objects.get(kind="initiative", number=number))
        assert content(case) == said[number - 1]
        transaction.set_rollback(True)


@few
@given(edits=EDITS)
def test_edits_are_undone_one_after_the_other(edits):
    with transaction.atomic():
        case, said = edited(edits)
        made = Edit.objects.filter(versions__kind="initiative").order_by("-pk")
        for edit, before in zip(list(made)[:-1], said[-2::-1], strict=True):
            undo(edit)
            assert content(case) == before
        transaction.set_rollback(True)
