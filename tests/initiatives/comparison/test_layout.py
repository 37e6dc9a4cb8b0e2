"""The layout of a comparison: rows, states, and what is shared, for all inputs."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.comparison.layout import SECTIONS, Comparison
from initiatives.comparison.rows import Column, Fact, Row, Show, State, Value
from initiatives.models import Concept, Finding
from initiatives.schemes import CODED_SCHEMES

# Primary key → scheme and broader term. The first barrier is above the next two.
FOREST = {
    1: ("barriers", None),
    2: ("barriers", 1),
    3: ("barriers", 2),
    4: ("barriers", None),
    5: ("modes", None),
}
CONCEPTS = {
    key: Concept(pk=key, label=f"Term {key}", scheme_id=scheme, broader_id=broader)
    for key, (scheme, broader) in FOREST.items()
}
KINDS = ("outcome", "cost", "barrier", "mode")
DIRECTIONS = ("helped", "hindered")


class Listed(list):
    """A list that is read as a related manager is."""

    def all(self):
        return self


def finding(kind, term=None, direction="helped", work=1):
    source = SimpleNamespace(reference_id=work, reference=f"work {work}")
    return SimpleNamespace(
        kind=kind,
        concept_id=term,
        concept=CONCEPTS.get(term),
        direction=direction,
        sources=Listed([source]),
    )


def column(*findings, not_found=(), facts=None):
    facts = {title: Fact([Value(v)] if v else []) for title, v in (facts or {}).items()}
    return Column(SimpleNamespace(not_found=[*not_found]), facts, [*findings])


def compare(*columns):
    return Comparison([*columns], CONCEPTS)


def row_named(comparison, title):
    [row] = [row for row in comparison.rows if row.title == title]
    return row


def states(row):
    return [cell.state for cell in row.cells]


@st.composite
def findings(draw):
    kind = draw(st.sampled_from(KINDS))
    scheme = CODED_SCHEMES[kind].slug if kind in CODED_SCHEMES else None
    terms = [key for key, (of, _) in FOREST.items() if of == scheme] or [None]
    return finding(
        kind,
        draw(st.sampled_from(terms)),
        draw(st.sampled_from(DIRECTIONS)),
        draw(st.integers(1, 3)),
    )


COLUMNS = st.lists(
    st.builds(
        lambda found, kinds, place: column(
            *found, not_found=kinds, facts={"Place": place, "Years": ""}
        ),
        st.lists(findings(), max_size=6),
        st.sets(st.sampled_from(KINDS)),
        st.sampled_from(["Weyhe", "London", ""]),
    ),
    min_size=1,
    max_size=4,
)


@given(COLUMNS)
def test_every_finding_is_in_exactly_one_cell_of_its_column(columns):
    comparison = compare(*columns)
    for n, each in enumerate(columns):
        placed = [
            (found, row) for row in comparison.rows for found in row.cells[n].findings
        ]
        assert sorted(id(f) for f, _ in placed) == sorted(map(id, each.findings))
        for found, row in placed:
            assert found.kind == row.kind
            assert found.concept == row.term


@given(COLUMNS)
def test_a_state_says_no_more_than_is_known(columns):
    for row in compare(*columns).rows:
        for each, cell in zip(columns, row.cells, strict=True):
            kinds = {found.kind for found in each.findings}
            if row.is_fact:
                expected = State.FOUND if cell.values else State.NOT_KNOWN
            elif cell.findings:
                expected = State.FOUND
            elif row.kind in each.case.not_found and row.kind not in kinds:
                expected = State.NOT_FOUND
            else:
                expected = State.NOT_CODED
            assert cell.state == expected


@given(COLUMNS)
def test_rows_are_shared_or_differ_and_never_both(columns):
    comparison = compare(*columns)
    shared, different = (
        [line for _, lines in comparison.shown_sections(show) for line in lines]
        for show in (Show.SHARED, Show.DIFFERENT)
    )
    rows = [id(line) for line in shared + different if isinstance(line, Row)]
    assert sorted(rows) == sorted(map(id, comparison.rows))
    assert comparison.count(Show.ALL) == len(comparison.rows)
    n_shared, n_different = map(comparison.count, (Show.SHARED, Show.DIFFERENT))
    assert n_shared + n_different == len(comparison.rows)


def summary(comparison):
    """What does not depend on the order of the columns."""
    return [
        (row.kind, row.title, row.is_shared, row.n_found, row.has_different_results)
        for row in comparison.rows
    ]


@given(COLUMNS, st.data())
def test_the_order_of_cases_changes_no_row(columns, data):
    others = data.draw(st.permutations(columns))
    assert summary(compare(*columns)) == summary(compare(*others))


@given(COLUMNS, st.sampled_from(Show))
def test_broader_terms_come_before_narrower_ones_and_once(columns, show):
    for _, lines in compare(*columns).shown_sections(show):
        keys = [line.term.pk for line in lines if line.term]
        assert len(keys) == len(set(keys))
        for n, key in enumerate(keys):
            broader = FOREST[key][1]
            assert broader is None or broader in keys[:n]


@given(COLUMNS)
def test_works_are_numbered_as_the_rows_first_cite_them(columns):
    comparison = compare(*columns)
    numbers = [
        number
        for row in comparison.rows
        for cell in row.cells
        for found in cell.findings
        for number in found.marks
    ]
    first_uses = list(dict.fromkeys(numbers))
    assert first_uses == [work.number for work in comparison.works]
    assert first_uses == list(range(1, len(first_uses) + 1))


def test_every_kind_has_exactly_one_section():
    kinds = [kind for of_section in SECTIONS.values() for kind in of_section]
    assert sorted(kinds) == sorted(Finding.Kind.values)


def test_the_first_and_the_last_may_share_what_the_middle_lacks():
    """Which a comparison of neighbours would miss."""
    with_it, without = column(finding("barrier", 4)), column(finding("cost"))
    row = row_named(compare(with_it, without, with_it), "Term 4")
    assert states(row) == [State.FOUND, State.NOT_CODED, State.FOUND]
    assert (row.n_found, row.n_cases, row.is_shared) == (2, 3, False)


def test_the_three_states_are_told_apart():
    having = column(finding("cost"))
    row = row_named(compare(having, column(not_found=["cost"]), column()), "Costs")
    assert states(row) == [State.FOUND, State.NOT_FOUND, State.NOT_CODED]


def test_a_kind_that_was_looked_for_and_has_findings_is_not_in_vain():
    """A case that says both has other terms of the kind; this one is not coded."""
    both = column(finding("barrier", 2), not_found=["barrier"])
    row = row_named(compare(both, column(finding("barrier", 4))), "Term 4")
    assert states(row) == [State.NOT_CODED, State.FOUND]


def test_a_kind_looked_for_in_vain_has_a_row_though_no_case_has_a_term_of_it():
    comparison = compare(column(not_found=["barrier"]), column())
    assert states(row_named(comparison, "Any barrier")) == [
        State.NOT_FOUND,
        State.NOT_CODED,
    ]
    assert not row_named(comparison, "Any barrier").is_shared


def test_cases_share_that_all_were_looked_through_in_vain():
    in_vain = column(not_found=["cost"])
    row = row_named(compare(in_vain, in_vain), "Costs")
    assert (row.is_shared, row.n_found) == (True, 0)


def test_what_nobody_looked_for_and_nobody_has_is_no_row():
    assert compare(column(), column()).rows == []


@pytest.mark.parametrize(
    ("places", "is_shared"),
    [(("Weyhe", "Weyhe"), True), (("Weyhe", "London"), False), (("Weyhe", ""), False)],
)
def test_a_fact_is_shared_if_all_have_the_same_known_value(places, is_shared):
    comparison = compare(*(column(facts={"Place": place}) for place in places))
    assert row_named(comparison, "Place").is_shared == is_shared


def test_values_that_all_have_are_named_where_the_others_differ():
    def areas(*labels):
        facts = {"Areas": Fact([Value(label) for label in labels])}
        return Column(SimpleNamespace(not_found=[]), facts)

    comparison = compare(areas("Health", "Care"), areas("Care"), areas("Care", "Work"))
    assert row_named(comparison, "Areas").common_texts == ["Care"]
    same = compare(areas("Care"), areas("Care"))
    assert row_named(same, "Areas").common_texts == []


def test_results_differ_only_where_all_have_it():
    helped, hindered = (
        column(finding("barrier", 4, direction)) for direction in DIRECTIONS
    )
    other = column(finding("cost"))
    assert row_named(compare(helped, hindered), "Term 4").has_different_results
    assert not row_named(compare(helped, helped), "Term 4").has_different_results
    alone = row_named(compare(helped, hindered, other), "Term 4")
    assert not alone.has_different_results


def test_a_broader_term_counts_the_cases_with_any_of_its_narrower_ones():
    comparison = compare(column(finding("barrier", 2)), column(finding("barrier", 3)))
    [section] = comparison.sections
    broader, two, three = section.lines(Show.ALL)
    assert (broader.title, broader.n_found, broader.n_cases) == ("Term 1", 2, 2)
    assert [(row.title, row.depth) for row in (two, three)] == [
        ("Term 2", 1),
        ("Term 3", 2),
    ]


def test_a_hidden_row_still_heads_its_narrower_terms():
    comparison = compare(
        column(finding("barrier", 2), finding("barrier", 3)),
        column(finding("barrier", 3)),
    )
    [section] = comparison.sections
    titles = [line.title for line in section.lines(Show.SHARED)]
    assert titles == ["Term 1", "Term 2", "Term 3"]


def test_a_withdrawn_case_has_a_column_and_is_not_counted():
    gone = Column(SimpleNamespace(not_found=["cost"]), is_withdrawn=True)
    comparison = compare(gone, column(finding("cost"), facts={"Place": "Weyhe"}))
    row = row_named(comparison, "Costs")
    assert states(row) == [State.WITHDRAWN, State.FOUND]
    assert (row.n_found, row.n_cases) == (1, 1)
    assert states(row_named(comparison, "Place"))[0] == State.WITHDRAWN
    assert compare(gone, gone).rows == []


def test_a_broader_term_does_not_count_withdrawn_cases():
    gone = Column(SimpleNamespace(not_found=[]), is_withdrawn=True)
    [section] = compare(gone, column(finding("barrier", 3))).sections
    assert next(section.lines(Show.ALL)).n_cases == 1


def test_a_term_that_the_codebook_has_only_just_got_is_shown():
    term = Concept(pk=99, label="New", scheme_id="barriers")
    new = finding("barrier", 99)
    new.concept = term
    assert row_named(compare(column(new), column()), "New").n_found == 1
