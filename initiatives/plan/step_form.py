"""The form of a step’s page: its boxes and its checklists.

Its questions are sent with their answers, because the codebook may change meanwhile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from casebase.kept.content_types import clean_text
from initiatives.plan.content import Answer, Step
from initiatives.plan.shown_quotes import ShownQuote, find_since, show_quotes

# Of boxes that a form can have; more than a step of the codebook has questions.
MAX_BOXES = 30


@dataclass(frozen=True)
class Box:
    """A question with its answer. ``theirs`` is what somebody else saved meanwhile."""

    number: int
    question: str
    text: str
    quotes: list[ShownQuote]
    is_asked: bool
    error: str
    theirs: str | None


@dataclass(frozen=True)
class Checklist:
    """The actions or the outputs of a step.

    ``lines`` are pairs of a text and whether it is ticked, ``lost`` those that are
    ticked and that the codebook doesn’t have any more. ``theirs`` are the lines that
    somebody else ticked meanwhile, None if they are the same.
    """

    name: str
    label: str
    lines: list[tuple[str, bool]]
    lost: list[str]
    theirs: list[str] | None


def read_form(data: QueryDict, stored: Step) -> Step:
    """Return the step that was sent, not yet checked, with the quotes that are stored.

    An answer with neither text nor quotes is none.
    """
    quotes = {each.question: each.quotes for each in stored.answers}
    texts = {
        clean_text(data.get(f"_question-{number}", "")): data[f"answer-{number}"]
        for number in range(MAX_BOXES)
        if f"answer-{number}" in data
    }
    answers = [
        Answer.model_construct(
            question=question,
            text=clean_text(texts.get(question, "")),
            quotes=quotes.get(question, []),
        )
        for question in dict.fromkeys([*texts, *quotes])
    ]
    return Step.model_construct(
        answers=[each for each in answers if each.text or each.quotes],
        actions=data.getlist("_actions"),
        outputs=data.getlist("_outputs"),
        removed=stored.removed,
    )


type Errors = Mapping[tuple[int | str, ...], str]


def build_boxes(term: Any, shown: Step, stored: Step, errors: Errors) -> list[Box]:
    """Return the questions of the codebook, then others that were answered before.

    ``stored`` differs from what is shown if somebody else saved meanwhile; ``errors``
    are by place in what is shown.
    """
    places = {each.question: place for place, each in enumerate(shown.answers)}
    theirs = {each.question: each.text for each in stored.answers}
    since = find_since(quote for each in shown.answers for quote in each.quotes)
    boxes = []
    for number, question in enumerate(unique([*term.questions, *places, *theirs])):
        # Not checked: what was sent may be longer than what is kept.
        answer, error = Answer.model_construct(question=question), ""
        if (place := places.get(question)) is not None:
            answer = shown.answers[place]
            error = errors.get(("answers", place, "text"), "")
        quotes, is_asked = show_quotes(answer.quotes, since), question in term.questions
        other = theirs.get(question, "")
        other_text = None if other == answer.text else other
        boxes.append(
            Box(number, question, answer.text, quotes, is_asked, error, other_text)
        )
    return boxes


def unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def build_checklists(term: Any, shown: Step, stored: Step) -> list[Checklist]:
    return [
        build_checklist("actions", "What to do", term.actions, shown, stored),
        build_checklist(
            "outputs", "What should exist then", term.outputs, shown, stored
        ),
    ]


def build_checklist(
    name: str, label: str, lines: Iterable[str], shown: Step, stored: Step
) -> Checklist:
    ticked, theirs = getattr(shown, name), getattr(stored, name)
    lines = list(lines)
    return Checklist(
        name,
        label,
        [(line, line in ticked) for line in lines],
        [line for line in ticked if line not in lines],
        theirs if set(theirs) != set(ticked) else None,
    )
