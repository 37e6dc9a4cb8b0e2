"""The order in which a case tells its statements."""

import pytest

from initiatives.reading_order import in_reading_order
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def case():
    return InitiativeFactory(slug="weyhe")


@pytest.fixture
def add(case):
    """Return a function that adds a finding above all others of the curators' order."""
    positions = iter(range(100, 0, -1))

    def add_finding(statement, level=0, **fields):
        set_by_hand = {"grade_override": level, "grade_note": "We read the data."}
        return FindingFactory(
            initiative=case,
            statement=statement,
            position=next(positions),
            **set_by_hand,
            **fields,
        )

    return add_finding


def on_the_page(client, section=0):
    page = client.get("/initiatives/weyhe/").context["page"]
    sections = [section for part in page.parts for section in part.sections]
    return [finding.statement for finding in sections[section].findings]


@pytest.mark.parametrize("kind", ["barrier", "risk"])
def test_what_was_met_with_a_reported_result_comes_first(client, add, kind):
    met = {"kind": kind, "response": "They talked."}
    add("Well supported, no response.", 2, kind=kind, direction="not-reported")
    add("Result without a response.", 1, kind=kind, direction="helped")
    add("Well supported, no result.", 2, direction="not-reported", **met)
    add("Response that hindered.", 0, direction="hindered", **met)
    add("Better supported.", 1, direction="helped", **met)
    assert on_the_page(client) == [
        "Better supported.",
        "Response that hindered.",
        "Well supported, no result.",
        "Well supported, no response.",
        "Result without a response.",
    ]


def test_figures_come_first_then_what_is_better_supported(client, add):
    add("Well supported.", 2, kind="outcome")
    add("Thin.", 0, kind="outcome")
    figure = {"figure_value": 0, "figure_unit": "thefts"}
    add("Thin, with a figure.", 0, kind="outcome", **figure)
    add("Supported, with a figure.", 1, kind="outcome", **figure)
    assert on_the_page(client) == [
        "Supported, with a figure.",
        "Thin, with a figure.",
        "Well supported.",
        "Thin.",
    ]


def test_change_steps_keep_the_order_of_the_tool(client, add):
    first, second = (ConceptFactory(scheme="change-steps", order=n) for n in (1, 2))
    add("Second.", 2, kind="change-step", concept=second)
    add("First.", 0, kind="change-step", concept=first)
    add("First, better supported.", 1, kind="change-step", concept=first)
    assert on_the_page(client) == ["First, better supported.", "First.", "Second."]


def test_equals_keep_the_order_of_the_curators(case):
    findings = FindingFactory.create_batch(9, initiative=case, kind="lesson")[::-1]
    assert in_reading_order(findings) == findings


def test_works_are_numbered_as_they_are_read(client, add):
    last = add("Thin.", 0, kind="outcome")
    first = add("Well supported.", 2, kind="outcome")
    SourceFactory(finding=last, reference=first.sources.first().reference, position=9)
    works = [
        w.reference for w in client.get("/initiatives/weyhe/").context["page"].works
    ]
    assert works == [each.sources.first().reference for each in (first, last)]


def test_the_page_says_whose_order_it_is(client, add):
    add("Thin.", kind="outcome")
    assert "The order of statements is ours" in client.get("/initiatives/weyhe/").text
