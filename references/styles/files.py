"""A bibliography as a file: plain text, a page of HTML or a Word document."""

from collections.abc import Iterable
from html import escape

from casebase.jobs import Report, say_nothing
from references.csl import Work
from references.styles import pandoc
from references.styles.bibliographies import bibliography, language_of
from references.styles.entries import Entry
from references.styles.keeping import kept
from references.styles.rendering import seconds_for

PAGE = """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>Bibliography</title>
<h1>Bibliography</h1>
{entries}
</html>
"""


def as_text(
    works: Iterable[Work],
    style_id: str,
    locale: str = "",
    *,
    report: Report = say_nothing,
) -> bytes:
    """One paragraph a work, an empty line between two."""
    entries = bibliography(works, style_id, locale, report=report)
    texts = [f"{entry.label} {entry.text}".strip() for entry in entries]
    return "".join(f"{text}\n\n" for text in texts).removesuffix("\n").encode()


def as_html(
    works: Iterable[Work],
    style_id: str,
    locale: str = "",
    *,
    report: Report = say_nothing,
) -> bytes:
    """A page that stands alone and loads nothing: one paragraph a work."""
    entries = bibliography(works, style_id, locale, report=report)
    paragraphs = "\n".join(
        f'<p id="{escape(entry.key)}">{labelled(entry)}</p>' for entry in entries
    )
    language = escape(language_of(style_id, locale))
    return PAGE.format(language=language, entries=paragraphs).encode()


def as_docx(
    works: Iterable[Work],
    style_id: str,
    locale: str = "",
    *,
    report: Report = say_nothing,
) -> bytes:
    """Paragraphs of Word's own style “Bibliography”, with living links."""
    entries = bibliography(works, style_id, locale, report=report)
    language = language_of(style_id, locale)
    divs = "".join(f"<div class=csl-entry>{labelled(entry)}</div>" for entry in entries)
    html = f'<div id="refs" class="references">{divs}</div>'
    return kept(["docx", language, html], lambda: docx(html, language, len(entries)))


def docx(html: str, language: str, n: int) -> bytes:
    wanted = ["--from=html", "--to=docx", f"--metadata=lang:{language}"]
    return pandoc.run(wanted, html.encode(), seconds=seconds_for(n))


def labelled(entry: Entry) -> str:
    return f"{escape(entry.label)} {entry.html}".strip()


# By the names that addresses and the export command use.
WRITERS = {"text": as_text, "html": as_html, "docx": as_docx}
