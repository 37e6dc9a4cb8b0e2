"""The geometry of the Co-Production Star: five change steps around the Four Co’s.

After Loeffler (2015), Introduction to the Co-Production Star: the change steps are its
five points, the modes its centre.
"""

from dataclasses import dataclass
from math import cos, pi, sin

from initiatives.models import Concept, Finding

CENTRE, TIP, SHOULDER, HUB = 160, 156, 72, 54


@dataclass(frozen=True)
class StarPart:
    """One point or one quarter: its concept, its findings, and where it is drawn.

    ``number`` counts from 1; ``points`` is the outline in the syntax of SVG; ``x`` and
    ``y`` are where its label stands.
    """

    number: int
    concept: Concept
    findings: list[Finding]
    points: str
    x: float
    y: float

    @property
    def letter(self):
        """The letter of a quarter in the drawing: A, B, C or D."""
        return chr(ord("A") + self.number - 1)


def point(radius, turn):
    """Return x and y of a point, ``turn`` of a full circle clockwise from the top."""
    angle = 2 * pi * turn - pi / 2
    return (
        round(CENTRE + radius * cos(angle), 1),
        round(CENTRE + radius * sin(angle), 1),
    )


def draw_star(steps, modes, findings):
    """Return the points and the quarters of one case’s star, as two lists of parts.

    ``steps`` and ``modes`` are all concepts to draw, in order; ``findings`` are those
    of the case on change steps and modes.
    """
    by_concept: dict[int, list[Finding]] = {}
    for finding in findings:
        by_concept.setdefault(finding.concept_id, []).append(finding)
    points = [
        _star_part(number, step, by_concept.get(step.pk, []), number / len(steps), _arm)
        for number, step in enumerate(steps)
    ]
    quarters = [
        _star_part(
            number,
            mode,
            by_concept.get(mode.pk, []),
            (number + 0.5) / len(modes),
            _quarter,
        )
        for number, mode in enumerate(modes)
    ]
    return points, quarters


def _star_part(number, concept, findings, turn, outline):
    x, y = point(104 if outline is _arm else 30, turn)
    return StarPart(number + 1, concept, findings, outline(turn), x, y)


def _arm(turn):
    corners = [
        point(SHOULDER, turn - 0.1),
        point(TIP, turn),
        point(SHOULDER, turn + 0.1),
        point(HUB + 6, turn),
    ]
    return " ".join(f"{x},{y}" for x, y in corners)


def _quarter(turn):
    (x1, y1), (x2, y2) = point(HUB, turn - 0.12), point(HUB, turn + 0.12)
    x0, y0 = point(4, turn)
    return f"M{x0} {y0}L{x1} {y1}A{HUB} {HUB} 0 0 1 {x2} {y2}Z"
