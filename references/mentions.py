"""Links where a text mentions works, such as a note on the evidence of a case."""

import re

from django.utils.html import format_html, format_html_join


def link_mentions(text, works):
    """The text as HTML, with a link wherever one of these works is mentioned.

    “Meyer & Grosser 2014” and “Meyer and Grosser (2014)” are mentions, and so is a
    citekey, which is shown as author and year.
    """
    works = list({work.key: work for work in works}.values())
    mentions = "|".join(f"({build_mention_pattern(work)})" for work in works) or "(?!)"
    pieces, end = [], 0
    for found in re.finditer(rf"(?<![\w-])(?:{mentions})(?![\w-])", text):
        work = works[found.lastindex - 1]
        words = work.short_citation if found[0] == work.key else found[0]
        link = format_html('<a href="{}">{}</a>', work.get_absolute_url(), words)
        pieces += [text[end : found.start()], link]
        end = found.end()
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[end:]]))


def build_mention_pattern(work):
    """What mentions of a work look like, as a regular expression."""
    names = re.escape(work.short_names).replace(r"\&", "(?:&|and)")
    year = re.escape(work.year_label)
    return rf"{names}\ (?:{year}|\({year}\))|{re.escape(work.key)}"
