"""Dates of RIS records, which may be in PY, Y1, DA and Y2."""

from references.formats.date_parser import YEAR, parse_date, parse_month_and_day
from references.formats.messages import shorten
from references.formats.reader import MAX_DATE_LENGTH, EntryBuilder, Warnings
from references.formats.ris_lines import RisRecord


def add_dates(builder: EntryBuilder, record: RisRecord) -> Warnings:
    """Set the most exact date of the year in PY, or else in Y1; yield warnings."""
    texts = collect_dates(record)
    dates = {tag: parse_date(text)[0] for tag, text in texts.items()}
    year = next((date[:1] for date in dates.values() if date), [])
    ranks = {tag: (date[:1] == year, len(date)) for tag, date in dates.items()}
    best = max(ranks, key=ranks.__getitem__, default="")
    for tag, text in texts.items():
        if tag == best:
            yield from builder.set_date("issued", text, record.lines[tag])
        elif dates[tag][:1] != dates[best][:1]:
            words = f"“{shorten(text)}” is another date."
            builder.omit("issued", words, record.lines[tag])
    if accessed := record.first_text("Y2"):
        yield from builder.set_date("accessed", accessed, record.lines["Y2"])


def collect_dates(record: RisRecord) -> dict[str, str]:
    """Return the dates by tag. DA without a year, as “MAR 15”, gets another's year."""
    texts = {tag: record.first_text(tag) for tag in ("PY", "Y1", "DA")}
    dates = {tag: text[:MAX_DATE_LENGTH] for tag, text in texts.items() if text}
    day = dates.get("DA", "")
    if not YEAR.search(day) and (parts := parse_month_and_day(day)):
        years = (YEAR.search(text) for text in dates.values())
        year = next((found[0] for found in years if found), "")
        dates["DA"] = f"{year}{parts}"
    return dates
