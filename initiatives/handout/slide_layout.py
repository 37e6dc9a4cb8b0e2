"""The layout that pandoc's slides lack: sizes that fit, and a narrow column of words.

ECMA-376, part 1: 20.1.10.33 (lengths in EMU, 12,700 a point), 21.1.2.3.9 (sizes of
letters in hundredths of a point).
"""

import re
from collections.abc import Callable

from references.styles.docx_layout import rewrite_parts

TITLE_SIZE, WORDS_SIZE, TABLE_SIZE, WORKS_SIZE = 2200, 1400, 1100, 900
TOP, HEIGHT = 1193800, 3390900
LEFT, WORDS_WIDTH = 457200, 2743200
TABLE_LEFT, COLUMN_WIDTHS = 3352800, (1828800, 2286000, 1219200)
TABLE_WIDTH = sum(COLUMN_WIDTHS)
FRAME = '<a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/>'
WORDS_FRAME = FRAME.format(LEFT, TOP, WORDS_WIDTH, HEIGHT)
TABLE_FRAME = FRAME.format(TABLE_LEFT, TOP, TABLE_WIDTH, HEIGHT)
HALF = '<p:ph idx="1" sz="half" /></p:nvPr></p:nvSpPr><p:spPr />'
TABLE = re.compile("<p:graphicFrame>.*?</p:graphicFrame>", re.DOTALL)
TABLE_PLACE = re.compile(r"(?<=<p:xfrm>).*?(?=</p:xfrm>)")
RUN = re.compile("<a:rPr(?! sz)")


def lay_out_slides(pptx: bytes, n_cases: int, n_lists: int) -> bytes:
    """Return the presentation with its letters and columns set.

    After the title slide come the slides of cases, then those of works.
    """
    cases = range(2, 2 + n_cases)
    works = range(2 + n_cases, 2 + n_cases + n_lists)
    changes: dict[str, Callable[[str], str]] = {
        name_slide(1): lay_out_opening,
        **dict.fromkeys(map(name_slide, cases), lay_out_case),
        **dict.fromkeys(map(name_slide, works), lay_out_works),
    }
    return rewrite_parts(pptx, changes)


def name_slide(number: int) -> str:
    return f"ppt/slides/slide{number}.xml"


def lay_out_opening(xml: str) -> str:
    _, _, rest = xml.partition("</p:sp>")
    return xml.removesuffix(rest) + set_size(rest, WORDS_SIZE)


def lay_out_case(xml: str) -> str:
    frame = f"<p:spPr><a:xfrm>{WORDS_FRAME}</a:xfrm></p:spPr>"
    xml = xml.replace(HALF, HALF.replace("<p:spPr />", frame), 1)
    table = TABLE.search(xml)
    if table:
        xml = xml.replace(table[0], set_size(lay_out_table(table[0]), TABLE_SIZE))
    return set_size(set_title_size(xml), WORDS_SIZE)


def lay_out_works(xml: str) -> str:
    return set_size(set_title_size(xml), WORKS_SIZE)


def lay_out_table(xml: str) -> str:
    widths = iter(COLUMN_WIDTHS)
    xml = TABLE_PLACE.sub(TABLE_FRAME, xml, count=1)
    return re.sub(
        r'(?<=<a:gridCol w=)"\d+"', lambda match: f'"{next(widths)}"', xml, count=3
    )


def set_title_size(xml: str) -> str:
    title, end, rest = xml.partition("</p:sp>")
    return f"{set_size(title, TITLE_SIZE)}{end}{rest}"


def set_size(xml: str, size: int) -> str:
    """Set the size of all letters that have none of their own."""
    return RUN.sub(f'<a:rPr sz="{size}"', xml)
