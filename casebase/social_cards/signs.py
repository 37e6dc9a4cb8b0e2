"""The signs and colours of results on social cards: those of the pages."""

from functools import cache
from math import cos, pi, sin

from PIL import Image, ImageDraw

from casebase.social_cards.palette import Colour, colour, mix

# Drawn larger and made smaller, because Pillow's lines have jagged edges.
SCALE = 4
SIZE = 42
# Result → the lines of its sign, in a circle of radius 1.
STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "helped": [[(-0.42, 0.04), (-0.12, 0.36), (0.46, -0.34)]],
    "mixed": [
        [(-0.38, -0.14), (0.38, -0.14)],
        [(0, -0.52), (0, 0.24)],
        [(-0.38, 0.46), (0.38, 0.46)],
    ],
    "hindered": [[(-0.34, -0.34), (0.34, 0.34)], [(-0.34, 0.34), (0.34, -0.34)]],
    "neutral": [[(0, 0), (0.01, 0)]],
    "not-reported": [
        [
            *((0.3 * sin(a), -0.24 - 0.3 * cos(a)) for a in (-1.5, -0.8, 0, 0.8, 1.5)),
            *((0.3 * sin(a), -0.24 - 0.3 * cos(a)) for a in (2.2, pi)),
            (0, 0.26),
        ],
        [(0, 0.54), (0.01, 0.54)],
    ],
}


def fill_of(direction: str, family: str) -> Colour:
    """Return the colour of a result, as in static/css/answer.css."""
    tone = colour("tone", family)
    return {
        "helped": tone,
        "mixed": mix(tone, colour("paper"), 0.55),
        "hindered": colour("ink"),
        "neutral": colour("tone-edge", family),
        "not-reported": colour("rule"),
    }[direction]


def draw_sign(image: Image.Image, direction: str, family: str, x: int, y: int) -> None:
    """Draw the sign of a result on a disc, SIZE pixels high and wide."""
    is_light = direction in ("not-reported", "mixed")
    disc, strokes = masks(direction)
    image.paste(fill_of(direction, family), (x, y), disc)
    image.paste(colour("ink" if is_light else "leaf"), (x, y), strokes)


@cache
def masks(direction: str) -> tuple[Image.Image, Image.Image]:
    """Return the disc and the strokes of a sign, each as a mask."""
    side, r = SIZE * SCALE, SCALE * 1.7
    disc, strokes = (Image.new("L", (side, side)) for _ in range(2))
    ImageDraw.Draw(disc).ellipse((0, 0, side - 1, side - 1), 255)
    canvas = ImageDraw.Draw(strokes)
    for stroke in STROKES[direction]:
        points = [(side / 2 * (1 + x), side / 2 * (1 + y)) for x, y in stroke]
        canvas.line(points, 255, round(2 * r), joint="curve")
        for x, y in points:
            canvas.ellipse((x - r, y - r, x + r, y + r), 255)
    small = Image.Resampling.LANCZOS
    return disc.resize((SIZE, SIZE), small), strokes.resize((SIZE, SIZE), small)
