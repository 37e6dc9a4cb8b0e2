"""Addresses of comparisons, and what a reader reads on the page."""

import re


def address(*slugs, **more):
    pairs = [f"case={slug}" for slug in slugs] + [f"{k}={v}" for k, v in more.items()]
    return "/compare/?" + "&".join(pairs)


def cells(page, heading):
    """Return the words of the row with this heading: of the heading, of each cell."""
    for row in re.findall(r"<tr role=\"row\">(.*?)</tr>", page.text, re.DOTALL):
        texts = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        words = [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in texts]
        if words[0].startswith(heading):
            return words
    raise AssertionError(f"There is no row “{heading}”.")


def columns(page):
    """Return the names of the cases, in the order of the columns."""
    head = page.text.partition("<thead")[2].partition("</thead>")[0]
    names = re.sub(r"<button.*?</button>|<[^>]+>", " ", head)
    return re.findall(r"Case \w", names)
