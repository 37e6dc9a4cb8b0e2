"""Dates of BibTeX entries: “date”, or “year”, “month” and “day”; and “urldate”."""

import re
from collections.abc import Generator

from references.formats.bibtex_inheritance import Fields
from references.formats.date_parser import (
    count_date_parts,
    parse_date,
    parse_month_and_day,
)
from references.formats.latex import read_text
from references.formats.messages import shorten
from references.formats.reader import MAX_DATE_LENGTH, EntryBuilder, Warnings

# Two months in digits, and not a month with a day: “5/6”, “05--06”
MONTH_RANGE = re.compile(r"\s*(\d{1,2})\s?[-–/]+\s?\d{1,2}\s*")


def add_dates(builder: EntryBuilder, fields: Fields) -> Warnings:
    """Set the date of publication and the date of access; yield warnings."""
    yield from add_issued_date(builder, fields)
    if "urldate" in fields and (date := read_date_text(fields["urldate"][0])):
        yield from builder.set_date("accessed", date, fields["urldate"][1])


def add_issued_date(builder: EntryBuilder, fields: Fields) -> Warnings:
    """Set the more exact of “date” and “year”, if the one is part of the other.

    Otherwise “date” is set, and the other is reported.
    """
    date_latex, line = fields.get("date", ("", 0))
    date = read_date_text(date_latex)
    month = yield from read_month_fields(fields)
    date_parts = parse_date_parts(date)
    default = f"{date_parts[0]}" if date_parts else ""
    year, year_line = fields.get("year", (default, line))
    year_date = read_text(f"{year}{month}") if year else ""
    year_parts = parse_date_parts(year_date)
    begin_the_same = date_parts[: len(year_parts)] == year_parts[: len(date_parts)]
    is_same = begin_the_same and bool(year_parts)
    chosen, other = (date, year_date) if date else (year_date, "")
    if date and is_same and len(year_parts) > len(date_parts):
        chosen, other = year_date, "" if date_parts else date
    if month and not year:
        builder.omit("issued", f"“{shorten(fields['month'][0])}” has no year.")
    if chosen:
        chosen_line = year_line if chosen == year_date else line
        yield from builder.set_date("issued", chosen, chosen_line)
    if other and not (is_same and date_parts):
        builder.omit("issued", f"“{shorten(other)}” is another date.", year_line)


def parse_date_parts(date: str) -> list[int]:
    """Return year, month and day, as far as the text has them."""
    return parse_date(date)[0] if len(date) <= MAX_DATE_LENGTH else []


def read_date_text(latex: str) -> str:
    """Return the text of a date. In biblatex “~” means “circa”, and isn't a space."""
    return read_text(latex.replace("~", r"\textasciitilde{}"))


def read_month_fields(fields: Fields) -> Generator[tuple[int, str, str], None, str]:
    """Return “-07-21” of the fields “month” and “day”; empty without a month.

    Yields warnings on values that can't be part of the date.
    """
    month, line = fields.get("month", ("", 0))
    day, day_line = fields.get("day", ("", 0))
    if not month:
        if day:
            yield day_line, "day", f"“{shorten(day)}” has no month; it is left out."
        return ""
    first = MONTH_RANGE.sub(r"\1", read_text(month), count=1)
    parts = parse_month_and_day(f"{first} {read_text(day)}")
    if not parts:
        yield line, "month", f"“{shorten(month)}” is not a month; it is left out."
    elif count_date_parts(f"{read_text(month)} {read_text(day)}") > parts.count("-"):
        words = shorten(read_text(f"{month} {day}"))
        yield line, "month", f"Only the first part of “{words}” is imported."
    return parts
