"""Cleans DOIs and URLs as people and programs write them, where that is safe.

Works have a DOI without a resolver, “10.1000/182”, and a URL with its scheme. See
https://www.doi.org/doi-handbook/HTML/presentation-of-doi-names.html
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from references.formats.messages import shorten

RESOLVER = r"(?:https?:?/+)?(?:www\.|dx\.)?doi\.org/+"
DOI_PREFIX = re.compile(rf"(?:{RESOLVER}|(?:urn:|info:)?doi\b[\s:/=]*)*", re.IGNORECASE)
# A DOI may be followed by the end of a sentence, or by the label of PubMed.
END_OF_DOI = " \t\n.,;"
PUBMED_LABEL = re.compile(r"\s*\[doi\]$", re.IGNORECASE)
DOI = re.compile(r"10\.\d{4,9}/\S+")

LINK_SEPARATOR = re.compile(
    r"(?: ?[;|] ?|,? (?:and )?|,(?=http))(?=https?:|www\.|doi:|10\.\d{4})",
    re.IGNORECASE,
)
OPENING_MARKS, CLOSING_MARKS = '<(["“', '>)]"”'
LINK_LABEL = re.compile(
    r"^(?:(?:available|retrieved|read)\s+(?:at|from|on)|url|link|website|see|online|doi)"
    r"[\s:=]*(?=https?:|www\.|10\.|$)",
    re.IGNORECASE,
)
# “(accessed 3 May 2014)”, “Accessed: 3 May 2014”
URL_AND_REMARK = re.compile(r"(\S+)\s+([(\[].*|[^\W\d]+ed\b.*)", re.DOTALL)
SCHEME = re.compile(r"^(?:https?:/+(?=https?:))?(https?)(?::/*|//+)", re.IGNORECASE)
URL = re.compile(r"https?://\S+", re.IGNORECASE)
# “www.example.org”, “example.org/x”; “example.org” alone could be the name of a file.
URL_WITHOUT_SCHEME = re.compile(
    r"(?://)?((?:www\.[^\s/]++|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/)\S*)",
    re.IGNORECASE,
)
LINK_NAMES = {"DOI": "DOI", "URL": "web address"}
MAX_LENGTH = 5_000
# A short DOI leads to the work, but isn't a DOI: https://shortdoi.org
SHORT_DOI = re.compile(r"10/[a-z0-9]{2,12}", re.IGNORECASE)
# HTML entities that programs write in links, even if nothing else is HTML.
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}


def clean_links(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Clean the DOI and the URL of a CSL item; each may be in the other's place.

    Yields the variable and a sentence for each text that is left out.
    """
    found: dict[str, list[str]] = {"DOI": [], "URL": []}
    for name in found:
        text = item.pop(name, "")
        if len(text) > MAX_LENGTH:
            yield name, f"a {LINK_NAMES[name]} can’t have {len(text):,} characters."
            continue
        for piece in split_links(text):
            if rest := classify_link(piece, name, found):
                yield name, f"“{shorten(rest)}” is not a {LINK_NAMES[name]}."
    dois = [doi.lower() for doi in found["DOI"]]
    # A URL that only repeats the DOI comes after others.
    found["URL"].sort(key=lambda url: extract_doi(url).lower() in dois[:1])
    for name, values in found.items():
        if values:
            item[name] = values[0]
        for other in values[1:]:
            if extract_doi(other).lower() not in dois[:1] and other != values[0]:
                yield name, f"“{shorten(other)}” is a second {LINK_NAMES[name]}."


def classify_link(piece: str, name: str, found: dict[str, list[str]]) -> str:
    """Add a piece of a field to the DOIs, the URLs or both; return the rest of it."""
    doi, (url, rest) = extract_doi(piece), extract_url(piece)
    if SHORT_DOI.fullmatch(piece):
        url = f"https://doi.org/{piece}"
    if doi and not (name == "URL" and url and found["DOI"]):
        found["DOI"].append(doi)
    if url and not (doi and name == "DOI"):
        found["URL"].append(url)
    return rest if doi or url else piece


def split_links(text: str) -> list[str]:
    """Return the DOIs and URLs of a field without labels and brackets around them."""
    for entity, char in ENTITIES.items():
        text = text.replace(entity, char)
    pieces = []
    # Patterns take long on long runs of white space, so these become one space.
    for piece in LINK_SEPARATOR.split(" ".join(text.split())):
        pieces.append(LINK_LABEL.sub("", strip_wrapping(piece), count=1))
    return list(filter(None, pieces))


def strip_wrapping(piece: str) -> str:
    """Return “10.1000/x” of “<10.1000/x>”, if no “<” or “>” is inside."""
    inner = piece.lstrip(OPENING_MARKS).rstrip(CLOSING_MARKS)
    has_opening = piece.startswith(tuple(OPENING_MARKS))
    is_wrapped = has_opening and piece.endswith(tuple(CLOSING_MARKS))
    return inner if is_wrapped and not {*"<>"} & {*inner} else piece


def extract_doi(text: str) -> str:
    """Return “10.1000/x” of “doi:10.1000/x” or “https://dx.doi.org/10.1000%2Fx”.

    Returns an empty text without a DOI. A DOI outside of a URL keeps its “%2F”,
    which may be a part of it.
    """
    if len(text) > MAX_LENGTH:
        return ""
    text = " ".join(text.split())
    before = DOI_PREFIX.match(text)
    start = before.end() if before else 0
    doi = PUBMED_LABEL.sub("", text[start:].rstrip(END_OF_DOI)).rstrip(END_OF_DOI)
    if "doi.org" in text[:start].lower() or not DOI.fullmatch(doi):
        doi = unquote(doi)
    return doi if DOI.fullmatch(doi) else ""


def extract_url(text: str) -> tuple[str, str]:
    """Return “https://www.example.org/x” of “www.example.org/x”, and a remark after it.

    Both are empty if there is no URL.
    """
    text, remark = text.rstrip(" ,;"), ""
    if found := URL_AND_REMARK.fullmatch(text):
        text, remark = found.groups()
    url = SCHEME.sub(lambda found: f"{found[1]}://", text, count=1)
    if without_scheme := URL_WITHOUT_SCHEME.fullmatch(url):
        url = f"https://{without_scheme[1]}"
    return (url, remark) if URL.fullmatch(url) else ("", "")
