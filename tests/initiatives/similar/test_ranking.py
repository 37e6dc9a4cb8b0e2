"""The measure, on random cases, against a plain computation of the same rules."""

from math import isclose, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from casebase.facets.value_bitmaps import ValueBitmaps
from initiatives.schemes import SCHEMES
from initiatives.similar.formulas import information_content, range_closeness, stretch
from initiatives.similar.parts import PARTS, REACHES, SETTLEMENTS, SetPart, YearPart
from initiatives.similar.parts import weights_of_case as default_weights
from initiatives.similar.ranking import Asked, Ranking, asked_of_case
from initiatives.similar.space import CaseSpace

# Terms 1 to 3 are broader than ten others each: 11 to 20 are below 1, and so on.
BROADER = {term: (term - 1) // 10 for term in range(11, 41)}
SETS = [name for name, part in PARTS.items() if isinstance(part, SetPart)]
VALUES = {
    "settlement": st.sampled_from([*SETTLEMENTS, "region", "nationwide"]),
    "reach": st.sampled_from(REACHES),
    "region": st.sampled_from(["western-europe", "northern-europe"]),
    "country": st.sampled_from(["DE", "GB", "FR"]),
    "year": st.integers(1950, 2020),
}
CASE = st.fixed_dictionaries(
    {name: st.frozensets(values, max_size=1) for name, values in VALUES.items()}
    | {name: st.frozensets(st.integers(11, 40), max_size=5) for name in SETS}
)
CASES = st.lists(CASE, min_size=2, max_size=8)
# Each compares every pair of cases in all parts.
EXAMPLES = settings(max_examples=25, deadline=None)
WEIGHTS = st.fixed_dictionaries({name: st.sampled_from([0, 1, 3]) for name in PARTS})


def build_space(cases):
    """Return the space of these cases, whose keys are 1, 2, 3 …"""
    bitmaps = {}
    for name in {*PARTS, *(words.parameter for words in SCHEMES.values())}:
        pairs = [(v, key) for key, c in enumerate(cases, 1) for v in c.get(name, ())]
        sets = ((value, BitMap([key])) for value, key in pairs)
        bitmaps[name] = ValueBitmaps.from_sets(sets).rolled_up(BROADER)
    return CaseSpace(np.arange(1, len(cases) + 1, dtype=np.uint32), bitmaps, BROADER)


def with_broader(values):
    return values | {BROADER[value] for value in values if value in BROADER}


def expected_closeness(cases, name, ours, theirs, is_case):
    """Return the closeness of two values by the rules as told to readers."""
    if not ours or not theirs:
        return None
    if name in SETS:
        ours, theirs = with_broader(ours), with_broader(theirs)

        def content(values):
            counts = [sum(v in with_broader(c[name]) for c in cases) for v in values]
            return sum(-log((n + 1) / (len(cases) + 2)) for n in counts)

        whole = ours | theirs if is_case else ours
        return content(ours & theirs) / content(whole)
    [a], [b] = ours, theirs
    if name == "year":
        years = [year for case in cases for year in case["year"]]
        span = max(years) - min(years)
        return max(1 - abs(a - b) / span, 0) if span else float(a == b)
    scale = {"settlement": SETTLEMENTS, "reach": REACHES}.get(name, ())
    if a in scale and b in scale:
        return 1 - abs(scale.index(a) - scale.index(b)) / (len(scale) - 1)
    return float(a == b)


def check_against_rules(cases, ranking, weights, mine, is_case):
    total = sum(weights.values())
    for place, other in enumerate(cases):
        close = {
            name: expected_closeness(cases, name, mine.get(name), other[name], is_case)
            for name, weight in weights.items()
            if weight
        }
        known = sum(weights[n] for n, value in close.items() if value is not None)
        factor = total / ((total + known) / 2)
        for name, value in close.items():
            part = ranking.parts[name]
            assert part.known[place] == (value is not None)
            assert isclose(part.values[place], value or 0, abs_tol=1e-9)
            exact = 100 * weights[name] * (value or 0) * factor
            assert abs(ranking.addends[name][place] - exact) <= 0.5 + 1e-6


@EXAMPLES
@given(CASES, WEIGHTS)
def test_cases_are_compared_by_the_rules(cases, weights):
    if any(weights.values()):
        space = build_space(cases)
        ranking = Ranking(space, asked_of_case(space, 1, weights))
        check_against_rules(cases, ranking, weights, cases[0], True)


@EXAMPLES
@given(CASES, CASE)
def test_needs_are_compared_by_the_rules(cases, mine):
    stated = {name: values for name, values in mine.items() if values}
    if stated:
        weights = dict.fromkeys(stated, 1)
        ranking = Ranking(build_space(cases), Asked(stated, weights))
        check_against_rules(cases, ranking, weights, stated, False)


@EXAMPLES
@given(CASES, WEIGHTS)
def test_it_is_the_same_from_either_side(cases, weights):
    if any(weights.values()):
        space = build_space(cases)
        rankings = [
            Ranking(space, asked_of_case(space, key, weights)).scores
            for key in range(1, len(cases) + 1)
        ]
        table = np.array(rankings)
        assert (table == table.T).all()


@EXAMPLES
@given(CASES, st.data())
def test_a_twin_with_one_term_less_ranks_first(cases, data):
    name = data.draw(st.sampled_from(SETS))
    mine = cases[0] | {"reach": frozenset({"nation"})}
    mine[name] = mine[name] | {11, 21}
    twin = mine | {name: mine[name] - {11}}
    lost = with_broader(mine[name]) - with_broader(twin[name])
    # Others have a value of this part, but nothing of what the twin has lost.
    others = [
        {**case, name: frozenset(case[name] | {35}) - {*range(11, 21)}}
        for case in cases[1:]
        if not with_broader(case[name]) & lost - {1}
    ]
    space = build_space([mine, twin, *others])
    weights = default_weights() | {name: 3}
    ranking = Ranking(space, asked_of_case(space, 1, weights))
    assert ranking.scores[1] == ranking.scores[1:].max()


@EXAMPLES
@given(CASES, CASE)
def test_the_printed_parts_add_up_and_the_order_is_that_of_the_sums(cases, mine):
    stated = {name: values for name, values in mine.items() if values}
    ranking = Ranking(build_space(cases), Asked(stated, dict.fromkeys(stated, 1)))
    assert (sum(ranking.addends.values(), 0 * ranking.scores) == ranking.scores).all()
    ranked = [(-ranking.scores[place], place) for place in ranking.places]
    assert ranked == sorted(ranked)
    assert set(ranking.places) == set(np.flatnonzero(ranking.scores))


def test_more_of_its_own_does_not_count_against_a_case():
    mine = {"barrier": frozenset({11})}
    plain = {"barrier": frozenset({11})}
    rich = {"barrier": frozenset({11, 12, 25, 38})}
    ranking = Ranking(build_space([plain, rich]), Asked(mine, {"barrier": 1}))
    assert ranking.scores.tolist() == [100, 100]


@pytest.mark.parametrize("matters", [1, 3])
def test_not_known_lies_between_same_and_different(matters):
    same, other = frozenset({"DE"}), frozenset({"FR"})
    nation = frozenset({"nation"})
    cases = [{"country": c, "reach": nation} for c in (same, frozenset(), other)]
    mine = {"country": same, "reach": nation}
    asked = Asked(mine, {"country": matters, "reach": 1})
    scores = Ranking(build_space(cases), asked).scores
    assert scores[0] > scores[1] > scores[2]


def test_a_region_is_close_to_regions_alone():
    part = PARTS["settlement"]
    assert part.closeness("region", "region") == 1
    assert part.closeness("region", "rural") == 0
    assert part.closeness("rural", "nationwide") == 0
    assert part.closeness("rural", "large-city") == 0
    assert part.closeness("town", "city") == 0.75


def test_rare_terms_tell_more_and_one_of_all_cases_still_a_little():
    contents = [information_content(n, 41) for n in range(42)]
    assert contents == sorted(contents, reverse=True)
    assert contents[0] == pytest.approx(log(43))
    assert contents[-1] > 0


def test_years_without_a_range_are_the_same_or_different():
    assert range_closeness(0, 0) == 1
    assert range_closeness(3, 0) == 0
    space = build_space([{"year": frozenset()}])
    assert space.year_range == 0
    close = YearPart("year", "Year").compare(space, [2000], is_case=False)
    assert not close.known.any()


def test_all_known_is_not_stretched():
    assert stretch(np.array([4.0, 2.0]), 4).tolist() == [1, 4 / 3]
