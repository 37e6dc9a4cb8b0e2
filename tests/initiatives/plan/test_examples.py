"""The findings beside a step: which cases, which findings, in which order, and why."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from casebase.facets.snapshot_cache import current_snapshot
from initiatives.models import Initiative
from initiatives.plan.closest import ClosestCases
from initiatives.plan.content import Start
from initiatives.plan.examples import INFORMS, ON_NAMED, ON_STEP, Examples
from tests.desk import count_queries
from tests.factories import ConceptFactory, FindingFactory
from tests.initiatives.plan.world import (
    create_barrier,
    create_case,
    create_finding,
    create_steps,
    start_plan,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def steps():
    return create_steps()


def examples(step, **start):
    start = Start(**start)
    return Examples(step, start, ClosestCases(start, current_snapshot()))


def shown(step, **start):
    """Return pairs of the name of a case and the tier of its finding, of page 1."""
    found = examples(step, **start)
    tiers = [candidate.tier for candidate in found.pages[0]]
    names = [example.finding.initiative.name for example in found.page(1)]
    return [*zip(names, tiers, strict=True)]


def test_findings_on_the_step_come_first_then_on_named_barriers_then_what_informs(
    steps,
):
    mistrust, stigma = create_barrier(), create_barrier("stigma", "Stigma")
    near = {"settlement": "rural", "reach": "nation"}
    informs = create_case("Informs", **near)
    FindingFactory(initiative=informs, kind="participation")
    FindingFactory(initiative=informs, kind="cost")
    named = create_case("Named", **near)
    create_finding(term=mistrust, initiative=named)
    create_finding(term=stigma, initiative=create_case("Other barrier", **near))
    silent = create_case("Silent", **near)
    create_finding(
        term=mistrust, initiative=silent, response="", direction="not-reported"
    )
    on_step = create_case("On step", settlement="town", reach="region")
    create_finding(steps[0], initiative=on_step)
    create_finding(steps[1], initiative=create_case("Other step", **near))
    said = {"settlement": "rural", "reach": "nation", "barriers": ["mistrust"]}
    assert shown(steps[0], **said) == [
        ("On step", ON_STEP),
        ("Named", ON_NAMED),
        ("Informs", INFORMS),
    ]


def test_a_risk_that_was_named_counts_like_a_barrier(steps):
    blame = ConceptFactory(scheme="risks", slug="blame", label="Blame")
    case = create_case("Blamed", settlement="rural")
    FindingFactory(initiative=case, kind="risk", concept=blame, response="They rang.")
    said = {"settlement": "rural", "risks": ["blame", "lost"]}
    assert shown(steps[0], **said) == [("Blamed", ON_NAMED)]


def test_a_case_has_one_finding_the_best_supported_one_and_closer_cases_come_first(
    steps,
):
    far = create_case("Far", settlement="large-city")
    near = create_case("Near", settlement="rural")
    for case in (far, near):
        create_finding(steps[0], initiative=case, statement="Thin.")
        create_finding(
            steps[0],
            initiative=case,
            statement="Well.",
            grade_override=2,
            grade_note="Seen",
            grade=2,
        )
    page = examples(steps[0], settlement="small-town").page(1)
    assert [(e.finding.initiative.name, e.finding.statement) for e in page] == [
        ("Near", "Well."),
        ("Far", "Well."),
    ]


def test_the_third_place_is_for_a_warning_and_others_follow(steps):
    cases = [create_case(f"Case {letter}", settlement="rural") for letter in "ABCDE"]
    for case in cases:
        create_finding(steps[0], initiative=case)
    create_finding(steps[0], initiative=cases[0], direction="hindered")
    create_finding(steps[0], initiative=cases[4], direction="mixed")
    found = examples(steps[0], settlement="rural")
    pages = [found.page(number) for number in (1, 2, 3, 99)]
    assert [
        [(e.finding.initiative.name[-1], e.is_warning) for e in page] for page in pages
    ] == [
        [("A", False), ("B", False), ("E", True)],
        [("C", False), ("D", False), ("A", True)],
        [("E", False)],
        [("E", False)],
    ]


def test_only_warnings_are_shown_too(steps):
    create_finding(steps[0], direction="hindered")
    [example] = examples(steps[0]).page(1)
    assert example.is_warning


def test_without_a_start_the_best_supported_on_the_step_are_nearest(client, steps):
    create_finding(steps[0], statement="They drew a map.")
    kept = start_plan()
    address = reverse("plan:step", args=[kept.token, "map-it"])
    page = client.get(address)
    assertContains(page, "You have not said yet what is like yours")
    assertContains(page, "They drew a map.")


def test_if_no_case_fits_the_page_says_so_and_shows_the_nearest(client, steps):
    create_finding(steps[0], initiative=create_case("Elsewhere", country="FR"))
    page = client.get(f"/plan/{start_plan(country='DE').token}/map-it/")
    assertContains(page, "Nothing fits")
    assertContains(page, "Elsewhere")
    Initiative.objects.update(status="review")
    page = client.get(f"/plan/{start_plan(country='DE').token}/map-it/")
    assertContains(page, "No case has a finding on this step yet.")


def test_the_reason_result_grade_and_source_stand_with_each(client, steps):
    mistrust = create_barrier()
    for number in range(12):
        create_case(f"Other {number}")
    case = create_case("Radars", settlement="rural")
    finding = create_finding(term=mistrust, initiative=case, direction="mixed")
    kept = start_plan(settlement="town", barriers=["mistrust"])
    page = client.get(f"/plan/{kept.token}/map-it/")
    for words in (
        "<em>Mistrust</em>",
        "rare: 1 of 13",
        "rural area, not town",
        "Warning: mixed results",
        "Thinly supported",
        finding.sources.get().reference.short_citation,
        "/similar/?settlement=town&amp;barrier=mistrust",
    ):
        assertContains(page, words)


def test_others_are_shown_by_the_address(client, steps):
    for letter in "ABCD":
        create_finding(
            steps[0], initiative=create_case(f"Case {letter}", settlement="rural")
        )
    address = f"/plan/{start_plan(settlement='rural').token}/map-it/"
    assertContains(client.get(address), "?more=2#examples")
    page = client.get(address, {"more": "2"})
    assertContains(page, "Case D")
    assertNotContains(page, "Case A")
    assertContains(page, "?more=1#examples")
    for nonsense in ("0", "-1", "x", "9" * 20):
        assert client.get(address, {"more": nonsense}).status_code == 200


def test_a_page_takes_the_same_queries_for_any_number_of_cases(client, steps):
    address = f"/plan/{start_plan(settlement='rural').token}/map-it/"
    counts = []
    for letters in ("AB", "CDEFGH"):
        for letter in letters:
            case = create_case(f"Case {letter}", settlement="rural")
            create_finding(steps[0], initiative=case)
        client.get(address)
        counts.append(count_queries(lambda: client.get(address)))
    # Most of them read the snapshot, which a process keeps outside of tests.
    assert counts[0] == counts[1] <= 32
