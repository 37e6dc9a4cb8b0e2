"""How a handout looks in Word: close, for a case is to fit on two pages.

ECMA-376, part 1: 17.7 (styles). What all documents have is in
references/styles/docx_document.py.
"""

import re

from references.styles.docx_layout import A4_TWIPS, rewrite_parts

MARGIN_TWIPS = 1020
TEXT_TWIPS = A4_TWIPS[0] - 2 * MARGIN_TWIPS
# The width of the text in pandoc's own document.
PANDOC_TWIPS = 7920
LIST_ITEM = '<w:pStyle w:val="Compact" /><w:numPr>'
RULE = '<w:{} w:val="single" w:sz="4" w:space="1" w:color="A6A6A6"/>'
# Styles that Word knows by these names, and that of a reader's notes.
STYLES = (
    '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>'
    '<w:basedOn w:val="Compact"/><w:qFormat/></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Note">'
    '<w:name w:val="Note"/><w:basedOn w:val="BodyText"/><w:qFormat/><w:pPr><w:pBdr>'
    f"{RULE.format('bottom')}{RULE.format('between')}</w:pBdr></w:pPr></w:style>"
)
TABLE_BORDERS = "".join(map(RULE.format, ("top", "bottom", "insideH")))


SIZE, SPACING = r'(<w:szC?s? w:val=)"\d+"', r"<w:spacing [^>]*>"
# Where in the styles, what, and what replaces it: smaller letters and spaces, a page
# for each case, rows of tables with lines between them. Sizes are in half points.
CHANGES = (
    ("<w:docDefaults>", SIZE, r'\1"19"'),
    ('w:styleId="BodyText"', SPACING, '<w:spacing w:before="60" w:after="60"/>'),
    ('w:styleId="Compact"', SPACING, '<w:spacing w:before="20" w:after="20"/>'),
    ('w:styleId="Heading2"', SPACING, '<w:spacing w:before="140" w:after="40"/>'),
    ('w:styleId="Heading3"', SPACING, '<w:spacing w:before="80" w:after="40"/>'),
    ('w:styleId="Heading1"', SIZE, r'\1"36"'),
    ('w:styleId="Heading2"', SIZE, r'\1"26"'),
    ('w:styleId="Heading3"', SIZE, r'\1"22"'),
    (
        'w:styleId="Table"',
        "<w:tblBorders>.*?</w:tblBorders>",
        f"<w:tblBorders>{TABLE_BORDERS}</w:tblBorders>",
    ),
)


def add_handout_layout(docx: bytes) -> bytes:
    """Return the document with its own styles."""
    changes = {"word/document.xml": fit_pages, "word/styles.xml": change_styles}
    return rewrite_parts(docx, changes)


def fit_pages(xml: str) -> str:
    """Make lists bullets, tables as wide as the page, and margins narrow."""
    xml = xml.replace(LIST_ITEM, LIST_ITEM.replace("Compact", "ListBullet"))
    # The data of a picture are no description of it.
    xml = re.sub(r' descr="data:[^"]*"', "", xml)
    xml = re.sub(r'<w:gridCol w:w="(\d+)"', widen_column, xml)
    for side in ("top", "right", "bottom", "left"):
        xml = xml.replace(f'w:{side}="1440"', f'w:{side}="{MARGIN_TWIPS}"')
    return xml


def widen_column(match: re.Match[str]) -> str:
    """Return a column of a table as wide as our page lets it be."""
    width = int(match[1]) * TEXT_TWIPS // PANDOC_TWIPS
    return f'<w:gridCol w:w="{width}"'


def change_styles(xml: str) -> str:
    """Change pandoc's styles, and add those that it lacks."""
    for place, pattern, replacement in CHANGES:
        start = xml.index(place)
        changed = re.sub(pattern, replacement, xml[start:], count=1)
        xml = xml[:start] + changed
    return xml.replace("</w:styles>", f"{STYLES}</w:styles>")
