"""The stored grades and the pages that explain them rest on the same evidence."""

from collections import Counter
from random import Random

import pytest

from initiatives.evidence_grade.rules import LEVELS, Standing
from initiatives.evidence_grade.stored_evidence import read_findings
from initiatives.evidence_grade.stored_grades import stored_values
from initiatives.models import Finding, Initiative, Source
from references.models import Contribution
from tests.factories import (
    ConflictFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)

BODIES = ["", "KeyRing", "The KeyRing", "Council of Lambeth and KeyRing"]
PEOPLE = [("Löffler", "E."), ("LÖFFLER", "Elke"), ("Baker", "")]


def make_people():
    people = [PersonFactory(family=name, given=given) for name, given in PEOPLE]
    return [*people, PersonFactory(family="", literal="The Key-Ring")]


def make_work(chance, people):
    """Make a work of up to three authors and editors, who may be the same."""
    work = ReferenceFactory(
        type=chance.choice(["book", "report", "webpage"]),
        publisher=chance.choice(BODIES),
        container_title=chance.choice(BODIES),
        issued_year=chance.choice([None, 2010, 2011, 2020]),
    )
    roles = Contribution.Role.values
    possible = [(person, role) for person in people for role in roles]
    for person, role in chance.sample(possible, chance.randrange(4)):
        ContributionFactory(reference=work, person=person, role=role)
    return work


def make_case(chance, works):
    """Make a case that lists most of the works, with ten findings that rest on them."""
    case = InitiativeFactory()
    for work in chance.sample(works, 6):
        DocumentationFactory(
            initiative=case,
            reference=work,
            standing=chance.choice(list(Standing)),
            is_peer_reviewed=chance.choice([None, False, True]),
        )
    findings = [make_finding(chance, case, works) for _ in range(10)]
    for is_settled in (False, False, True):
        conflict = ConflictFactory(initiative=case, is_settled=is_settled)
        conflict.findings.set(chance.sample(findings, 3))


def make_finding(chance, case, works):
    figure = {"figure_value": 3, "figure_unit": "people"}
    period, override = {"figure_period": "2014"}, {"grade_note": "They err."}
    override["grade_override"] = chance.choice(LEVELS)[0]
    columns = chance.choice([{}, figure, figure | period, override])
    finding = FindingFactory(initiative=case, sources=0, **columns)
    for work in chance.choices(works, k=chance.randrange(5)):
        via = chance.choice(Source.Via.values)
        SourceFactory(finding=finding, reference=work, via=via)
    return finding


def comparable(evidence):
    return Counter(evidence.works), evidence.figure, evidence.is_disputed


@pytest.mark.django_db
def test_columns_and_records_are_the_same_evidence():
    chance = Random(2021)  # noqa: S311 -- no secret
    people = make_people()
    works = [make_work(chance, people) for _ in range(8)]
    for _ in range(4):
        make_case(chance, works)
    cases = Initiative.objects.values_list("pk", flat=True)
    stored = {row.key: row for row in read_findings(list(cases))}
    shown = list(Finding.objects.with_sources())
    assert len(shown) == len(stored) == 40
    for finding in shown:
        row, page = stored[finding.pk], finding.evidence
        assert comparable(row.evidence) == comparable(page.evidence)
        assert stored_values(row)[0] == page.level
    assert {stored_values(row) for row in stored.values()} > {(0, 1), (1, 1), (2, 0)}
