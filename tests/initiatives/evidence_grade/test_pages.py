"""Where readers see the evidence grade."""

import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Version
from casebase.history.restoring import restore
from initiatives.evidence_grade.rules import RULES_VERSION
from initiatives.models import Finding
from tests.factories import (
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
    SourceFactory,
)
from tests.history.versions import as_it_was
from tests.initiatives.evidence_grade.test_stored_grades import add_source
from tests.initiatives.formats.exporting import parsed
from tests.merging.pairs import merge_pair

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def weyhe():
    with tracked_transaction():
        case = InitiativeFactory(slug="weyhe")
        outcome = FindingFactory(
            initiative=case, statement="Fewer thefts.", short_id="f2222222", sources=0
        )
        add_source(outcome, "independent")
        weak = FindingFactory(initiative=case, statement="More trust.", sources=0)
        work = add_source(weak, "press")
        work.documentation.update(is_peer_reviewed=True)
        lesson = FindingFactory(initiative=case, kind="lesson", sources=0)
        add_source(lesson, "independent")
        add_source(lesson, "insider")
        FindingFactory(initiative=case, kind="mode")
    return case


def text_of(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def test_a_case_says_how_sure_it_is(client, weyhe):
    text = text_of(client.get("/initiatives/weyhe/"))
    assert "How sure : weakest outcome thinly supported;" in text
    assert "; 1 well supported , 1 supported , 1 thinly supported" in text
    weakest = Finding.objects.get(statement="More trust.").short_id
    page = client.get("/initiatives/weyhe/")
    assertContains(page, f'<a href="#{weakest}">weakest outcome</a>')


def test_the_bar_has_a_part_for_each_grade_in_use(client, weyhe):
    Finding.objects.exclude(kind="lesson").filter(statement="More trust.").delete()
    page = client.get("/initiatives/weyhe/").content.decode()
    part = r'class="part part--(grade-\d)" x="([\d.]+)%" width="([\d.]+)%"'
    bars = re.findall(part, page)
    assert bars == [("grade-2", "0.00", "50.00"), ("grade-1", "50.00", "50.00")]


def test_each_statement_gives_its_grade_and_the_reasons(client, weyhe):
    text = text_of(client.get("/initiatives/weyhe/"))
    assert "Supported. One work, by independent authors. An independent source" in text
    assert "(press, peer-reviewed)" in text
    assert "(by people of the initiative)" in text


def test_an_earlier_version_has_the_grades_of_its_time(client, weyhe):
    with tracked_transaction():
        ConflictFactory(initiative=weyhe).findings.add(
            Finding.objects.get(kind="lesson")
        )
    assert "1 well supported" in text_of(as_it_was(client, 1))
    assert "2 supported" in text_of(as_it_was(client, 2))
    assert "2 supported" in text_of(client.get("/initiatives/weyhe/"))
    with tracked_transaction():
        finding = Finding.objects.get(kind="lesson")
        finding.grade_override, finding.grade_note = 2, "We read the data."
        finding.save()
    assert "Set by the editors: We read the data." in text_of(as_it_was(client, 3))


def test_a_case_without_statements_has_no_grades(client):
    FindingFactory(initiative__slug="weyhe", kind="mode")
    assertNotContains(client.get("/initiatives/weyhe/"), "How sure</a>")


def test_the_rules_are_published_with_their_numbers(client, weyhe):
    FindingFactory(initiative__status="draft")
    page = client.get("/about/evidence/")
    assertContains(page, f"rules of version {RULES_VERSION}.")
    counts = re.findall(r"(\d+) statements\.", text_of(page))
    assert counts == ["1", "1", "1"]


def test_exports_give_grades_standing_and_disputes(weyhe):
    conflict = ConflictFactory(initiative=weyhe)
    unsourced = FindingFactory(initiative=weyhe, sources=0)
    conflict.findings.add(Finding.objects.get(short_id="f2222222"), unsourced)
    SourceFactory(conflict=conflict)
    with tracked_transaction():
        pass
    [case] = parsed("json")["cases"]
    by_id = {finding["id"]: finding for finding in case["findings"]}
    outcome = by_id["f2222222"]
    assert (outcome["grade"], outcome["grade_rules"]) == ("thin", RULES_VERSION)
    assert outcome["sources"][0]["standing"] == "independent"
    # A finding without a source is not public, nor is its id.
    assert case["conflicts"][0]["findings"] == ["f2222222"]
    assert case["conflicts"][0]["is_settled"] is False
    assert {work["standing"] for work in case["works"]} == {
        "independent",
        "press",
        "insider",
    }


def test_a_version_is_restored_with_who_speaks_in_works_that_were_merged_since(weyhe):
    version = Version.objects.of("initiative", weyhe.pk).first()
    kept, gone = (each.reference for each in weyhe.documentation.all()[:2])
    standing = weyhe.documentation.get(reference=kept).standing
    with tracked_transaction():
        weyhe.documentation.update(standing="", is_peer_reviewed=None)
    merge_pair("works", kept, gone)
    restore(version)
    found = weyhe.documentation.values_list("reference__key", "standing")
    assert (kept.key, standing) in found
    assert found.count() == 3


def test_a_conflict_says_that_it_is_settled(client, weyhe):
    conflict = ConflictFactory(initiative=weyhe)
    SourceFactory(conflict=conflict)
    assertNotContains(client.get("/initiatives/weyhe/"), "(settled)")
    weyhe.conflicts.update(is_settled=True)
    assertContains(client.get("/initiatives/weyhe/"), "(settled)")
