"""Dates of BibTeX entries, which stand in up to four fields."""

import re
from collections.abc import Generator

from references.formats.bibtex_inheritance import Fields
from references.formats.date_parser import date_in, month_and_day, n_dates_in
from references.formats.dois_and_urls import shortened
from references.formats.latex import text_in
from references.formats.reader import LONGEST_DATE, Draft, Remarks

# Of months in figures, where no day is meant: “5/6”, “05--06”
MONTH_RANGE = re.compile(r"\s*(\d{1,2})\s?[-–/]+\s?\d{1,2}\s*")


def put_dates(draft: Draft, fields: Fields) -> Remarks:
    """Put the most exact of “date” and “year”, if both are of one time."""
    yield from put_date_of(draft, fields)
    if "urldate" in fields and (date := date_said(fields["urldate"][0])):
        yield from draft.put_date("accessed", date, fields["urldate"][1])


def put_date_of(draft: Draft, fields: Fields) -> Remarks:
    said, line = fields.get("date", ("", 0))
    date = date_said(said)
    parts = yield from month_of(fields)
    exact = parts_of(date)
    year, year_line = fields.get("year", (f"{exact[0]}" if exact else "", line))
    beside = text_in(f"{year}{parts}") if year else ""
    other = parts_of(beside)
    # Of two the longer, if both begin the same.
    is_same = exact[: len(other)] == other[: len(exact)] and bool(other)
    taken, left = (date, beside) if date else (beside, "")
    if date and is_same and len(other) > len(exact):
        taken, left = beside, "" if exact else date
    if parts and not year:
        draft.leave_out("issued", f"“{shortened(fields['month'][0])}” has no year.")
    if taken:
        yield from draft.put_date(
            "issued", taken, year_line if taken == beside else line
        )
    if left and not (is_same and exact):
        draft.leave_out("issued", f"“{shortened(left)}” is another date.", year_line)


def parts_of(date: str) -> list[int]:
    return date_in(date)[0] if len(date) <= LONGEST_DATE else []


def date_said(latex: str) -> str:
    """The text of a date; in those of biblatex “~” is “circa”, and no space."""
    return text_in(latex.replace("~", r"\textasciitilde{}"))


def month_of(fields: Fields) -> Generator[tuple[int, str, str], None, str]:
    """“-07-21” of the fields for month and day; tells of what more they say."""
    month, line = fields.get("month", ("", 0))
    day, day_line = fields.get("day", ("", 0))
    if not month:
        if day:
            yield day_line, "day", f"“{shortened(day)}” has no month; it is left out."
        return ""
    first = MONTH_RANGE.sub(r"\1", text_in(month), count=1)
    parts = month_and_day(f"{first} {text_in(day)}")
    if not parts:
        yield line, "month", f"“{shortened(month)}” is no month; it is left out."
    elif n_dates_in(f"{text_in(month)} {text_in(day)}") > parts.count("-"):
        words = shortened(text_in(f"{month} {day}"))
        yield line, "month", f"Of “{words}”, the first is taken."
    return parts
