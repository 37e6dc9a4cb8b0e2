"""What pandoc's Word documents lack when they are more than a list of works.

Contents that are there when the file is opened, a running title, page numbers, tables
and boxes with borders, and wide pages. ECMA-376, part 1, sections 17.6 (pages), 17.10
(headers) and 17.16.5.68 (contents).
"""

import re
from html import escape

from django.utils.text import Truncator

from references.styles.docx_layout import (
    apply_layout,
    build_section_end,
    rewrite_parts,
)
from references.styles.pandoc_styles import Layout

LANGUAGE = "en-GB"
# With these pandoc makes a document with contents from a page.
ARGUMENTS = (
    *("--from=html", "--to=docx", f"--metadata=lang:{LANGUAGE}"),
    *("--toc", "--toc-depth=1", "--metadata=toc-title:Contents"),
)
# Of the works, whatever the style asks of a paper.
WORKS_LAYOUT = Layout(hangs=True, line_spacing=1, entry_spacing=0)

# Paragraphs of one of these begin and end wide pages. Like TAB_PLACEHOLDER, they are
# for private use: texts of readers must be rid of them.
WIDE_START, WIDE_END = "\ue001", "\ue002"
# A running title has one line.
TITLE_LENGTH = 90
SMALL = '<w:rPr><w:sz w:val="18"/><w:color w:val="595959"/></w:rPr>'
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# Element of the part, and its content.
MARGINS = {
    "header": ("hdr", "<w:p>{title}</w:p>"),
    "footer": ("ftr", '<w:p><w:pPr><w:jc w:val="right"/></w:pPr>{page}{pages}</w:p>'),
}
PART = "<w:{0} {1}>{2}</w:{0}>"
FIELD = '<w:fldSimple w:instr="{}"><w:r>{}<w:t>1</w:t></w:r></w:fldSimple>'
RUN = '<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>'
OVERRIDE = (
    '<Override PartName="/word/{0}.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.{0}+xml"/>'
)
RELATION = (
    '<Relationship Id="{0}" Target="{0}.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/{0}"/>'
)
REFERENCES = "".join(
    f'<w:{part}Reference w:type="default" r:id="{part}"/>' for part in MARGINS
)
HEADING = re.compile(
    r'<w:bookmarkStart [^>]*w:name="([^"]+)" />\s*<w:p><w:pPr>'
    r'<w:pStyle w:val="Heading1" /></w:pPr>(.*?)</w:p>',
    re.DOTALL,
)
TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
# Pandoc leaves the field empty: Word asks leave to fill it, others show nothing.
CONTENTS = re.compile(
    r'<w:p><w:r><w:fldChar w:fldCharType="begin" w:dirty="true" />.*?'
    r'<w:fldChar w:fldCharType="end" /></w:r></w:p>'
)
FIELD_START = (
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText xml:space="preserve">'
    r'TOC \o "1-1" \h \z \u</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
)
FIELD_END = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
ENTRY = (
    '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{start}<w:hyperlink '
    'w:anchor="{anchor}"><w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    "</w:hyperlink></w:p>"
)
ENTRY_STYLE = (
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/>'
    '<w:basedOn w:val="Normal"/><w:uiPriority w:val="39"/><w:pPr><w:spacing '
    'w:before="0" w:after="40"/><w:ind w:left="0"/></w:pPr></w:style>'
)
# Pandoc's fonts came with Word in 2023; elsewhere others stand in for them, and some
# are far wider. Every Word and LibreOffice has this one, or letters of the same width.
FONTS, FONT = re.compile('"Aptos[^"]*"'), "Arial"
SIDES = ("top", "left", "bottom", "right")
BORDER = '<w:{} w:val="single" w:sz="4" w:space="{}" w:color="8C8C8C"/>'
# Pandoc's tables have one line, below the heading.
TABLE_STYLE = re.compile(r'w:styleId="Table" .*?<w:tblInd [^>]*/>', re.DOTALL)
# Pandoc makes such styles for <div data-custom-style="Box">.
BOX_STYLE = re.compile(r'(w:styleId="Box">.*?)</w:style>', re.DOTALL)
CHAPTER_STYLE = re.compile(
    r'(w:styleId="Heading1".*?<w:keepNext ?/>\s*<w:keepLines ?/>)', re.DOTALL
)
# It is based on that of the highest headings.
CONTENTS_STYLE = re.compile(r'(w:styleId="TOCHeading".*?<w:pPr>)', re.DOTALL)
CHECK_STYLE = re.compile(r'(w:styleId="Check">.*?)</w:style>', re.DOTALL)
HANGING = (
    '<w:pPr><w:tabs><w:tab w:val="left" w:pos="400"/></w:tabs><w:spacing w:before="40"'
    ' w:after="40"/><w:ind w:left="400" w:hanging="400"/></w:pPr>'
)


