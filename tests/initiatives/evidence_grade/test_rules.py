"""The published rules of the evidence grade, as a pure function."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.evidence_grade.explanation import Grade
from initiatives.evidence_grade.rules import (
    FigureState,
    FindingEvidence,
    Level,
    Standing,
    WorkEvidence,
    grade,
    settled,
    with_all_read,
    with_ideal_work,
    with_period,
)

NAMES = ["smith, j", "keyring", "keyring and the council", "bbc"]
WORKS = st.builds(
    WorkEvidence,
    names=st.frozensets(st.sampled_from(NAMES), max_size=2),
    standing=st.sampled_from(Standing),
    is_peer_reviewed=st.booleans(),
    is_read=st.booleans(),
    year=st.sampled_from([None, 1999, 2010, 2011, 2020]),
)
EVIDENCE = st.builds(
    FindingEvidence,
    works=st.lists(WORKS, max_size=4).map(tuple),
    figure=st.sampled_from(FigureState),
    is_disputed=st.booleans(),
)
AUTHORS = iter(range(1_000_000))


def work(standing="insider", *names, **values):
    """Return a work that was read, by an author of its own unless names are given."""
    authors = frozenset(names or {f"author {next(AUTHORS)}"})
    defaults = {"is_read": True, "year": 2015}
    return WorkEvidence(authors, Standing(standing), **defaults | values)


def level(*works, **values):
    return grade(FindingEvidence(works, **values)).slug


def test_one_voice_of_the_initiative_or_the_press_is_thin():
    assert level() == "thin"
    for standing in ("insider", "press", "commissioned", "official", "secondary", ""):
        assert level(work(standing)) == "thin"
    assert level(work("press"), work("press"), work("press")) == "thin"


def test_two_voices_support_a_statement():
    assert level(work("insider"), work("press")) == "supported"
    assert level(work("official"), work("commissioned")) == "supported"


@pytest.mark.parametrize("standing", ["secondary", "unknown", ""])
def test_who_repeats_others_or_is_not_known_adds_no_voice(standing):
    assert level(work("insider"), work(standing)) == "thin"


def test_an_independent_author_supports_a_statement():
    assert level(work("independent")) == "supported"


def test_only_works_that_were_read_count():
    assert level(work("independent", is_read=False)) == "thin"
    unread = work("press", is_read=False)
    assert level(work("insider"), unread) == "thin"
    assert level(work("independent"), unread) == "supported"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("smith, j", "smith, j"),
        ("governance international", "inlogov and governance international"),
    ],
)
def test_works_that_share_an_author_or_body_are_one_voice(one, other):
    assert level(work("insider", one), work("press", other)) == "thin"
    assert level(work("independent", one), work("independent", other)) == "supported"


def test_a_name_within_a_longer_word_is_not_shared():
    works = work("independent", "king"), work("independent", "keyring")
    assert level(*works) == "well"


def test_a_figure_with_its_period_is_measured():
    complete = FigureState.COMPLETE
    for standing in ("commissioned", "official"):
        assert level(work(standing), figure=complete) == "supported"
    assert level(work("insider"), figure=complete) == "thin"
    assert level(work(is_peer_reviewed=True), figure=complete) == "supported"
    assert level(work("commissioned"), figure=FigureState.WITHOUT_PERIOD) == "thin"


def test_two_voices_of_which_one_is_independent_support_it_well():
    assert level(work("independent"), work("insider")) == "well"
    assert level(work("independent"), work("independent")) == "well"


def test_a_figure_without_its_period_is_not_well_supported():
    works = work("independent"), work("insider")
    assert level(*works, figure=FigureState.WITHOUT_PERIOD) == "supported"
    assert level(*works, figure=FigureState.COMPLETE) == "well"


def test_old_or_undated_sources_do_not_support_it_well():
    for year in (None, 2010):
        works = work("independent", year=year), work("insider", year=year)
        assert level(*works) == "supported"
    assert level(work("independent", year=2011), work(year=None)) == "well"


def test_an_open_disagreement_costs_one_level():
    works = work("independent"), work("insider")
    assert level(*works, is_disputed=True) == "supported"
    assert level(works[0], is_disputed=True) == "thin"
    assert level(works[1], is_disputed=True) == "thin"


@given(EVIDENCE)
def test_an_independent_source_that_agrees_never_lowers_the_grade(evidence):
    assert grade(with_ideal_work(evidence)) >= grade(evidence)


@given(EVIDENCE, WORKS)
def test_no_further_source_lowers_the_grade(evidence, further):
    more = replace(evidence, works=(*evidence.works, further))
    assert grade(more) >= grade(evidence)


@given(EVIDENCE)
def test_a_conflict_never_raises_the_grade(evidence):
    assert grade(replace(evidence, is_disputed=True)) <= grade(settled(evidence))


@given(EVIDENCE, st.randoms())
def test_the_order_of_works_changes_nothing(evidence, random):
    works = list(evidence.works)
    random.shuffle(works)
    assert grade(replace(evidence, works=tuple(works))) == grade(evidence)


@given(EVIDENCE)
def test_reading_and_naming_the_period_never_lower_the_grade(evidence):
    for improve in (with_all_read, with_period):
        assert grade(improve(evidence)) >= grade(evidence)


@given(EVIDENCE)
def test_every_grade_says_what_it_rests_on_and_what_would_raise_it(evidence):
    sentences = Grade(evidence).sentences
    assert sentences[0].endswith(".")
    is_best = grade(evidence) == Level.WELL
    assert [text.endswith("would raise it.") for text in sentences[1:]] == (
        [] if is_best else [True]
    )
