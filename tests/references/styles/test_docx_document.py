"""Word documents with contents, a running title, and pages of two widths."""

import io
from zipfile import ZipFile

import pytest
from lxml import etree

from references.styles import pandoc
from references.styles.docx_document import (
    ARGUMENTS,
    WIDE_END,
    WIDE_START,
    finish_document,
)

HTML = f"""<title>Night bus</title><h1 id="a">One &amp; all</h1><h2 id="b">Two</h2>
<h3 id="c">Three</h3><p>{WIDE_START}</p><h1 id="d">Four</h1>
<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>
<p>{WIDE_END}</p><p>End</p>"""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def docx():
    return pandoc.run([*ARGUMENTS], HTML.encode(), seconds=20)


def read_parts(docx):
    with ZipFile(io.BytesIO(docx)) as file:
        return {name: etree.fromstring(file.read(name)) for name in file.namelist()}


def test_contents_title_numbers_and_wide_pages_are_there(docx):
    parts = read_parts(finish_document(docx, "Night <bus>", 1))
    document = parts["word/document.xml"]
    links = document.iter(f"{WORD}hyperlink")
    entries = {link.get(f"{WORD}anchor"): "".join(link.itertext()) for link in links}
    assert entries == {"a": "One & all", "d": "Four"}
    assert "Night <bus>" in "".join(parts["word/header.xml"].itertext())
    fields = parts["word/footer.xml"].iter(f"{WORD}fldSimple")
    assert [f.get(f"{WORD}instr") for f in fields] == ["PAGE", "NUMPAGES"]
    sizes = [size.get(f"{WORD}orient") for size in document.iter(f"{WORD}pgSz")]
    assert sizes == [None, "landscape", None]
    assert len(list(document.iter(f"{WORD}cantSplit"))) == 2
    assert WIDE_START not in "".join(document.itertext())
    # The highest headings begin pages, and that of the contents doesn’t.
    breaks = parts["word/styles.xml"].iter(f"{WORD}pageBreakBefore")
    assert [each.get(f"{WORD}val") for each in breaks] == [None, "0"]
