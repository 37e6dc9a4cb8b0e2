"""Draws social cards as PNG, in the colours and typefaces of the site."""

from io import BytesIO
from itertools import chain, repeat

from PIL import Image, ImageDraw

from casebase.social_cards.card import SITE, SocialCard
from casebase.social_cards.lettering import break_lines, legible, shorten, typeface
from casebase.social_cards.palette import colour
from casebase.social_cards.signs import SIZE, draw_sign, fill_of

# Pixels: the size that networks advise, and distances within it.
WIDTH, HEIGHT = 1200, 630
MARGIN = 72
BAND = 18
COLUMN = WIDTH - 2 * MARGIN
# Where the last line is, and the signs of results above it.
LAST = HEIGHT - BAND - 82
SIGNS = LAST - 102
# Sizes of the title, from the one that is tried first, and what it may take.
TITLE_SIZES = (80, 72, 64, 56)
TITLE_LINES = 3
TITLE_HEIGHT = 200
MAX_SIGNS = 20


def draw_card(card: SocialCard) -> bytes:
    """Return the picture as a file in PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), colour("paper"))
    canvas = ImageDraw.Draw(image)
    y = 54.0
    if place := legible(card.place, "sans-bold"):
        lines = [shorten(place, typeface("sans-bold", 28), COLUMN)]
        y = write(canvas, lines, y, "sans-bold", 28, "mark") + 8
    y = draw_title(canvas, card, y)
    draw_text(canvas, card, y + 26)
    draw_results(image, card)
    draw_name(canvas)
    draw_band(canvas, card)
    file = BytesIO()
    # A third of the size: a card has few colours.
    image.quantize(256, Image.Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()


def write(
    canvas: ImageDraw.ImageDraw,
    lines: list[str],
    y: float,
    style: str,
    size: int,
    ink: str,
) -> float:
    """Write lines below each other; return where the next may begin."""
    font, step = typeface(style, size), size * (1.16 if size > 40 else 1.36)
    for line in lines:
        canvas.text((MARGIN, y), line, colour(ink), font)
        y += step
    return y


def draw_name(canvas: ImageDraw.ImageDraw) -> None:
    """Draw the name of the site with its mark, as in the head of pages."""
    font, right, base = typeface("serif", 38), WIDTH - MARGIN, LAST + 30
    box = (right - 24, base - 33, right, base - 7)
    canvas.rounded_rectangle(box, 5, colour("mark-tint"))
    number, centre = typeface("sans-bold", 18), (right - 12, base - 20)
    canvas.text(centre, "1", colour("mark"), number, anchor="mm")
    canvas.text((right - 32, base), SITE, colour("ink"), font, anchor="rs")


def draw_title(canvas: ImageDraw.ImageDraw, card: SocialCard, y: float) -> float:
    """Write the title in the largest size in which it fits."""
    title = legible(card.title, "serif") or card.plain_title
    for size in TITLE_SIZES:
        font = typeface("serif", size)
        lines = break_lines(title, font, COLUMN, TITLE_LINES)
        if len(lines) * size * 1.16 <= TITLE_HEIGHT and " ".join(lines) == title:
            break
    return write(canvas, lines, y, "serif", size, "ink")


def draw_text(canvas: ImageDraw.ImageDraw, card: SocialCard, y: float) -> None:
    text = legible(card.text, "serif")
    lines = break_lines(text, typeface("serif", 33), COLUMN, 2) if text else []
    write(canvas, lines, y, "serif", 33, "ink-quiet")


def draw_results(image: Image.Image, card: SocialCard) -> None:
    """Draw the results as signs, one a statement, or as a bar if they are many."""
    canvas = ImageDraw.Draw(image)
    write(canvas, [card.counts], LAST, "sans", 29, "ink-quiet")
    if not (n := sum(card.results.values())):
        return
    write(canvas, [card.results_text], LAST - 48, "sans-bold", 32, "ink")
    if n <= MAX_SIGNS:
        results = chain.from_iterable(map(repeat, card.results, card.results.values()))
        for place, result in enumerate(results):
            draw_sign(image, result, card.family, MARGIN + place * (SIZE + 8), SIGNS)
    else:
        draw_bar(image, card)


def draw_bar(image: Image.Image, card: SocialCard) -> None:
    """Draw a part for each result, with its sign where there is room."""
    canvas, x = ImageDraw.Draw(image), float(MARGIN)
    for result, n in card.results.items():
        end = x + COLUMN * n / sum(card.results.values())
        box = (x, SIGNS, end - 3, SIGNS + SIZE)
        canvas.rectangle(box, fill_of(result, card.family))
        if end - x > 1.5 * SIZE:
            draw_sign(image, result, card.family, round(x) + 6, SIGNS)
        x = end


def draw_band(canvas: ImageDraw.ImageDraw, card: SocialCard) -> None:
    """Draw the foot: a stripe for each family, as wide as its share of the findings."""
    y, total = HEIGHT - BAND, sum(card.families.values())
    canvas.rectangle((0, y, WIDTH, HEIGHT), colour("mark"))
    seen = 0
    for family, n in card.families.items():
        start, seen = seen, seen + n
        ends = (WIDTH * start / total, y, WIDTH * seen / total, HEIGHT)
        canvas.rectangle(ends, colour("tone-edge", family))
