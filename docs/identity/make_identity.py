# /// script
# requires-python = ">=3.12"
# dependencies = ["brotli==1.2.*", "fonttools==4.60.*", "pillow==13.*"]
# ///
"""Makes the fonts and the mark of the site from two packages. See docs/identity.md.

    make_identity.py LITERATA ATKINSON

The arguments are the folders of the unpacked packages; it writes into static/.
"""

import io
import sys
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from PIL import Image, ImageDraw, ImageFont

STATIC = Path(__file__).parents[2] / "static"
LITERATA, ATKINSON = "literata", "atkinson-hyperlegible-next"
# English, and the letters of western European languages; browsers take others from
# their own fonts. The package has the rest in files of their own, which are large.
LETTERS = {*range(0xC0, 0x100)} - set(map(ord, "ÐÞðþÌÎÏÙÛÝ")) | {ord("œ")}
SIGNS = "\N{NO-BREAK SPACE}‘’“”„–—…·−±›«»£€§©°"  # noqa: RUF001 -- the signs themselves
CHARACTERS = {*range(0x20, 0x7F)} | LETTERS | set(map(ord, SIGNS))
# Small text does well without kerning, which is a fifth of a file.
FEATURES = {LITERATA: ["kern", "liga", "lnum", "tnum"], ATKINSON: ["lnum", "tnum"]}
# One weight for reading and headings, because each costs as much as a page of text.
WEIGHTS = {LITERATA: 400, ATKINSON: (400, 700)}
TILE, LETTER, NUMBER = "#8a3622", "#fdf8ee", "#f6cf95"
DARK_TILE, DARK_LETTER, DARK_NUMBER = "#f3e9d8", "#5f2012", "#a8401f"
# Character, font, weight, size, and the left end of its base line in a square of 32.
C_OF_MARK = ("C", LITERATA, 700, 30, (1.6, 26.4))
ONE_OF_MARK = ("1", ATKINSON, 800, 17, (22.2, 15.2))
ICON_SIZE = 180


def main(packages):
    """Write the fonts, their licences, the mark and its picture for telephones."""
    for name, package in packages.items():
        font = instantiate(load(package, name), WEIGHTS[name])
        write(font, name)
        licence = (package / "LICENSE").read_text()
        (STATIC / "fonts" / f"{name}-OFL.txt").write_text(licence.strip() + "\n")
    (STATIC / "favicon.svg").write_text(draw_mark(packages))
    paint_icon(packages).save(STATIC / "apple-touch-icon.png", optimize=True)


def load(package, name):
    path = package / "files" / f"{name}-latin-wght-normal.woff2"
    return TTFont(path, recalcTimestamp=False)


def instantiate(font, weights):
    """Return the font with these weights: one, or the first and the last of a range."""
    font = instantiateVariableFont(font, {"wght": weights})
    font.flavor = None
    # Read again, because tables that were changed do not name each glyph.
    file = io.BytesIO()
    font.save(file)
    return TTFont(file, recalcTimestamp=False)


def write(font, name):
    path = STATIC / "fonts" / f"{name}.woff2"
    subsetter = Subsetter(Options(layout_features=FEATURES[name], hinting=False))
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(path)


def draw_mark(packages):
    """Return the mark as SVG: the letter with the number of its source."""
    letter, number = (outline(packages, *part) for part in (C_OF_MARK, ONE_OF_MARK))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>'
        f".t{{fill:{TILE}}}.c{{fill:{LETTER}}}.n{{fill:{NUMBER}}}"
        f"@media(prefers-color-scheme:dark){{.t{{fill:{DARK_TILE}}}"
        f".c{{fill:{DARK_LETTER}}}.n{{fill:{DARK_NUMBER}}}}}</style>"
        '<rect class="t" width="32" height="32" rx="6"/>'
        f'<path class="c" d="{letter}"/><path class="n" d="{number}"/></svg>\n'
    )


def outline(packages, character, name, weight, size, place):
    """Return the path of a character in a square of 32."""
    font = instantiate(load(packages[name], name), weight)
    glyphs, scale = font.getGlyphSet(), size / font["head"].unitsPerEm
    pen = SVGPathPen(
        glyphs, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip(".")
    )
    moved = TransformPen(pen, (scale, 0, 0, -scale, *place))
    glyphs[font.getBestCmap()[ord(character)]].draw(moved)
    return pen.getCommands()


def paint_icon(packages):
    """Return the mark as a picture, without round corners: telephones cut their own."""
    factor = ICON_SIZE / 32
    image = Image.new("RGB", (ICON_SIZE, ICON_SIZE), TILE)
    painter = ImageDraw.Draw(image)
    for part, colour in ((C_OF_MARK, LETTER), (ONE_OF_MARK, NUMBER)):
        character, name, weight, size, (x, y) = part
        file = instantiate(load(packages[name], name), weight).reader.file
        file.seek(0)
        font = ImageFont.truetype(file, size * factor)
        painter.text((x * factor, y * factor), character, colour, font, anchor="ls")
    return image


if __name__ == "__main__":
    main(dict(zip((LITERATA, ATKINSON), map(Path, sys.argv[1:]), strict=True)))
