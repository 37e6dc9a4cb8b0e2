"""Values of spreadsheet cells, and the ways in which programs change them.

A value that may have been changed by a program instead of a person is refused.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from casebase.files.xlsx import GOES_ON

DATES = (date, datetime, time, timedelta)
# Spreadsheet programs round whole numbers that have more digits.
FIRST_ROUNDED = 10**15
ERROR = re.compile(r"#(REF|NAME|VALUE|DIV/0|N/A|NULL|NUM|SPILL|CALC)[!?]?")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SHORTENED = re.compile(r"-?[0-9](\.[0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
# “3-5” after a program has mistaken it for a date: “03-May”, “5. Mrz”, “May-14”.
MADE_INTO_DATE = re.compile(
    r"[0-9]{1,2}[-. /]{1,2}[^\W\d_]{3,9}\.?|[^\W\d_]{3}[-. ][0-9]{2}"
)
DAY = r"[0-9]{4}(-[0-9]{2}){0,2}"
PERIOD = re.compile(rf"({DAY}|\.\.)(/({DAY}|\.\.))?")

IS_DATE = (
    "The spreadsheet has turned this into a date. Give the cell the format Text and "
    "write it again."
)


class Formula:
    """A formula in a cell, instead of a value."""

    def __str__(self) -> str:
        return "=…"


class CellError(ValueError):
    """A cell is invalid; the message is for people who use spreadsheets."""


def normalize_value(value: Any) -> str | int | float | None:
    """Return the text or number of a cell. Raises CellError for anything else."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, float):
        return (
            int(value) if value.is_integer() and abs(value) < FIRST_ROUNDED else value
        )
    if isinstance(value, Formula):
        raise CellError(
            "This is a formula; write its value. A text that begins with = needs an "
            "apostrophe before it."
        )
    if isinstance(value, DATES):
        raise CellError(IS_DATE)
    if not isinstance(value, str):
        raise CellError(
            "This is TRUE or FALSE. Give the cell the format Text and write a word."
        )
    return normalize_text(value)


def normalize_text(value: str) -> str | None:
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if ERROR.fullmatch(text):
        raise CellError("This is an error value of the spreadsheet; write the text.")
    if text.endswith(GOES_ON):
        raise CellError("The export cut this text; change it on the page of the case.")
    if "\0" in text:
        raise CellError("This contains a NUL character; remove it.")
    return text or None


def parse_text(value: str | float | None) -> str | None:
    if isinstance(value, float):
        raise CellError(
            "This is a number instead of a text. Give the cell the format Text and "
            "write it again."
        )
    if isinstance(value, int) and abs(value) >= FIRST_ROUNDED:
        raise CellError("The spreadsheet has shortened this number; write it as text.")
    return None if value is None else str(value)


def parse_year(value: str | float | None) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:9])
    if value is None or isinstance(value, int):
        return value
    raise CellError("This should be a year with four digits, such as 2014.")


def parse_number(value: str | float | None) -> float | None:
    if value is None or isinstance(value, (int, float)):
        return value if value is None else float(value)
    if SHORTENED.fullmatch(value):
        raise CellError("The spreadsheet has shortened this number; write it out.")
    if not NUMBER.fullmatch(value):
        raise CellError("This should be a number with a decimal point, such as 1234.5.")
    return float(value[:30])


def parse_period(value: str | float | None) -> str | None:
    text = parse_text(value)
    if text and not PERIOD.fullmatch(text):
        raise CellError(
            "A period is 2014, 2014-05 or 2013/2014, with .. for an open end. If the "
            "spreadsheet turned it into a date, give the cell the format Text first."
        )
    return text


def parse_locator(value: str | float | None) -> str | None:
    text = parse_text(value)
    if text and MADE_INTO_DATE.fullmatch(text):
        raise CellError(IS_DATE)
    return text


# Column → the type of its cells; numbered columns are here without their number.
CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "year": parse_year,
    "figure_value": parse_number,
    "figure_period": parse_period,
    "locator": parse_locator,
}


def convert_cell(column: str, value: str | float | None) -> Any:
    """Convert a cell to the type of its column. Raises CellError if it can't be."""
    return CONVERTERS.get(column, parse_text)(value)
