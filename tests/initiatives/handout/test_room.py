"""Which statements of a case fit its pages."""

from types import SimpleNamespace

from initiatives.handout.room import fit_in, height_of


def finding(statement, *, is_answered=False, response="", strategies=()):
    terms = [SimpleNamespace(label=label) for label in strategies]
    return SimpleNamespace(
        statement=statement,
        response=response,
        is_answered=is_answered,
        strategies=SimpleNamespace(all=lambda: terms),
        figure="",
        period="",
    )


def test_parts_take_turns():
    queues = {"a": [finding("a1"), finding("a2")], "b": [finding("b1"), finding("b2")]}
    room = 3 * height_of(finding("a1"))
    shown = fit_in(queues, room)
    assert [f.statement for f in shown["a"]] == ["a1", "a2"]
    assert [f.statement for f in shown["b"]] == ["b1"]


def test_a_shorter_one_may_fit_after_one_that_does_not():
    queues = {"a": [finding("word " * 500), finding("short")]}
    shown = fit_in(queues, 5)
    assert [f.statement for f in shown["a"]] == ["short"]


def test_a_strip_is_as_high_as_its_longest_part():
    short = finding("Short", is_answered=True)
    assert height_of(finding("Word " * 60, is_answered=True)) > height_of(short)
    met = finding("Short", is_answered=True, response="Word " * 60)
    assert height_of(met) > height_of(short)
    met_by = finding(
        "Short", is_answered=True, response="Word " * 60, strategies=("Open dialogue",)
    )
    assert height_of(met_by) > height_of(met)
