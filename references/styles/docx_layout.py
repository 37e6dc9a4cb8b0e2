"""The layout that pandoc's Word documents lack: page size, dates and indents.

ECMA-376, part 1, sections 17.3.1 (paragraphs) and 17.6.13 (the page); a point is 20
twips.
"""

import io
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone

from references.styles.pandoc_styles import Layout

# Replaces a tab in HTML, which has no tabs. A character for private use, so our texts
# do not contain it.
TAB_PLACEHOLDER = "\ue000"
EMPTY: Mapping[str, str] = MappingProxyType({})
TWIPS_PER_LINE = 240
HANGING_TWIPS = 720
TWIPS_PER_CHARACTER = 140
# Of the countries in our locales, these use the paper size Letter; the others use A4.
# https://www.unicode.org/reports/tr35/tr35-general.html#Measurement_System_Data
LETTER_COUNTRIES = ("US", "CA", "CL", "MX")
LETTER_TWIPS, A4_TWIPS = (12240, 15840), (11906, 16838)
SECTION_END = (
    '<w:pgSz w:w="{}" w:h="{}"{}/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440"'
    ' w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
)
STYLE_ELEMENT = re.compile(
    r'<w:style [^>]*w:styleId="Bibliography".*?</w:style>', re.DOTALL
)
PARAGRAPH_STYLE = (
    '<w:style w:type="paragraph" w:styleId="Bibliography">'
    '<w:name w:val="Bibliography"/><w:basedOn w:val="Normal"/><w:qFormat/>'
    '<w:pPr>{tabs}<w:spacing w:before="0" w:after="{after}" w:line="{line}"'
    ' w:lineRule="auto"/><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr>'
    "</w:style>"
)


def apply_layout(
    docx: bytes,
    language: str,
    layout: Layout,
    longest_label: int,
    *,
    is_landscape: bool = False,
) -> bytes:
    """Return the document with the layout of the style and the language's paper size.

    ``longest_label`` is a number of characters, 0 for entries without labels.
    """
    section_end = build_section_end(language, is_landscape=is_landscape)
    style = build_paragraph_style(layout, longest_label)
    changes = {
        "word/styles.xml": lambda xml: STYLE_ELEMENT.sub(style, xml),
        "word/document.xml": lambda xml: replace_tabs(xml).replace(
            "</w:sectPr>", section_end
        ),
        "docProps/core.xml": lambda xml: set_dates(xml, timezone.now()),
    }
    return rewrite_parts(docx, changes)


def rewrite_parts(
    docx: bytes,
    changes: dict[str, Callable[[str], str]],
    added: Mapping[str, str] = EMPTY,
) -> bytes:
    """Return the document with the changes of its parts, and with added parts, by name.

    It may be of Word or of PowerPoint.
    """
    output = io.BytesIO()
    with ZipFile(io.BytesIO(docx)) as old, ZipFile(output, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                content = changes[name](content.decode()).encode()
            new.writestr(name, content)
        for name, text in added.items():
            new.writestr(name, text)
    return output.getvalue()


def build_paragraph_style(layout: Layout, longest_label: int) -> str:
    """Return Word's own style “Bibliography”, by which all entries can be changed."""
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


def build_section_end(language: str, *, is_landscape: bool) -> str:
    is_letter = language.rpartition("-")[2] in LETTER_COUNTRIES
    width, height = LETTER_TWIPS if is_letter else A4_TWIPS
    if is_landscape:
        return SECTION_END.format(height, width, ' w:orient="landscape"')
    return SECTION_END.format(width, height, "")


def replace_tabs(xml: str) -> str:
    tab = '</w:t><w:tab/><w:t xml:space="preserve">'
    return xml.replace(TAB_PLACEHOLDER, tab)


def set_dates(xml: str, when: datetime) -> str:
    """Replace the dates, which are in 1970 because pandoc's sandbox has no clock."""
    return re.sub(r"(?<=W3CDTF\">)[^<]*", f"{when:%Y-%m-%dT%H:%M:%SZ}", xml)
