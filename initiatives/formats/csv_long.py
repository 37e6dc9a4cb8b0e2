"""CSV with one row for each finding."""

from collections.abc import Iterator

from casebase.files.formats import CSV, Format, csv_pieces
from initiatives.formats.selection import Selection
from initiatives.formats.tables import FINDING_COLUMNS, finding_rows


def write(selection: Selection) -> Iterator[bytes]:
    rows = (row for case in selection.serialized_cases() for row in finding_rows(case))
    return csv_pieces(FINDING_COLUMNS, rows)


FORMAT = Format(
    name="csv",
    label="CSV, one row a finding",
    media_type=CSV,
    extension="csv",
    write=write,
)
