"""What pandoc's Word documents lack when they are more than a list of works.

Contents that are there when the file is opened, a running title, page numbers, tables
and boxes with borders, and wide pages. ECMA-376, part 1, sections 17.6 (pages), 17.10
(headers) and 17.16.5.68 (contents).
"""

import re
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from references.styles.docx_layout import build_section_end, rewrite_parts

# Paragraphs of one of these begin and end wide pages. Like TAB_PLACEHOLDER, they are
# for private use: texts of readers must be rid of them.
WIDE_START, WIDE_END = "\ue001", "\ue002"
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
# Levels of headings that the contents list.
LEVELS = (1, 2)
HEADING = re.compile(
    r'<w:bookmarkStart [^>]*w:name="([^"]+)" />\s*<w:p><w:pPr>'
    r'<w:pStyle w:val="Heading([12])" /></w:pPr>(.*?)</w:p>',
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
    r'TOC \o "1-{}" \h \z \u</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
)
FIELD_END = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
ENTRY = (
    '<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{start}<w:hyperlink '
    'w:anchor="{anchor}"><w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    "</w:hyperlink></w:p>"
)
ENTRY_STYLE = (
    '<w:style w:type="paragraph" w:styleId="TOC{0}"><w:name w:val="toc {0}"/>'
    '<w:basedOn w:val="Normal"/><w:uiPriority w:val="39"/><w:pPr><w:spacing '
    'w:before="0" w:after="40"/><w:ind w:left="{1}"/></w:pPr></w:style>'
)
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
    docx: bytes,
    title: str,
    language: str,
    *,
    n_levels: int = 2,
    has_chapters: bool = False,
) -> bytes:
    """Return a document with the layout of ``apply_layout``, and with the rest.

    ``title`` runs at the head of each page; ``language`` decides on the paper's size.
    The contents list ``n_levels`` of headings, one or two. If it ``has_chapters``, its
    highest headings begin new pages.
    """
    changes = {
        "word/styles.xml": lambda xml: add_styles(xml, has_chapters=has_chapters),
        "word/document.xml": lambda xml: turn_pages(
            list_contents(xml, n_levels), language
        ),
        "word/_rels/document.xml.rels": lambda xml: xml.replace(
            "</Relationships>",
            "".join(map(RELATION.format, MARGINS)) + "</Relationships>",
        ),
        "[Content_Types].xml": lambda xml: xml.replace(
            "</Types>", "".join(map(OVERRIDE.format, MARGINS)) + "</Types>"
        ),
    }
    output = BytesIO(rewrite_parts(docx, changes))
    with ZipFile(output, "a", ZIP_DEFLATED) as file:
        for name, xml in build_margins(title).items():
            file.writestr(f"word/{name}.xml", xml)
    return output.getvalue()


def build_margins(title: str) -> dict[str, str]:
    """Return the header with the title and the footer with the page numbers."""
    content = {
        "title": RUN.format(SMALL, escape(title)),
        "page": FIELD.format("PAGE", SMALL),
        "pages": RUN.format(SMALL, " / ") + FIELD.format("NUMPAGES", SMALL),
    }
    return {
        name: f"<w:{element} {NAMESPACES}>{part.format(**content)}</w:{element}>"
        for name, (element, part) in MARGINS.items()
    }


def list_contents(xml: str, n_levels: int) -> str:
    """Fill pandoc's field of contents, which may be missing, with links to headings."""
    start, entries = FIELD_START.format(n_levels), []
    for anchor, level, runs in HEADING.findall(xml):
        if int(level) > n_levels:
            continue
        text = "".join(TEXT.findall(runs))
        entry = ENTRY.format(level=level, start=start, anchor=anchor, text=text)
        entries.append(entry)
        start = ""
    contents = "".join([*entries, FIELD_END])
    return CONTENTS.sub(lambda _: contents, xml, count=1)


def turn_pages(xml: str, language: str) -> str:
    """Give all sections their header and footer, and begin and end wide pages."""
    xml = xml.replace("<w:sectPr>", f"<w:sectPr>{REFERENCES}")
    # A row of a table is not broken where it fits on a page.
    xml = xml.replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    xml = xml.replace("</w:trPr><w:trPr>", "")
    for sign, is_wide in ((WIDE_START, False), (WIDE_END, True)):
        # It ends the pages before the sign.
        end = build_section_end(language, is_landscape=is_wide)
        section = f"<w:p><w:pPr><w:sectPr>{REFERENCES}{end}</w:pPr></w:p>"
        paragraph = rf"<w:p><w:pPr>(?:(?!</w:p>).)*{sign}.*?</w:p>"
        xml = re.sub(paragraph, section, xml, flags=re.DOTALL)
    return xml


def add_styles(xml: str, *, has_chapters: bool) -> str:
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
    if has_chapters:
        xml = CHAPTER_STYLE.sub(r"\1<w:pageBreakBefore/>", xml, count=1)
        xml = CONTENTS_STYLE.sub(r'\1<w:pageBreakBefore w:val="0"/>', xml, count=1)
    contents = "".join(ENTRY_STYLE.format(n, 240 * (n - 1)) for n in LEVELS)
    return xml.replace("</w:styles>", f"{contents}</w:styles>")
