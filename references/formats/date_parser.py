"""Parses dates as people and programs write them into year, month and day."""

import re
from itertools import takewhile
from unicodedata import combining, normalize

from references.partial_date import PartialDate, is_calendar_date

# 2014, 2014-05, 2014-05-21, 2014/05/21/, and a time. Words may follow, as in
# 2014/05//Spring.
MONTH_AND_DAY = r"(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?"
NUMERIC_DATE = re.compile(rf"(\d{{1,5}}){MONTH_AND_DAY}/*(?:T.*|(?<=/)\d\d:.*)?")
NUMERIC_DATE_AND_WORDS = re.compile(rf"(\d{{4}}){MONTH_AND_DAY}[\s/]+[^\W\d].*")
# Date ranges of biblatex: 2010-07-04/2010-07-06, 2010/2012, 2010-07/..
DATE_RANGE = re.compile(
    r"(\d{4}(?:-\d\d){0,2})[?~%]?/(?:\d{4}(?:-\d\d){0,2}[?~%]?|\.\.|open)"
)
# 21.5.2014, 05/21/2014, 05/2014, and a time
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
YEAR_BC = re.compile(r"^\s*[-−–]\s*\d|\d\s*b\.?\s*c\b", re.IGNORECASE)
WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")
# English, German, French, Spanish, Italian, Dutch and Swedish, without accents.
MONTH_NAMES = (
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
    for number, names in enumerate(MONTH_NAMES, start=1)
    for name in names.split()
}
MONTH_NAME = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
ORDINAL_SUFFIX = r"(?:\.|st|nd|rd|th|er|o)?(?![^\W_])"  # codespell:ignore nd
SEPARATOR = r"[\s.,/-]*"
# The second month of “May–June 2014”, which is dropped.
LATER_MONTH = rf"(?P<later>\s*[-–—/&]\s*{MONTH_NAME})?"
# 21 May 2014, May 21st, 2014, 1er mai 2014, 21 de mayo de 2014, May/June 2014
MONTH_AND_YEAR = re.compile(
    rf"(?:(?<!\d)(?P<before>\d{{1,2}}){ORDINAL_SUFFIX}{SEPARATOR}(?:(?:of|de|di)\s+)?|\b)"
    rf"(?P<month>{MONTH_NAME}){LATER_MONTH}(?:\s+(?P<after>\d{{1,2}}){ORDINAL_SUFFIX})?"
    rf"{SEPARATOR}(?:(?:of|del?)\s+)?(?P<year>\d{{4}})(?!\d)"
)
# 2014 May, 2014-May-21
YEAR_AND_MONTH = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}}){SEPARATOR}\b(?P<month>{MONTH_NAME}){LATER_MONTH}"
    rf"(?:{SEPARATOR}(?P<after>\d{{1,2}})(?!\d){ORDINAL_SUFFIX})?"
)


def parse_date(text: str) -> tuple[list[int], bool]:
    """Return the parts of the date, and whether the text says nothing else.

    The parts are year, month and day as far as they are known; none without a date.
    """
    text = put_year_first(text.strip())
    if date_range := DATE_RANGE.fullmatch(text.strip()):
        return parse_date(date_range[1])[0], False
    exact = NUMERIC_DATE.fullmatch(text.strip().rstrip("?~%"))
    if not exact and (in_words := parse_date_in_words(text)):
        return in_words
    found = exact or NUMERIC_DATE_AND_WORDS.fullmatch(text.strip())
    if not found:
        # Works have no years before Christ, such as “-0050” and “50 BC”.
        guess = None if YEAR_BC.search(text) else YEAR.search(text)
        return ([int(guess[0])] if guess and int(guess[0]) else []), False
    # A zero means that the part is unknown.
    given = [int(part) for part in found.groups() if part and int(part)]
    parts = list(takewhile(bool, (int(part or 0) for part in found.groups())))
    while parts and not is_valid_date(parts):
        parts.pop()
    return parts, bool(exact) and parts == given != [] and text[-1] not in "?~%"


def put_year_first(text: str) -> str:
    """Return “2014-5-21” of “21.5.2014”, “05/21/2014” and “2014年5月21日”.

    Returns the text itself if the day is unclear, as in “5/6/2014”.
    """
    if found := YEAR_LAST.fullmatch(text):
        first, second, year = found.groups()
        if first and int(second) > 12:
            first, second = second, first
        is_clear = not first or int(first) > 12 or int(first) == int(second)
        if int(second) <= 12 and is_clear:
            return "-".join(filter(None, (year, second, first)))
    elif found := YEAR_FIRST.fullmatch(text):
        return "-".join(filter(None, found.groups()))
    return text


def is_valid_date(parts: list[int]) -> bool:
    return is_calendar_date(PartialDate(*parts))


def parse_date_in_words(text: str) -> tuple[list[int], bool] | None:
    """Return what parse_date does, if the text has a year and the name of a month."""
    words = strip_accents(text).strip(" \t\n()[].,;")
    found = MONTH_AND_YEAR.search(words) or YEAR_AND_MONTH.search(words)
    if not found or YEAR_BC.search(text):
        return None
    groups = found.groupdict()
    month = MONTHS[groups["month"].rstrip(".")]
    day = groups.get("before") or groups["after"]
    given = [int(groups["year"]), month, *([int(day)] if day else [])]
    parts = given if is_valid_date(given) else given[:2]
    is_all = parts == given and not groups["later"] and found[0] == words
    return (parts, is_all) if is_valid_date(parts) else None


def strip_accents(text: str) -> str:
    """Return the text in lower case without accents: “decembre” of “Décembre”."""
    characters = normalize("NFKD", text.lower())
    return "".join(char for char in characters if not combining(char))


def parse_month_and_day(text: str) -> str:
    """Return “-7-21” of “July 21”, “21 July” or “7 21”, and “-7” of “July”.

    Returns an empty text if there is no month.
    """
    words = WORD_OR_NUMBER.findall(strip_accents(text))
    numbers = [word for word in words if word.isdecimal() and len(word) <= 2]
    months = [MONTHS[word] for word in words if word in MONTHS]
    if not months and numbers:
        months = [int(numbers.pop(0))]
    parts = [*months[:1], *numbers[:1]] if months else []
    return "".join(f"-{part}" for part in parts)


def count_date_parts(text: str) -> int:
    """Count the months and numbers in the text: 2 in “21 May”, 3 in “1–2 May”."""
    words = WORD_OR_NUMBER.findall(strip_accents(text))
    return sum(word.isdecimal() or word in MONTHS for word in words)
