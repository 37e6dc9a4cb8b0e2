"""CSV with one row for each case."""

from collections.abc import Iterator

from casebase.files.formats import CSV, Format, csv_pieces
from initiatives.formats.selection import Selection
from initiatives.formats.tables import CASE_COLUMNS, case_row


def write(selection: Selection) -> Iterator[bytes]:
    return csv_pieces(CASE_COLUMNS, map(case_row, selection.serialized_cases()))


FORMAT = Format(
    name="csv-wide",
    label="CSV, one row a case",
    media_type=CSV,
    extension="wide.csv",
    write=write,
)
