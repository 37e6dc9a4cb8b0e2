"""The steps of a plan: the change steps of the codebook, in its order."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.text import capfirst

from casebase.kept.models import Kept
from initiatives.codebook import Codebook
from initiatives.plan.content import SECTIONS, START, TABLE, Plan, Start

SCHEME = "change-steps"


def change_steps(codebook: Codebook) -> list[Any]:
    terms: list[Any] = codebook.terms(SCHEME)
    return terms


def change_step(codebook: Codebook, slug: str) -> Any:
    """Return the step of this slug, also a former one. Raises Http404."""
    if step := codebook.by_slug.get((SCHEME, slug)):
        return step
    raise Http404("The codebook has no change step of this name.")


def follow_renamed_steps(kept: Kept, codebook: Codebook) -> None:
    """Give what is stored of steps that were renamed since their present slugs.

    The database has them from the next save on. Where something is stored under the
    present slug, too, both stay as they are.
    """
    for name in sorted(kept.sections.keys() - SECTIONS.keys()):
        step = codebook.by_slug.get((SCHEME, name))
        if step and step.slug not in kept.sections:
            kept.sections[step.slug] = kept.sections.pop(name)


def plain_words(step: Any) -> str:
    """Return a sentence on a step: the first of its note, else of its definition."""
    note = step.scope_note.removeprefix("In plain words: ") or step.definition
    return capfirst(note.partition(". ")[0].removesuffix(".")) + "."


@dataclass(frozen=True)
class Stop:
    """One page of a plan in its line of progress; steps have a number."""

    name: str
    label: str
    address: str
    has_content: bool
    number: int | None = None


def list_stops(codebook: Codebook, token: str, plan: Plan) -> list[Stop]:
    """Return the pages of a plan, in the order in which they are offered."""
    steps = [
        Stop(
            step.slug,
            step.label,
            reverse("plan:step", args=[token, step.slug]),
            step.slug in plan.steps and not plan.steps[step.slug].is_empty,
            number,
        )
        for number, step in enumerate(change_steps(codebook), start=1)
    ]
    return [
        Stop(START, "Start", reverse("plan:start", args=[token]), has_start(plan)),
        *steps,
        Stop(
            TABLE,
            "Table",
            reverse("plan:table", args=[token]),
            bool(plan.table.rows),
        ),
    ]


def has_start(plan: Plan) -> bool:
    """Whether the team has said anything in the beginning."""
    return plan.start.model_copy(update={"is_template": False}) != Start()


def next_address(codebook: Codebook, token: str, name: str) -> str:
    """Return where “Save and go on” leads from the start or a step: to the next."""
    stops = list_stops(codebook, token, Plan())
    names = [stop.name for stop in stops]
    return stops[names.index(name) + 1].address
