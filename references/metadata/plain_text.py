"""Names, dates and identifiers of works as plain texts."""

import re
from urllib.parse import quote

from references.csl import Name, Work
from references.partial_date import PartialDate

PAGE_RANGE = re.compile(r"(\w+)\s*[-–]\s*(\w+)")


def listed(name: Name) -> str:
    """“van Eijk, C.”, “King, M. L., Jr.”; a body as it is."""
    if name.literal:
        return name.literal
    surname = joined(" ", name.non_dropping_particle, name.family)
    given = joined(" ", name.given, name.dropping_particle)
    return joined(", ", surname, given, name.suffix)


def joined(separator: str, *parts: str | None) -> str:
    return separator.join(part for part in parts if part)


def spelled(when: PartialDate | None, separator: str = "-") -> str:
    """2014, 2014-05 or 2014-05-21; nothing for an undated work."""
    return separator.join(f"{part:02}" for part in when.parts) if when else ""


def first_and_last(page: str | None) -> tuple[str, str]:
    """The ends of “32–56”; what is no range of two is its own beginning."""
    ends = PAGE_RANGE.fullmatch(page or "")
    return (ends[1], ends[2]) if ends else (page or "", "")


def doi_address(work: Work) -> str:
    return f"https://doi.org/{quote(work.doi)}" if work.doi else ""
