"""The desk: which finding the home page shows as an example."""

import pytest
from pytest_django.asserts import assertContains

from initiatives.models import Finding
from tests.constraints import assert_accepted, assert_rejected
from tests.desk import Curator, form_values, listed_records
from tests.factories import FindingFactory
from tests.group_members import Contributor

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ANSWERED = {"kind": "barrier", "response": "They asked.", "direction": "helped"}


def test_a_curator_chooses_a_finding_with_a_response_and_its_result():
    curator, chosen = Curator(), FindingFactory(**ANSWERED)
    refused = curator.change(FindingFactory(), {"is_specimen": "on"})
    assertContains(refused, "only with a response and its result")
    assert curator.change(chosen, {"is_specimen": "on"}).status_code == 302
    assert listed_records(curator.list(Finding, is_specimen__exact="1")) == [chosen]
    silent = curator.change(chosen, {"direction": "not-reported"})
    assertContains(silent, "only with a response and its result")


def test_a_contributor_sees_the_choice_and_leaves_it():
    finding = FindingFactory(**ANSWERED, is_specimen=True, initiative__status="draft")
    contributor = Contributor()
    assert "is_specimen" not in form_values(contributor.open(finding))
    assert contributor.change(finding, {"year": "2020"}).status_code == 302
    finding.refresh_from_db()
    assert (finding.year, finding.is_specimen) == (2020, True)


def test_a_specimen_has_a_response_and_a_result():
    finding = FindingFactory(**ANSWERED)
    assert_accepted(finding, is_specimen=True)
    words = "only with a response and its result"
    assert_rejected(finding, words, response="")
    assert_rejected(finding, words, response="They asked.", direction="not-reported")
