"""Partial dates, as in bibliographies: a year, a year and month, or a full date."""

import calendar
from datetime import date
from typing import NamedTuple


class PartialDate(NamedTuple):
    """A date whose month or day may be unknown (None).

    CSL writes it as ``date-parts``: ``[2014]``, ``[2014, 5]`` or ``[2014, 5, 21]``.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def parts(self) -> list[int]:
        """The known parts, one to three numbers, in the order of CSL."""
        return [part for part in self if part is not None]

    def __str__(self) -> str:
        """Return ``2014``, ``May 2014`` or ``21 May 2014``."""
        words = [str(self.year)]
        if self.month:
            words.insert(0, calendar.month_name[self.month])
        if self.day:
            words.insert(0, str(self.day))
        return " ".join(words)


def partial_date(
    year: int | None, month: int | None, day: int | None
) -> PartialDate | None:
    """Return the date of three columns, or None if the year is unknown."""
    return PartialDate(year, month, day) if year else None


def is_calendar_date(when: PartialDate) -> bool:
    """Whether the day exists: 31 June and 29 February 2013 do not."""
    try:
        date(when.year, when.month or 1, when.day or 1)
    except ValueError:
        return False
    return True
