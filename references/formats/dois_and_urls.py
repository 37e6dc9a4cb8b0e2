"""DOIs and web addresses as people and programs write them, put right where it is safe.

Works have a DOI bare, “10.1000/182”, and an address with its scheme. See
https://www.doi.org/doi-handbook/HTML/presentation-of-doi-names.html
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

RESOLVER = r"(?:https?:?/+)?(?:www\.|dx\.)?doi\.org/+"
BEFORE_DOI = re.compile(rf"(?:{RESOLVER}|(?:urn:|info:)?doi\b[\s:/=]*)*", re.IGNORECASE)
# What follows a DOI: the end of a sentence, and the mark of PubMed.
END = " \t\n.,;"
AFTER_DOI = re.compile(r"\s*\[doi\]$", re.IGNORECASE)
DOI = re.compile(r"10\.\d{4,9}/\S+")

BETWEEN = re.compile(
    r"(?: ?[;|] ?|,? (?:and )?|,(?=http))(?=https?:|www\.|doi:|10\.\d{4})",
    re.IGNORECASE,
)
OPENINGS, CLOSINGS = '<(["“', '>)]"”'
LABEL = re.compile(
    r"^(?:(?:available|retrieved|read)\s+(?:at|from|on)|url|link|website|see|online|doi)"
    r"[\s:=]*(?=https?:|www\.|10\.|$)",
    re.IGNORECASE,
)
# “(accessed 3 May 2014)”, “Accessed: 3 May 2014”
REMARK = re.compile(r"(\S+)\s+([(\[].*|[^\W\d]+ed\b.*)", re.DOTALL)
SCHEME = re.compile(r"^(?:https?:/+(?=https?:))?(https?)(?::/*|//+)", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
# “www.example.org”, “example.org/x”; without a path, that could be a file.
HOST = re.compile(
    r"(?://)?((?:www\.[^\s/]++|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/)\S*)",
    re.IGNORECASE,
)
KINDS = {"DOI": "DOI", "URL": "web address"}
# Programs write these in the signs of HTML, also where nothing else is HTML.
LONGEST = 5_000
# https://shortdoi.org; it leads to the work, but is no DOI.
SHORT_DOI = re.compile(r"10/[a-z0-9]{2,12}", re.IGNORECASE)
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}


def mend_links(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Put right the DOI and the URL of a CSL item; each may stand in the other's place.

    Gives the variable and a sentence for each text that has to be left out.
    """
    found: dict[str, list[str]] = {"DOI": [], "URL": []}
    for name in found:
        text = item.pop(name, "")
        if len(text) > LONGEST:
            yield name, f"no {KINDS[name]} has {len(text):,} signs."
            continue
        for piece in pieces_of(text):
            if strange := sort_in(piece, name, found):
                yield name, f"“{shortened(strange)}” is no {KINDS[name]}."
    dois = [doi.lower() for doi in found["DOI"]]
    # An address that says no more than the DOI gives way to others.
    found["URL"].sort(key=lambda address: bare_doi(address).lower() in dois[:1])
    for name, values in found.items():
        if values:
            item[name] = values[0]
        for other in values[1:]:
            if bare_doi(other).lower() not in dois[:1] and other != values[0]:
                yield name, f"“{shortened(other)}” is a second {KINDS[name]}."


def sort_in(piece: str, name: str, found: dict[str, list[str]]) -> str:
    """Add a piece of a field to the DOIs, the addresses or both; gives what is none."""
    doi, (address, rest) = bare_doi(piece), address_in(piece)
    if SHORT_DOI.fullmatch(piece):
        address = f"https://doi.org/{piece}"
    if doi and not (name == "URL" and address and found["DOI"]):
        found["DOI"].append(doi)
    if address and not (doi and name == "DOI"):
        found["URL"].append(address)
    return rest if doi or address else piece


def pieces_of(text: str) -> list[str]:
    """The DOIs and addresses of a field, which may have several, without marks.

    White space is one space first, as long runs of it take patterns long.
    """
    for entity, sign in ENTITIES.items():
        text = text.replace(entity, sign)
    pieces = []
    for piece in BETWEEN.split(" ".join(text.split())):
        pieces.append(LABEL.sub("", unwrapped(piece), count=1))
    return list(filter(None, pieces))


def unwrapped(piece: str) -> str:
    """“10.1000/x” of “<10.1000/x>”, if both marks are there and none is inside."""
    inner = piece.lstrip(OPENINGS).rstrip(CLOSINGS)
    is_wrapped = piece.startswith(tuple(OPENINGS)) and piece.endswith(tuple(CLOSINGS))
    return inner if is_wrapped and not {*"<>"} & {*inner} else piece


def bare_doi(text: str) -> str:
    """“10.1000/x” of “doi:10.1000/x”, “https://dx.doi.org/10.1000%2Fx” and the like.

    Empty when there is none. In a bare DOI, “%2F” may belong to it.
    """
    if len(text) > LONGEST:
        return ""
    text = " ".join(text.split())
    before = BEFORE_DOI.match(text)
    start = before.end() if before else 0
    doi = AFTER_DOI.sub("", text[start:].rstrip(END)).rstrip(END)
    if "doi.org" in text[:start].lower() or not DOI.fullmatch(doi):
        doi = unquote(doi)
    return doi if DOI.fullmatch(doi) else ""


def address_in(text: str) -> tuple[str, str]:
    """“https://www.example.org/x” of “www.example.org/x”, and a remark that follows.

    The address is empty when there is none.
    """
    text, remark = text.rstrip(" ,;"), ""
    if found := REMARK.fullmatch(text):
        text, remark = found.groups()
    address = SCHEME.sub(lambda found: f"{found[1]}://", text, count=1)
    if host := HOST.fullmatch(address):
        address = f"https://{host[1]}"
    return (address, remark) if ADDRESS.fullmatch(address) else ("", "")


def shortened(text: str) -> str:
    """A text as it is named to people: at most sixty signs, all of which print."""
    line = " ".join(text[:500].split())
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in line[:61])
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"
