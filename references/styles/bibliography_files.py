"""A bibliography as a file: plain text, a page of HTML or a Word document."""

from collections.abc import Iterable
from html import escape

from casebase.files.jobs import Report, ignore_report
from references.csl import Work
from references.styles import pandoc
from references.styles.bibliographies import bibliography, language_of
from references.styles.cache import get_or_compute
from references.styles.docx_layout import TAB, finished
from references.styles.entry_html import Entry
from references.styles.pandoc_styles import sheet_of
from references.styles.rendering import seconds_for
from references.styles.style_catalogue import named

TITLE = "Bibliography"
PAGE = """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>{title}</title>
<h1>{title}</h1>
{entries}
</html>
"""


def as_text(
    works: Iterable[Work],
    style_id: str,
    locale: str = "",
    *,
    report: Report = ignore_report,
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
    report: Report = ignore_report,
) -> bytes:
    """A page that stands alone and loads nothing: one paragraph a work."""
    entries = bibliography(works, style_id, locale, report=report)
    paragraphs = "\n".join(
        f'<p id="{escape(entry.key)}">{labelled(entry)}</p>' for entry in entries
    )
    language = escape(language_of(style_id, locale))
    return PAGE.format(language=language, title=TITLE, entries=paragraphs).encode()


def as_docx(
    works: Iterable[Work],
    style_id: str,
    locale: str = "",
    *,
    report: Report = ignore_report,
) -> bytes:
    """Paragraphs of Word's own style “Bibliography”, with living links.

    They hang and stand apart as the style asks; numbers have a tab behind them.
    """
    entries = bibliography(works, style_id, locale, report=report)
    language = language_of(style_id, locale)
    divs = "".join(f"<div class=csl-entry>{tabbed(entry)}</div>" for entry in entries)
    html = f'<div id="refs" class="references">{divs}</div>'
    made = get_or_compute(
        ["docx", language, html], lambda: docx(html, language, len(entries))
    )
    longest_label = max((len(entry.label) for entry in entries), default=0)
    return finished(made, language, sheet_of(named(style_id)).layout, longest_label)


def docx(html: str, language: str, n: int) -> bytes:
    metadata = {"lang": language, "title": TITLE}
    wanted = [f"--metadata={name}:{value}" for name, value in metadata.items()]
    wanted += ["--from=html", "--to=docx"]
    return pandoc.run(wanted, html.encode(), seconds=seconds_for(n))


def tabbed(entry: Entry) -> str:
    html = entry.html.replace(TAB, "")
    return f"{escape(entry.label)}{TAB}{html}" if entry.label else html


def labelled(entry: Entry) -> str:
    return f"{escape(entry.label)} {entry.html}".strip()


# By the names that addresses and the export command use.
WRITERS = {"text": as_text, "html": as_html, "docx": as_docx}