def finish_document(
    docx: bytes, title: str, n_works: int, *, is_landscape: bool = False
) -> bytes:
    """Return a document of pandoc’s as people go on editing it.

    ``title`` runs at the head of each page. The contents list the highest headings,
    which begin new pages. Pages are upright but for those between the signs, and for
    the last ones if ``is_landscape``.
    """
    longest_label = len(f"{n_works}.")
    docx = apply_layout(
        docx, LANGUAGE, WORKS_LAYOUT, longest_label, is_landscape=is_landscape
    )
    changes = {
        "word/styles.xml": add_styles,
        "word/document.xml": lambda xml: turn_pages(list_contents(xml)),
        "word/theme/theme1.xml": lambda xml: FONTS.sub(f'"{FONT}"', xml),
        "word/_rels/document.xml.rels": lambda xml: append(xml, RELATION),
        "[Content_Types].xml": lambda xml: append(xml, OVERRIDE),
    }
    return rewrite_parts(docx, changes, build_margins(title))


def build_margins(title: str) -> dict[str, str]:
    """Return the parts of the header and the footer, by name."""
    content = {
        "title": RUN.format(SMALL, escape(Truncator(title).chars(TITLE_LENGTH))),
        "page": FIELD.format("PAGE", SMALL),
        "pages": RUN.format(SMALL, " / ") + FIELD.format("NUMPAGES", SMALL),
    }
    return {
        f"word/{name}.xml": PART.format(element, NAMESPACES, part.format(**content))
        for name, (element, part) in MARGINS.items()
    }


def append(xml: str, element: str) -> str:
    """Return a list of parts with an element for the header and for the footer."""
    start, end, tag = xml.rpartition("</")
    return f"{start}{''.join(map(element.format, MARGINS))}{end}{tag}"


def list_contents(xml: str) -> str:
    """Fill pandoc's field of contents, which may be missing, with links to headings."""
    start, entries = FIELD_START, []
    for anchor, runs in HEADING.findall(xml):
        text = "".join(TEXT.findall(runs))
        entry = ENTRY.format(start=start, anchor=anchor, text=text)
        entries.append(entry)
        start = ""
    contents = "".join([*entries, FIELD_END])
    return CONTENTS.sub(lambda _: contents, xml, count=1)


def turn_pages(xml: str) -> str:
    """Give all sections their header and footer, and begin and end wide pages."""
    xml = xml.replace("<w:sectPr>", f"<w:sectPr>{REFERENCES}")
    # A row of a table is not broken where it fits on a page.
    xml = xml.replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    xml = xml.replace("</w:trPr><w:trPr>", "")
    for sign, is_wide in ((WIDE_START, False), (WIDE_END, True)):
        # It ends the pages before the sign.
        end = build_section_end(LANGUAGE, is_landscape=is_wide)
        section = f"<w:p><w:pPr><w:sectPr>{REFERENCES}{end}</w:pPr></w:p>"
        paragraph = rf"<w:p><w:pPr>(?:(?!</w:p>).)*{sign}.*?</w:p>"
        xml = re.sub(paragraph, section, xml, flags=re.DOTALL)
    return xml


def add_styles(xml: str) -> str:
    """Add the styles of contents, and what those of tables and of ours lack."""
    inner = BORDER.format("insideH", 0) + BORDER.format("insideV", 0)
    outer = "".join(BORDER.format(side, 0) for side in SIDES)
    borders = f"<w:tblBorders>{outer}{inner}</w:tblBorders>"
    box = "".join(BORDER.format(side, 4) for side in SIDES)
    xml = TABLE_STYLE.sub(lambda match: match[0] + borders, xml, count=1)
    xml = BOX_STYLE.sub(
        rf"\1<w:pPr><w:keepLines/><w:pBdr>{box}</w:pBdr>"
        '<w:ind w:left="90" w:right="90"/></w:pPr></w:style>',
        xml,
    )
    xml = CHECK_STYLE.sub(rf"\1{HANGING}</w:style>", xml)
    xml = CHAPTER_STYLE.sub(r"\1<w:pageBreakBefore/>", xml, count=1)
    xml = CONTENTS_STYLE.sub(r'\1<w:pageBreakBefore w:val="0"/>', xml, count=1)
    return xml.replace("</w:styles>", f"{ENTRY_STYLE}</w:styles>")
