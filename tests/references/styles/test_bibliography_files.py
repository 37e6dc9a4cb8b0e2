import io
import re
import zipfile
from datetime import datetime
from xml.etree import ElementTree

import html5lib
import pytest
from django.utils import timezone

from references.csl import Work
from references.styles.bibliographies import render_bibliography
from references.styles.bibliography_files import (
    RENDERERS,
    render_docx,
    render_html,
    render_text,
)
from tests.references.styles.csl_factories import item, person
from tests.references.styles.test_entry_html import ADDRESSES, HOSTILE

# A work can't contain NUL.
WORDS = [words.replace("\0", "") for words in HOSTILE]


def part(docx, name):
    with zipfile.ZipFile(io.BytesIO(docx)) as document:
        assert document.testzip() is None
        xml = document.read(name).decode()
    ElementTree.fromstring(xml)  # noqa: S314
    return xml


def words_in(docx):
    """Return the text of each paragraph, with its tabs."""
    xml = part(docx, "word/document.xml").replace("<w:tab/>", "<w:t>\t<")
    paragraphs = re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL)
    texts = (re.findall(r"<w:t[ >][^<]*", paragraph) for paragraph in paragraphs)
    return ["".join(text.partition(">")[2] for text in each) for each in texts]


def entry_style(docx):
    """Return the values in the paragraph style of entries, by attribute."""
    styles = part(docx, "word/styles.xml")
    (style,) = re.findall(r'w:styleId="Bibliography">.*?</w:style>', styles, re.DOTALL)
    return dict(re.findall(r'w:(pos|after|line|left|hanging)="(\d+)"', style))


def test_text_has_a_paragraph_for_each_work(chapter):
    for style in ("apa", "nlm-citation-sequence"):
        paragraphs = render_text(chapter, style).decode().rstrip("\n").split("\n\n")
        entries = render_bibliography(chapter, style)
        assert paragraphs == [f"{each.label} {each.text}".strip() for each in entries]
    assert paragraphs[0].startswith("1. Alford J. ")


def test_html_is_a_complete_page(chapter):
    page = render_html(chapter, "apa", "de-DE").decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert '<html lang="de-DE">' in page
    assert page.count("<p id=") == 121
    assert "<em>Engaging public sector clients" in page


def test_docx_has_the_same_text(chapter):
    entries = render_bibliography(chapter, "nlm-citation-sequence")
    paragraphs = words_in(render_docx(chapter, "nlm-citation-sequence"))
    expected = [f"{entry.label}\t{entry.text}" for entry in entries]
    assert [re.sub("&amp;", "&", text) for text in paragraphs] == [
        "Bibliography",
        *expected,
    ]


def test_docx_has_italics_links_and_the_style_of_word(chapter):
    with zipfile.ZipFile(io.BytesIO(render_docx(chapter, "apa"))) as document:
        xml = document.read("word/document.xml").decode()
    assert xml.count('<w:pStyle w:val="Bibliography" />') == 121
    assert "<w:i />" in xml
    assert "<w:hyperlink" in xml


@pytest.mark.parametrize("name", RENDERERS)
def test_an_empty_list_has_a_file(name):
    assert isinstance(RENDERERS[name]([], "apa"), bytes)


def test_hostile_works_make_valid_files():
    works = [
        Work.model_validate(
            item(words, author=[person(words)], title=words, URL=address, DOI=words)
        )
        for words, address in zip(WORDS, [*ADDRESSES, *ADDRESSES], strict=False)
    ]
    page = render_html(works, "apa").decode()
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= {"html", "meta", "title", "h1", "p", "em", "a", "i", "span"}
    with zipfile.ZipFile(io.BytesIO(render_docx(works, "apa"))) as document:
        links = document.read("word/_rels/document.xml.rels").decode()
        ElementTree.fromstring(document.read("word/document.xml"))  # noqa: S314
    assert not re.findall(r'Target="(?:javascript|data|file):', links)


@pytest.mark.parametrize(
    ("style", "hanging", "line", "after"),
    [
        ("apa", "720", "480", "0"),
        ("modern-language-association", "720", "480", "0"),
        ("chicago-author-date", "720", "240", "240"),
        ("harvard-cite-them-right", "0", "240", "240"),
        ("nlm-citation-sequence", "720", "240", "240"),
        ("ieee", "720", "240", "0"),
    ],
)
def test_docx_has_the_indent_and_spacing_of_the_style(
    chapter, style, hanging, line, after
):
    values = entry_style(render_docx(chapter[:3], style))
    assert (values["left"], values["hanging"]) == (hanging, hanging)
    assert (values["line"], values["after"]) == (line, after)
    assert ("pos" in values) == (style in ("nlm-citation-sequence", "ieee"))


def test_docx_has_room_for_long_labels(chapter):
    values = entry_style(render_docx(chapter[:3], "din-1505-2-alphanumeric"))
    assert values["pos"] == values["hanging"]
    assert int(values["hanging"]) > 720


@pytest.mark.parametrize(
    ("locale", "width"),
    [("en-GB", 11906), ("en-US", 12240), ("fr-CA", 12240), ("de-DE", 11906)],
)
def test_docx_has_the_paper_size_of_the_language(chapter, locale, width):
    document = part(render_docx(chapter[:1], "apa", locale), "word/document.xml")
    assert f'<w:pgSz w:w="{width}"' in document


def test_docx_has_a_title_and_the_date_of_its_creation(chapter):
    before = timezone.now().replace(microsecond=0)
    properties = part(render_docx(chapter[:1], "apa"), "docProps/core.xml")
    assert "<dc:title>Bibliography</dc:title>" in properties
    created, modified = re.findall(r'W3CDTF">([^<]*)', properties)
    assert created == modified
    assert before <= datetime.fromisoformat(created) <= timezone.now()


def test_a_title_can_not_contain_a_tab_placeholder():
    work = Work.model_validate(item("a", title="A\ue000B"))
    assert words_in(render_docx([work], "nlm-citation-sequence"))[1] == "1.\tAB."


def test_italics_of_titles_are_rendered():
    work = Work.model_validate(item("a", title="The <i>polis</i> of all"))
    assert "<em>polis</em>" in render_html([work], "nlm-citation-sequence").decode()
    document = part(render_docx([work], "nlm-citation-sequence"), "word/document.xml")
    assert re.search(r"<w:i />.*?<w:t[^>]*>polis</w:t>", document, re.DOTALL)
