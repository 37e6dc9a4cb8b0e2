"""Dates as people and programs write them in files, to the parts that CSL has."""

import re
from itertools import takewhile
from unicodedata import combining, normalize

from references.partial_date import PartialDate, is_calendar_date

# 2014, 2014-05, 2014-05-21, 2014/05/21/; a time may follow. So may words, as in
# 2014/05//Spring.
PARTS = r"(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?"
NUMBERS = re.compile(rf"(\d{{1,5}}){PARTS}/*(?:T.*|(?<=/)\d\d:.*)?")
NUMBERS_AND_WORDS = re.compile(rf"(\d{{4}}){PARTS}[\s/]+[^\W\d].*")
# 2010-07-04/2010-07-06, 2010/2012, 2010-07/.., as biblatex has them.
PERIOD = re.compile(
    r"(\d{4}(?:-\d\d){0,2})[?~%]?/(?:\d{4}(?:-\d\d){0,2}[?~%]?|\.\.|open)"
)
# 21.5.2014, 05/21/2014, 05/2014; a time may follow.
YEAR_LAST = re.compile(
    r"(?:(\d{1,2})\s?[./-]\s?)?(\d{1,2})\s?[./-]\s?(\d{4})(?:,?\s+\d{1,2}:.*)?"
)
# 2014年5月21日, 2014년 5월 21일, 2014. 5. 21., 2014-05-XX, 20140521
YEAR_FIRST = re.compile(
    r"(\d{4})(?:[年년.]\s?|\s)"
    r"(?:(\d{1,2})(?:(?:[月월.]\s?|\s)(?:(\d{1,2})[日号일.]?)?)?)?"
    r"|(\d{4})-(?:(\d{1,2})-)?(?:XX|xx|uu|\?\?)(?:-(?:XX|xx|uu|\?\?))?"
    r"|((?:1\d|20)\d\d)([01]\d)([0-3]\d)"
)
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
BEFORE_ERA = re.compile(r"^\s*[-−–]\s*\d|\d\s*b\.?\s*c\b", re.IGNORECASE)
WORDS = re.compile(r"[^\W\d_]+|\d+")
# English, German, French, Spanish, Italian, Dutch and Swedish, without accents.
NAMES = (
    "jan january januar janner janvier janv "  # codespell:ignore januar
    "enero ene gennaio gen januari",
    "feb february februar febr feber fevrier "  # codespell:ignore februar
    "fevr fev febrero febbraio februari",
    "mar march marz maerz mrz mars marzo maart mrt",  # codespell:ignore marz
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio mag mei maj",
    "jun june juni juin junio giugno giu",  # codespell:ignore juni
    "jul july juli juillet juill juil julio luglio lug",  # codespell:ignore juli
    "aug august aout agosto ago augustus augusti",
    "sep sept september septembre septiembre setiembre settembre sett set",
    "oct october oktober okt octobre octubre ottobre ott",  # codespell:ignore oktober
    "nov november novembre noviembre",
    "dec december dezember dez "  # codespell:ignore dezember
    "decembre diciembre dicembre dic",
)
MONTHS = {
    name: number
    for number, names in enumerate(NAMES, start=1)
    for name in names.split()
}
NAME = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
ORDINAL = r"(?:\.|st|nd|rd|th|er|o)?(?![^\W_])"  # codespell:ignore nd
BREAK = r"[\s.,/-]*"
# Of “May–June 2014” the first month is taken.
LATER = rf"(?P<later>\s*[-–—/&]\s*{NAME})?"
# 21 May 2014, May 21st, 2014, 1er mai 2014, 21 de mayo de 2014, May/June 2014
MONTH_AND_YEAR = re.compile(
    rf"(?:(?<!\d)(?P<before>\d{{1,2}}){ORDINAL}{BREAK}(?:(?:of|de|di)\s+)?|\b)"
    rf"(?P<month>{NAME}){LATER}(?:\s+(?P<after>\d{{1,2}}){ORDINAL})?"
    rf"{BREAK}(?:(?:of|del?)\s+)?(?P<year>\d{{4}})(?!\d)"
)
# 2014 May, 2014-May-21
YEAR_AND_MONTH = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}}){BREAK}\b(?P<month>{NAME}){LATER}"
    rf"(?:{BREAK}(?P<after>\d{{1,2}})(?!\d){ORDINAL})?"
)


def date_in(text: str) -> tuple[list[int], bool]:
    """The parts of the date, if any, and whether the text says no more than these."""
    text = with_year_first(text.strip())
    if period := PERIOD.fullmatch(text.strip()):
        return date_in(period[1])[0], False
    exact = NUMBERS.fullmatch(text.strip().rstrip("?~%"))
    if not exact and (in_words := date_in_words(text)):
        return in_words
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


def with_year_first(text: str) -> str:
    """“2014-5-21” of “21.5.2014”, “05/21/2014” and “2014年5月21日”.

    The text itself where it is not plain which is the day, as in “5/6/2014”.
    """
    if found := YEAR_LAST.fullmatch(text):
        first, second, year = found.groups()
        if first and int(second) > 12:
            first, second = second, first
        is_plain = not first or int(first) > 12 or int(first) == int(second)
        if int(second) <= 12 and is_plain:
            return "-".join(filter(None, (year, second, first)))
    elif found := YEAR_FIRST.fullmatch(text):
        return "-".join(filter(None, found.groups()))
    return text


def is_day(parts: list[int]) -> bool:
    return is_calendar_date(PartialDate(*parts))


def date_in_words(text: str) -> tuple[list[int], bool] | None:
    """As date_in, of a text in which a month is named beside a year."""
    words = without_accents(text).strip(" \t\n()[].,;")
    found = MONTH_AND_YEAR.search(words) or YEAR_AND_MONTH.search(words)
    if not found or BEFORE_ERA.search(text):
        return None
    named = found.groupdict()
    month = MONTHS[named["month"].rstrip(".")]
    day = named.get("before") or named["after"]
    parts = [int(named["year"]), month, *([int(day)] if day else [])]
    known = parts if is_day(parts) else parts[:2]
    is_all = known == parts and not named["later"] and found[0] == words
    return (known, is_all) if is_day(known) else None


def without_accents(text: str) -> str:
    """“decembre” of “Décembre”: in lower case."""
    signs = normalize("NFKD", text.lower())
    return "".join(sign for sign in signs if not combining(sign))


def month_and_day(text: str) -> str:
    """“-07-21” of “July 21”, “21 July” and “July”, with “7” for the name as well.

    Empty when there is no month in it.
    """
    words = WORDS.findall(without_accents(text))
    numbers = [word for word in words if word.isdecimal() and len(word) <= 2]
    months = [MONTHS[word] for word in words if word in MONTHS]
    if not months and numbers:
        months = [int(numbers.pop(0))]
    return "".join(f"-{part}" for part in [*months[:1], *numbers[:1]]) if months else ""


def n_dates_in(text: str) -> int:
    """How many months and figures it names: two in “21 May”, three in “1–2 May”."""
    words = WORDS.findall(without_accents(text))
    return sum(word.isdecimal() or word in MONTHS for word in words)
