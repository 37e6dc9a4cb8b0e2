"""Runs pandoc for the files of a handout."""

from initiatives.handout.document import Document
from references.styles import pandoc
from references.styles.cache import get_or_compute
from references.styles.rendering import timeout_seconds


def convert(document: Document, arguments: tuple[str, ...], text: str) -> bytes:
    """Return what pandoc makes of a page in HTML.

    It is cached, unless a reader’s notes are in it: who deletes a list with its notes
    deletes them everywhere. Raises ``BusyError`` and the errors of
    references/styles/errors.py.
    """
    seconds = timeout_seconds(len(document.handout.works))

    def run() -> bytes:
        return pandoc.run([*arguments], text.encode(), seconds=seconds)

    if document.handout.has_notes:
        return run()
    return get_or_compute(["handout", arguments, text], run)
