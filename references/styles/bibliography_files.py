"""Bibliographies as files: plain text, an HTML page or a Word document."""

from collections.abc import Iterable
from html import escape

from casebase.jobs.progress import Report, ignore_report
from references.csl import Work
from references.styles import pandoc
from references.styles.bibliographies import render_bibliography, resolve_locale
from references.styles.cache import get_or_compute
from references.styles.docx_layout import TAB_PLACEHOLDER, apply_layout
from references.styles.entry_html import Entry
from references.styles.pandoc_styles import load_for_pandoc
from references.styles.rendering import timeout_seconds
from references.styles.style_catalogue import get_style

TITLE = "Bibliography"
HTML_PAGE = """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>{title}</title>
<h1>{title}</h1>
{entries}
</html>
"""


def render_text(
    works: Iterable[Work],
    style_id: str,
    locale: str = "",
    *,
    report: Report = ignore_report,
) -> bytes:
    """Return plain text: a paragraph for each work, separated by empty lines."""
    entries = render_bibliography(works, style_id, locale, report=report)
    texts = [f"{entry.label} {entry.text}".strip() for entry in entries]
    return "".join(f"{text}\n\n" for text in texts).removesuffix("\n").encode()


def render_html(
    works: Iterable[Work],
    style_id: str,
    locale: str = "",
    *,
    report: Report = ignore_report,
) -> bytes:
    """Return a page that loads nothing else, with a paragraph for each work."""
    entries = render_bibliography(works, style_id, locale, report=report)
    paragraphs = "\n".join(
        f'<p id="{escape(entry.key)}">{html_with_label(entry)}</p>' for entry in entries
    )
    language = escape(resolve_locale(style_id, locale))
    return HTML_PAGE.format(language=language, title=TITLE, entries=paragraphs).encode()


def render_docx(
    works: Iterable[Work],
    style_id: str,
    locale: str = "",
    *,
    report: Report = ignore_report,
) -> bytes:
    """Return a Word document whose entries have Word's own style “Bibliography”.

    Links work; indents and spacing are those of the style; a tab follows each number.
    """
    entries = render_bibliography(works, style_id, locale, report=report)
    language = resolve_locale(style_id, locale)
    divs = "".join(
        f"<div class=csl-entry>{html_with_tab(entry)}</div>" for entry in entries
    )
    html = f'<div id="refs" class="references">{divs}</div>'
    docx = get_or_compute(
        ["docx", language, html], lambda: convert_to_docx(html, language, len(entries))
    )
    longest_label = max((len(entry.label) for entry in entries), default=0)
    layout = load_for_pandoc(get_style(style_id)).layout
    return apply_layout(docx, language, layout, longest_label)


def convert_to_docx(html: str, language: str, n: int) -> bytes:
    metadata = {"lang": language, "title": TITLE}
    arguments = [f"--metadata={name}:{value}" for name, value in metadata.items()]
    arguments += ["--from=html", "--to=docx"]
    return pandoc.run(arguments, html.encode(), seconds=timeout_seconds(n))


def html_with_tab(entry: Entry) -> str:
    html = entry.html.replace(TAB_PLACEHOLDER, "")
    return f"{escape(entry.label)}{TAB_PLACEHOLDER}{html}" if entry.label else html


def html_with_label(entry: Entry) -> str:
    return f"{escape(entry.label)} {entry.html}".strip()


# By the names that addresses and the export command use.
RENDERERS = {"text": render_text, "html": render_html, "docx": render_docx}
