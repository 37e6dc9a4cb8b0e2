"""CSV with one row a case."""

from collections.abc import Iterator

from casebase.files.formats import Format, csv_pieces
from initiatives.formats.selection import Selection
from initiatives.formats.tables import WIDE, wide_row


def write(selection: Selection) -> Iterator[bytes]:
    return csv_pieces(WIDE, map(wide_row, selection.records()))


FORMAT = Format(
    name="csv-wide",
    label="CSV, one row a case",
    media_type="text/csv; charset=utf-8; header=present",
    extension="wide.csv",
    write=write,
)
