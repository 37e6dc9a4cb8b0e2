import io
import re
import zipfile
from xml.etree import ElementTree

import html5lib
import pytest

from references.csl import Work
from references.styles.bibliographies import bibliography
from references.styles.files import WRITERS, as_docx, as_html, as_text
from tests.references.styles.made import item, person
from tests.references.styles.test_entries import ADDRESSES, HOSTILE

# A work can't hold a NUL.
WORDS = [words.replace("\0", "") for words in HOSTILE]


def words_in(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as document:
        assert document.testzip() is None
        xml = document.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL)
    texts = (re.findall(r"<w:t[ >][^<]*", paragraph) for paragraph in paragraphs)
    return ["".join(text.partition(">")[2] for text in each) for each in texts]


def test_text_has_one_paragraph_a_work(chapter):
    for style in ("apa", "nlm-citation-sequence"):
        paragraphs = as_text(chapter, style).decode().rstrip("\n").split("\n\n")
        entries = bibliography(chapter, style)
        assert paragraphs == [f"{each.label} {each.text}".strip() for each in entries]
    assert paragraphs[0].startswith("1. Alford J. ")


def test_html_is_a_page_of_its_own(chapter):
    page = as_html(chapter, "apa", "de-DE").decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert '<html lang="de-DE">' in page
    assert page.count("<p id=") == 121
    assert "<em>Engaging public sector clients" in page


def test_docx_has_the_same_words(chapter):
    entries = bibliography(chapter, "nlm-citation-sequence")
    paragraphs = words_in(as_docx(chapter, "nlm-citation-sequence"))
    wanted = [f"{entry.label} {entry.text}" for entry in entries]
    assert [re.sub("&amp;", "&", text) for text in paragraphs] == wanted


def test_docx_has_italics_and_links_and_word_s_own_style(chapter):
    with zipfile.ZipFile(io.BytesIO(as_docx(chapter, "apa"))) as document:
        xml = document.read("word/document.xml").decode()
    assert xml.count('<w:pStyle w:val="Bibliography" />') == 121
    assert "<w:i />" in xml
    assert "<w:hyperlink" in xml


@pytest.mark.parametrize("name", WRITERS)
def test_an_empty_list_is_a_file_too(name):
    assert isinstance(WRITERS[name]([], "apa"), bytes)


def test_hostile_works_make_sound_files():
    works = [
        Work.model_validate(
            item(words, author=[person(words)], title=words, URL=address, DOI=words)
        )
        for words, address in zip(WORDS, [*ADDRESSES, *ADDRESSES], strict=False)
    ]
    page = as_html(works, "apa").decode()
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= {"html", "meta", "title", "h1", "p", "em", "a", "i", "span"}
    with zipfile.ZipFile(io.BytesIO(as_docx(works, "apa"))) as document:
        links = document.read("word/_rels/document.xml.rels").decode()
        ElementTree.fromstring(document.read("word/document.xml"))  # noqa: S314
    assert not re.findall(r'Target="(?:javascript|data|file):', links)
