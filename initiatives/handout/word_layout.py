"""What a handout needs of Word besides its text: page breaks, footer, contents, styles.

ECMA-376, part 1: 17.10 (footers), 17.16.5 (fields), 17.7 (styles).
"""

import re
from collections.abc import Callable, Iterable
from html import escape

from references.styles.docx_layout import A4_TWIPS, rewrite_parts

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FOOTER_TYPE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
)
FOOTER = (
    '<?xml version="1.0" encoding="UTF-8"?><w:ftr {namespaces}><w:p><w:pPr>'
    '<w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">{title}</w:t>'
    "</w:r><w:r><w:tab/></w:r>{page}<w:r><w:t>/</w:t></w:r>{pages}</w:p></w:ftr>"
)
FIELD = '<w:fldSimple w:instr="{}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
# How pandoc leaves the field of the table of contents, for Word to fill in.
FIELD_END = '<w:fldChar w:fldCharType="end" />'
PARAGRAPH_END = "</w:r></w:p>"
FIELD_START = '<w:fldChar w:fldCharType="separate" />'
CONTENTS_ENTRY = (
    '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:hyperlink w:anchor="{}">'
    '<w:r><w:t xml:space="preserve">{}</w:t></w:r></w:hyperlink></w:p>'
)
MARGIN_TWIPS = 1020
TEXT_TWIPS = A4_TWIPS[0] - 2 * MARGIN_TWIPS
# The width of the text in pandoc's own document.
PANDOC_TWIPS = 7920
WHOLE_ROW = "<w:trPr><w:cantSplit/></w:trPr>"
LIST_ITEM = '<w:pStyle w:val="Compact" /><w:numPr>'
RULE = '<w:{} w:val="single" w:sz="4" w:space="1" w:color="A6A6A6"/>'
# pandoc's fonts came with Word in 2023; elsewhere others stand in for them, and some
# are far wider. Every Word and LibreOffice has this one, or letters of the same width.
FONTS, FONT = re.compile('"Aptos[^"]*"'), "Arial"
# Styles that Word knows by these names, and that of a reader's notes.
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:tabs><w:tab w:val="right" w:pos="9866"/>'
    '</w:tabs></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/>'
    '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="39"/>'
    '<w:pPr><w:spacing w:after="60"/></w:pPr></w:style>'
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
    ('w:styleId="Heading1"', "<w:keepLines />", "<w:keepLines/><w:pageBreakBefore/>"),
    ('w:styleId="Heading1"', SIZE, r'\1"36"'),
    ('w:styleId="Heading2"', SIZE, r'\1"26"'),
    ('w:styleId="Heading3"', SIZE, r'\1"22"'),
    ('w:styleId="TOCHeading"', "<w:pPr>", '<w:pPr><w:pageBreakBefore w:val="0"/>'),
    (
        'w:styleId="Table"',
        "(<w:tblInd [^>]*>)",
        rf"\1<w:tblBorders>{TABLE_BORDERS}</w:tblBorders>",
    ),
)


def add_handout_layout(
    docx: bytes, title: str, entries: Iterable[tuple[str, str]]
) -> bytes:
    """Return the document with a footer, and with its table of contents filled in.

    ``entries`` are pairs of the id and the text of a heading. Word adds the numbers of
    pages when it opens the document.
    """
    contents = "".join(CONTENTS_ENTRY.format(name, escape(t)) for name, t in entries)
    changes: dict[str, Callable[[str], str]] = {
        "word/document.xml": lambda xml: fill_document(xml, contents),
        "word/styles.xml": change_styles,
        "word/theme/theme1.xml": lambda xml: FONTS.sub(f'"{FONT}"', xml),
        "word/_rels/document.xml.rels": add_relationship,
        "[Content_Types].xml": add_content_type,
    }
    footer = FOOTER.format(
        namespaces=NAMESPACES,
        title=escape(title),
        page=FIELD.format("PAGE"),
        pages=FIELD.format("NUMPAGES"),
    )
    return rewrite_parts(docx, changes, {"word/footer1.xml": footer})


def fill_document(xml: str, contents: str) -> str:
    end = f"<w:p><w:r>{FIELD_END}{PARAGRAPH_END}"
    filled = f"{FIELD_START}{PARAGRAPH_END}{contents}{end}"
    xml = xml.replace(f"{FIELD_START}{FIELD_END}{PARAGRAPH_END}", filled, 1)
    reference = '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/>'
    xml = xml.replace(LIST_ITEM, LIST_ITEM.replace("Compact", "ListBullet"))
    # The data of a picture are no description of it.
    xml = re.sub(r' descr="data:[^"]*"', "", xml)
    xml = re.sub(r'<w:gridCol w:w="(\d+)"', widen_column, xml)
    xml = xml.replace("<w:tr><w:tc>", f"<w:tr>{WHOLE_ROW}<w:tc>")
    for side in ("top", "right", "bottom", "left"):
        xml = xml.replace(f'w:{side}="1440"', f'w:{side}="{MARGIN_TWIPS}"')
    return xml.replace("<w:sectPr>", reference)


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


def add_relationship(xml: str) -> str:
    footer = f'<Relationship Id="footer1" Type="{OFFICE}/footer" Target="footer1.xml"/>'
    return xml.replace("</Relationships>", f"{footer}</Relationships>")


def add_content_type(xml: str) -> str:
    part = f'<Override PartName="/word/footer1.xml" ContentType="{FOOTER_TYPE}"/>'
    return xml.replace("</Types>", f"{part}</Types>")
