"""Links for mentions of works in texts, such as the note on the evidence of a case."""

import re

from django.utils.html import format_html, format_html_join


def link_mentions(text, works):
    """Return the text as HTML, with a link for every mention of one of the works.

    “Meyer & Grosser 2014” and “Meyer and Grosser (2014)” are mentions. So is a citekey,
    which is shown as author and year.
    """
    works = list({work.key: work for work in works}.values())
    patterns = "|".join(f"({build_mention_pattern(work)})" for work in works) or "(?!)"
    pieces, end = [], 0
    for match in re.finditer(rf"(?<![\w-])(?:{patterns})(?![\w-])", text):
        work = works[(match.lastindex or 1) - 1]
        words = work.short_citation if match[0] == work.key else match[0]
        link = format_html('<a href="{}">{}</a>', work.get_absolute_url(), words)
        pieces += [text[end : match.start()], link]
        end = match.end()
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[end:]]))


def build_mention_pattern(work):
    """Return a regular expression for mentions of the work."""
    names = re.escape(work.short_names).replace(r"\&", "(?:&|and)")
    year = re.escape(work.year_label)
    return rf"{names}\ (?:{year}|\({year}\))|{re.escape(work.key)}"
