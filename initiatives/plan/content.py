"""What a plan contains, checked by pydantic when it is stored, read or brought in.

It is stored in sections, each saved on its own: “start”, one by the slug of each change
step, and “table”.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from casebase.kept.content_types import Line, Lines, Part, Text
from initiatives.evidence_grade.rules import Level
from initiatives.schemes import SCHEMES

# Of the shape below. A plan of another shape is converted, or refused with words.
SHAPE: Literal[1] = 1
START, TABLE = "start", "table"
MAX_SLUGS, MAX_QUOTES, MAX_ROWS, MAX_STEPS = 100, 30, 100, 20

# Names in addresses: of terms, cases, findings, works, steps and rows.
Slug = Annotated[str, Field(pattern="^[0-9A-Za-z_-]{1,100}$")]
MaybeSlug = Annotated[str, Field(pattern="^[0-9A-Za-z_-]{0,100}$")]
Slugs = Annotated[list[Slug], Field(max_length=MAX_SLUGS)]
Address = Annotated[Line, Field(pattern=r"^(https?://\S+)?$")]


def refuse_sections(slug: str) -> str:
    if slug in SECTIONS:
        raise ValueError(f"“{slug}” is the name of another section")
    return slug


def refuse_equal_ids(rows: "list[Row]") -> "list[Row]":
    if len({row.id for row in rows}) < len(rows):
        raise ValueError("Two rows have the same id")
    return rows


class QuotedSource(Part):
    """Where a quoted finding rests on a work; ``text`` is “Meyer & Grosser 2014”."""

    key: Slug
    text: Line
    locator: Line = ""
    url: Address = ""


class Quote(Part):
    """A finding as it was taken over, with its sources. It stays as it is.

    ``finding`` is its short id, ``case`` the slug of its case, ``version`` the public
    version of the case at the time. ``kind``, ``direction`` and ``grade`` are values of
    those of Finding; ``term`` and ``strategies`` are labels.
    """

    finding: Slug
    case: Slug
    case_name: Line
    place: Line = ""
    kind: Line
    term: Line = ""
    statement: Text
    response: Text = ""
    strategies: Lines = []
    direction: Line = ""
    grade: Level | None = None
    sources: Annotated[list[QuotedSource], Field(max_length=50)] = []
    version: int | None = None
    taken_on: date


Quotes = Annotated[list[Quote], Field(max_length=MAX_QUOTES)]


class Start(Part):
    """What a team says in the beginning. Values are those of the lists of cases.

    ``service_areas``, ``modes``, ``barriers`` and ``risks`` are slugs of terms.
    """

    title: Line = ""
    service: Text = ""
    people: Text = ""
    settlement: Line = ""
    reach: Line = ""
    country: Line = ""
    service_areas: Slugs = []
    modes: Slugs = []
    barriers: Slugs = []
    risks: Slugs = []
    to_find_out: Text = ""
    # Whether those with the read link may start plans of their own from this one.
    is_template: bool = False


# Fields of the start whose values are terms → their scheme; fields of the place; and
# parameter of the lists of cases → the field that has its values.
TERM_FIELDS = {
    "service_areas": "service-areas",
    "modes": "modes",
    "barriers": "barriers",
    "risks": "risks",
}
PLACE_FIELDS = ("settlement", "reach", "country")
FIELDS = {name: name for name in PLACE_FIELDS} | {
    SCHEMES[scheme].parameter: field for field, scheme in TERM_FIELDS.items()
}


class Answer(Part):
    """The answer to a question, which is kept with it: the codebook may change."""

    question: Text
    text: Text = ""
    quotes: Quotes = []


class Step(Part):
    """One change step: answers, and the actions and outputs that are ticked."""

    answers: Annotated[list[Answer], Field(max_length=30)] = []
    actions: Annotated[list[Text], Field(max_length=50)] = []
    outputs: Annotated[list[Text], Field(max_length=50)] = []
    # What was removed last, so that it can be put back: one quote, with its question.
    removed: Answer | None = None

    @property
    def is_empty(self) -> bool:
        said = any(answer.text or answer.quotes for answer in self.answers)
        return not (said or self.actions or self.outputs)


class Likelihood(StrEnum):
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"


class Consequence(StrEnum):
    SMALL = "small"
    SERIOUS = "serious"
    SEVERE = "severe"


class RowKind(StrEnum):
    BARRIER = "barrier"
    RISK = "risk"


class Row(Part):
    """A row of the plan’s table: barrier or risk → strategy → action → who → by when.

    ``term`` and ``strategy`` are slugs where the codebook has them; ``obstacle`` and
    ``way`` say them in the team’s words. ``measure`` is how they shall know.
    """

    id: Slug
    kind: RowKind = RowKind.BARRIER
    term: MaybeSlug = ""
    obstacle: Text = ""
    strategy: MaybeSlug = ""
    way: Text = ""
    action: Text = ""
    who: Line = ""
    by: date | None = None
    measure: Text = ""
    likelihood: Likelihood | None = None
    consequence: Consequence | None = None
    quotes: Quotes = []


class Table(Part):
    rows: Annotated[
        list[Row], Field(max_length=MAX_ROWS), AfterValidator(refuse_equal_ids)
    ] = []
    # What was removed last, so that it can be put back, and its place.
    removed: Row | None = None
    removed_from: Annotated[int, Field(ge=0, le=MAX_ROWS)] = 0


StepSlug = Annotated[Slug, AfterValidator(refuse_sections)]


class Plan(Part):
    """All of a plan. ``steps`` is by the slug of the change step."""

    shape: Literal[1] = SHAPE
    start: Start = Start()
    steps: Annotated[dict[StepSlug, Step], Field(max_length=MAX_STEPS)] = {}
    table: Table = Table()

    @property
    def title(self) -> str:
        return self.start.title or "Plan of a change"

    @property
    def quotes(self) -> list[Quote]:
        """Every quote in the order of the plan, each finding once."""
        answers = [each for step in self.steps.values() for each in step.answers]
        holders: list[Answer | Row] = [*answers, *self.table.rows]
        every = [quote for holder in holders for quote in holder.quotes]
        return list({quote.finding: quote for quote in reversed(every)}.values())[::-1]


# What each section is checked by; all others are change steps.
SECTIONS: dict[str, type[Part]] = {START: Start, TABLE: Table}


def read_section(name: str, content: Any) -> Any:
    """Return a section from what is stored: a Start, a Table or a Step.

    Raises ValidationError of pydantic.
    """
    return SECTIONS.get(name, Step).model_validate(content or {})


def split_plan(plan: Plan) -> dict[str, Any]:
    """Return the sections to store of a plan: name → content. See ``read_plan``."""
    content = plan.model_dump(mode="json", exclude_defaults=True)
    start, table = content.get("start", {}), content.get("table", {})
    return {START: start, **content.get("steps", {}), TABLE: table}


def read_plan(contents: dict[str, Any]) -> Plan:
    """Return the plan of stored sections: name → content, without what was removed."""
    parts = {name: content or {} for name, content in contents.items()}
    steps = {n: c | {"removed": None} for n, c in parts.items() if n not in SECTIONS}
    table = parts.get(TABLE, {}) | {"removed": None, "removed_from": 0}
    return Plan.model_validate(
        {"start": parts.get(START, {}), "steps": steps, "table": table}
    )
