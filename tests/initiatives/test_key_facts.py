"""The strip at the top of a case: what it has, in words."""

from types import SimpleNamespace

import pytest

from initiatives.key_facts import key_facts


def related(*records):
    return SimpleNamespace(all=lambda: records)


def strategy(key):
    return SimpleNamespace(pk=key)


def finding(direction, *strategies, short_id="f1"):
    return SimpleNamespace(
        direction=direction, strategies=related(*strategies), short_id=short_id
    )


def work(standing):
    return SimpleNamespace(sources=[SimpleNamespace(standing=standing)])


def page(works=(), conflicts=(), year=None, **findings):
    """Return a page with these findings by kind, and works with these standings."""
    initiative = SimpleNamespace(conflicts=related(*conflicts), last_source_year=year)
    return SimpleNamespace(
        of_kind=lambda kind: findings.get(kind, []),
        works=[work(standing) for standing in works],
        initiative=initiative,
    )


def said(shown):
    """Return pairs of the anchor of each fact and its text, with signs in brackets."""
    return [
        (fact.anchor, ", ".join([fact.words, *(f"[{s}] {w}" for s, w in fact.details)]))
        for fact in key_facts(shown)
    ]


def test_a_case_without_anything_has_no_facts():
    assert said(page()) == []


def test_barriers_risks_and_outcomes_are_counted_by_result():
    barriers = [finding("not-reported"), finding("helped"), finding("helped")]
    risks = [finding("not-reported"), finding("not-reported")]
    outcomes = [finding("hindered"), finding("neutral"), finding("mixed")]
    assert said(page(barrier=barriers, risk=risks, outcome=outcomes)) == [
        ("barrier", "3 barriers, [helped] 2 helped, [not-reported] 1 not reported"),
        ("risk", "2 risks, [not-reported] 2 not reported"),
        ("outcome", "3 outcomes, [mixed] 1 mixed, [hindered] 1 hindered, "
                    "[neutral] 1 neutral"),
    ]  # fmt: skip


def test_a_single_finding_has_no_number_before_its_result():
    shown = page(barrier=[finding("helped")], outcome=[finding("mixed")])
    assert said(shown) == [
        ("barrier", "1 barrier, [helped] helped"),
        ("outcome", "1 outcome, [mixed] mixed"),
    ]


def test_each_strategy_counts_once_and_the_first_response_with_one_is_linked():
    outreach, training = strategy(1), strategy(2)
    barriers = [
        finding("helped", short_id="f1"),
        finding("mixed", outreach, short_id="f2"),
    ]
    risks = [finding("helped", outreach, training, short_id="f3")]
    assert said(page(barrier=barriers, risk=risks))[2] == ("f2", "2 strategies tried")
    one = page(risk=[finding("helped", training, short_id="f4")])
    assert said(one)[1] == ("f4", "1 strategy tried")


@pytest.mark.parametrize(
    ("standings", "words"),
    [
        (["independent", "independent", "press"], "3 works, [] 2 independent"),
        (["independent"], "1 work, [] independent"),
        (["insider", "press"], "2 works, [] none independent"),
        # Who speaks in one of them is not known: it may be independent.
        (["insider", "unknown"], "2 works"),
        (["insider", ""], "2 works"),
        ([None], "1 work"),
    ],
)
def test_works_are_called_independent_only_where_it_is_known(standings, words):
    assert said(page(works=standings)) == [("works", words)]
    dated = page(works=standings, year=2025)
    assert said(dated) == [("works", f"{words}, [] the latest of 2025")]


def test_disagreements_are_counted():
    open_one, settled = (SimpleNamespace(is_settled=each) for each in (False, True))
    assert said(page(conflicts=[open_one])) == [
        ("conflicts", "sources disagree on 1 point")
    ]
    assert said(page(conflicts=[open_one, settled])) == [
        ("conflicts", "sources disagree on 2 points, [] 1 settled")
    ]
