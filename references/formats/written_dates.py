"""Dates as people and programs write them in files, to the parts that CSL has."""

import re
from itertools import takewhile

from references.dates import PartialDate, is_calendar_date

# 2014, 2014-05, 2014-05-21, 2014/05/21/; a time may follow. So may words, as in
# 2014/05//Spring.
PARTS = r"(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?"
NUMBERS = re.compile(rf"(\d{{1,5}}){PARTS}/*(?:T.*|(?<=/)\d\d:.*)?")
NUMBERS_AND_WORDS = re.compile(rf"(\d{{4}}){PARTS}[\s/]+[^\W\d].*")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
BEFORE_ERA = re.compile(r"^\s*[-−–]\s*\d|\d\s*b\.?\s*c\b", re.IGNORECASE)
WORDS = re.compile(r"[^\W\d_]+|\d+")
MONTHS = {
    **{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7},
    **{"aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
    **{"mär": 3, "mai": 5, "okt": 10, "dez": 12, "ene": 1, "abr": 4, "ago": 8},
}


def date_in(text: str) -> tuple[list[int], bool]:
    """The parts of the date, if any, and whether the text says no more than these."""
    exact = NUMBERS.fullmatch(text.strip().rstrip("?~%"))
    found = exact or NUMBERS_AND_WORDS.fullmatch(text.strip())
    if not found:
        # “-0050” and “50 BC” are years before our era, which works here don't have.
        guess = None if BEFORE_ERA.search(text) else YEAR.search(text)
        return ([int(guess[0])] if guess and int(guess[0]) else []), False
    # A zero says that the part isn't known.
    said = [int(part) for part in found.groups() if part and int(part)]
    known = list(takewhile(bool, (int(part or 0) for part in found.groups())))
    while known and not is_day(known):
        known.pop()
    return known, bool(exact) and known == said != [] and text[-1] not in "?~%"


def is_day(parts: list[int]) -> bool:
    return is_calendar_date(PartialDate(*parts))


def month_and_day(text: str) -> str:
    """“-07-21” of “July 21”, “21 July” and “July”, with “7” for the name as well.

    Empty when there is no month in it.
    """
    words = WORDS.findall(text.lower())
    numbers = [word for word in words if word.isdecimal()]
    months = [MONTHS[word[:3]] for word in words if word[:3] in MONTHS]
    if not months and numbers:
        months = [int(numbers.pop(0))]
    return "".join(f"-{part}" for part in [*months[:1], *numbers[:1]]) if months else ""
