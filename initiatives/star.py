"""The drawing of the Co-Production Star: five change steps around the Four Co’s.

After Loeffler (2015), Introduction to the Co-Production Star: the change steps are its
five points, the modes its centre. It stands for a case, for a plan, or for the scheme.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from initiatives.codebook import Codebook
from initiatives.models import Concept

CENTRE, TIP, SHOULDER, HUB = 160, 156, 72, 54
# How far from the centre the signs of points and of quarters stand.
POINT_SIGN, QUARTER_SIGN = 104, 30

type Outline = Callable[[float], str]


@dataclass(frozen=True)
class StarPart:
    """One point or one quarter, which is filled if it has a ``content``.

    ``sign`` stands for it in the drawing: a number for points, a letter for quarters.
    ``outline`` is in the syntax of SVG paths; ``x`` and ``y`` are where its sign
    stands.
    """

    sign: str
    concept: Concept
    content: Any
    outline: str
    x: float
    y: float


@dataclass(frozen=True)
class Star:
    points: list[StarPart]
    quarters: list[StarPart]

    @property
    def parts(self) -> list[StarPart]:
        return [*self.points, *self.quarters]


def draw_star(codebook: Codebook, content: Mapping[int, Any]) -> Star:
    """Return the star of all change steps and modes.

    ``content`` is what the parts have, by the primary keys of their concepts.
    """
    steps, modes = codebook.terms("change-steps"), codebook.terms("modes")
    points = [
        build_part(f"{n + 1}", step, content, n / len(steps), POINT_SIGN, draw_point)
        for n, step in enumerate(steps)
    ]
    quarters = [
        build_part(
            chr(ord("A") + n),
            mode,
            content,
            (n + 0.5) / len(modes),
            QUARTER_SIGN,
            draw_quarter,
        )
        for n, mode in enumerate(modes)
    ]
    return Star(points, quarters)


def build_part(
    sign: str,
    concept: Concept,
    content: Mapping[int, Any],
    turn: float,
    radius: float,
    draw: Outline,
) -> StarPart:
    x, y = place(radius, turn)
    return StarPart(sign, concept, content.get(concept.pk), draw(turn), x, y)


def place(radius: float, turn: float) -> tuple[float, float]:
    """Return x and y of a place, ``turn`` of a full circle clockwise from the top."""
    angle = 2 * pi * turn - pi / 2
    return (
        round(CENTRE + radius * cos(angle), 1),
        round(CENTRE + radius * sin(angle), 1),
    )


def draw_point(turn: float) -> str:
    corners = [
        place(SHOULDER, turn - 0.1),
        place(TIP, turn),
        place(SHOULDER, turn + 0.1),
        place(HUB + 6, turn),
    ]
    return f"M{'L'.join(f'{x} {y}' for x, y in corners)}Z"


def draw_quarter(turn: float) -> str:
    (x1, y1), (x2, y2) = place(HUB, turn - 0.12), place(HUB, turn + 0.12)
    x0, y0 = place(4, turn)
    return f"M{x0} {y0}L{x1} {y1}A{HUB} {HUB} 0 0 1 {x2} {y2}Z"
