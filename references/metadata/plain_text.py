"""Names, dates, pages and identifiers of works as plain text."""

import re
from urllib.parse import quote

from references.csl import Name, Work
from references.partial_date import PartialDate

PAGE_RANGE = re.compile(r"(\w+)\s*[-–]\s*(\w+)")


def invert_name(name: Name) -> str:
    """“van Eijk, C.”, “King, M. L., Jr.”; the name of an organisation as it is."""
    if name.literal:
        return name.literal
    surname = join_parts(" ", name.non_dropping_particle, name.family)
    given = join_parts(" ", name.given, name.dropping_particle)
    return join_parts(", ", surname, given, name.suffix)


def join_parts(separator: str, *parts: str | None) -> str:
    """The parts that are not empty, joined."""
    return separator.join(part for part in parts if part)


def format_date(when: PartialDate | None, separator: str = "-") -> str:
    """2014, 2014-05 or 2014-05-21; empty for an undated work."""
    return separator.join(f"{part:02}" for part in when.parts) if when else ""


def split_page_range(page: str | None) -> tuple[str, str]:
    """The first and the last page of “32–56”; the text and "" if it is not a range."""
    ends = PAGE_RANGE.fullmatch(page or "")
    return (ends[1], ends[2]) if ends else (page or "", "")


def doi_url(work: Work) -> str:
    """The address at doi.org; empty for a work without a DOI."""
    return f"https://doi.org/{quote(work.doi)}" if work.doi else ""
