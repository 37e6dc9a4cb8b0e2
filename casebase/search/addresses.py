"""Addresses and DOIs in texts: where they are, and when two of them are the same.

The address of a page is the same on whichever host, and without one. A pattern for any
path would also match “/and/or/”, so these know how the addresses of pages begin. Apps
register that when the site starts, but may import this module before. Therefore the
patterns are compiled when they are first needed.
"""

import re
from functools import cache

from casebase.search.searched_records import page_prefixes

DOI = r"10\.\d{4,9}/"
SIGNS = '[^\\s"“”„«»]*'


@cache
def page_pattern() -> str:
    """The beginning of the path of a page of this site: “/barriers/”."""
    return rf"/(?:{'|'.join(map(re.escape, page_prefixes()))})/"


def address_pattern() -> str:
    """A web address, a DOI, or the address of a page of this site without its host."""
    return (
        rf"(?i:(?:https?://{SIGNS}?/|(?:dx\.)?doi\.org/|doi[:\s]\s*)?{DOI}{SIGNS}\w"
        rf"|(?:https?://|www\.|(?<!\S){page_pattern()}){SIGNS}\w)"
    )


@cache
def _identifying_pattern() -> re.Pattern[str]:
    """An address, with what identifies it in the group of its kind: a DOI, the path of
    a page of this site, or any other address without its scheme and “www.”."""
    return re.compile(
        rf"(?i:(?:.*[/:\s])?({DOI}[^?#]+)"
        rf"|(?:https?://[^/]+)?({page_pattern()}[^?#]+)"
        r"|(?:https?://)?(?:www\.)?([^#]+))"
    )


def is_address(word: str) -> bool:
    """Whether a word is an address or a DOI: no other word has such signs."""
    return "." in word or "/" in word


def identifying_part(address: str) -> str | None:
    """Return the part that all spellings of an address share: “10.1017/s1” of a DOI.

    None if it consists of a fragment.
    """
    match = _identifying_pattern().match(address)
    return match[match.lastindex or 0].rstrip("/") if match else None
