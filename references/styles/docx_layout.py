"""What pandoc leaves out of a Word document: its page, its date, and indents.

ECMA-376, part 1, sections 17.3.1 (paragraphs) and 17.6.13 (the page); 20 twips a point.
"""

import io
import re
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone

from references.styles.pandoc_styles import Layout

# Stands in a text for a tab, as HTML has none. For private use, so no text of ours.
TAB_PLACEHOLDER = "\ue000"
TWIPS_PER_LINE = 240
HANGING_TWIPS = 720
TWIPS_PER_CHARACTER = 140
# Where people write on Letter, of those whose languages we have; others write on A4.
# https://www.unicode.org/reports/tr35/tr35-general.html#Measurement_System_Data
LETTER_COUNTRIES = ("US", "CA", "CL", "MX")
SECTION_PROPERTIES = (
    '<w:pgSz w:w="{}" w:h="{}"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440"'
    ' w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
)
PARAGRAPH_STYLE = (
    '<w:style w:type="paragraph" w:styleId="Bibliography">'
    '<w:name w:val="Bibliography"/><w:basedOn w:val="Normal"/><w:qFormat/>'
    '<w:pPr>{tabs}<w:spacing w:before="0" w:after="{after}" w:line="{line}"'
    ' w:lineRule="auto"/><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr>'
    "</w:style>"
)


def apply_layout(
    docx: bytes, language: str, layout: Layout, longest_label: int
) -> bytes:
    """The document as the style lays it out, on the paper of the language's country."""
    changes = {
        "word/styles.xml": lambda xml: re.sub(
            r'<w:style [^>]*w:styleId="Bibliography".*?</w:style>',
            build_paragraph_style(layout, longest_label),
            xml,
            flags=re.DOTALL,
        ),
        "word/document.xml": lambda xml: replace_tabs(xml).replace(
            "</w:sectPr>", build_section_properties(language)
        ),
        "docProps/core.xml": lambda xml: set_dates(xml, timezone.now()),
    }
    made = io.BytesIO()
    with ZipFile(io.BytesIO(docx)) as given, ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name in given.namelist():
            content = given.read(name)
            if name in changes:
                content = changes[name](content.decode()).encode()
            file.writestr(name, content)
    return made.getvalue()


def build_paragraph_style(layout: Layout, longest_label: int) -> str:
    """Word's own style “Bibliography”, so that all entries change with it."""
    indent = HANGING_TWIPS if layout.hangs else 0
    tabs = ""
    if longest_label:
        indent = max(HANGING_TWIPS, TWIPS_PER_CHARACTER * (longest_label + 1))
        tabs = f'<w:tabs><w:tab w:val="left" w:pos="{indent}"/></w:tabs>'
    return PARAGRAPH_STYLE.format(
        tabs=tabs,
        indent=indent,
        line=TWIPS_PER_LINE * layout.line_spacing,
        after=TWIPS_PER_LINE * layout.entry_spacing,
    )


def build_section_properties(language: str) -> str:
    is_letter = language.rpartition("-")[2] in LETTER_COUNTRIES
    return SECTION_PROPERTIES.format(*((12240, 15840) if is_letter else (11906, 16838)))


def replace_tabs(xml: str) -> str:
    return xml.replace(TAB_PLACEHOLDER, '</w:t><w:tab/><w:t xml:space="preserve">')


def set_dates(xml: str, when: datetime) -> str:
    """In its sandbox pandoc takes the clock for that of 1970."""
    return re.sub(r"(?<=W3CDTF\">)[^<]*", f"{when:%Y-%m-%dT%H:%M:%SZ}", xml)
