"""The formats in which a handout can be downloaded."""

from collections.abc import Iterator

from casebase.files.formats import Format
from initiatives.handout.document import Document
from initiatives.handout.slides import render_slides
from initiatives.handout.word_document import render_word_document
from references.exports import WORD

SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def write_docx(document: Document) -> Iterator[bytes]:
    # Rendered at once, so that an error has a response of its own.
    return iter([render_word_document(document)])


def write_pptx(document: Document) -> Iterator[bytes]:
    return iter([render_slides(document)])


FORMATS = {
    form.name: form
    for form in (
        Format("docx", "Word document, to edit", WORD, "docx", write_docx),
        Format("pptx", "Slides (PowerPoint)", SLIDES, "pptx", write_pptx),
    )
}
