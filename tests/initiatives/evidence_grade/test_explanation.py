"""The sentences that explain a grade."""

import pytest

from initiatives.evidence_grade.explanation import Grade
from initiatives.evidence_grade.rules import FigureState, FindingEvidence, Level
from tests.initiatives.evidence_grade.test_rules import work

ANOTHER = "An independent source with another author"


def sentences(*works, **values):
    return Grade(FindingEvidence(works, **values)).sentences


@pytest.mark.parametrize(
    ("works", "values", "expected"),
    [
        (
            [work("insider")],
            {},
            ["One work, by people of the initiative.", f"{ANOTHER} would raise it."],
        ),
        (
            [work("independent", is_read=False)],
            {},
            [
                "One work, by independent authors; known only from a summary or a "
                "report.",
                f"{ANOTHER}, or reading the work itself would raise it.",
            ],
        ),
        (
            [work("press"), work("press"), work("press", is_read=False)],
            {},
            [
                "Three works, by the press; one of them known only from a summary or a "
                "report; they count as one voice.",
                f"{ANOTHER} would raise it.",
            ],
        ),
        (
            [work("independent", year=1998)],
            {"figure": FigureState.WITHOUT_PERIOD},
            [
                "One work, by independent authors; not later than 1998; the figure has "
                "no period.",
                f"{ANOTHER} and the period of the figure would raise it.",
            ],
        ),
        (
            [work("independent"), work("official", year=None)],
            {"is_disputed": True},
            [
                "Two works, by independent authors and official records; the sources "
                "disagree on it.",
                "Settling what the sources disagree on would raise it.",
            ],
        ),
        (
            [work("insider", year=None)],
            {},
            [
                "One work, by people of the initiative; of no known year.",
                f"{ANOTHER} would raise it.",
            ],
        ),
        (
            [work("unknown", is_peer_reviewed=True)],
            {"figure": FigureState.COMPLETE},
            [
                "One work, by authors whose part in it is not known.",
                "Two independent sources would raise it.",
            ],
        ),
        (
            [work("independent"), work("insider")],
            {},
            ["Two works, by independent authors and people of the initiative."],
        ),
    ],
)
def test_a_grade_in_sentences(works, values, expected):
    assert sentences(*works, **values) == expected


def test_a_grade_that_the_editors_set_gives_their_note():
    found = Grade(FindingEvidence((work("press"),)), "We spoke to them.", Level.WELL)
    assert found.level == Level.WELL
    assert found.sentences == [
        "Set by the editors: We spoke to them.",
        "One work, by the press.",
    ]
