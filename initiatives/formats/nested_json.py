"""JSON: cases with their findings, and these with their sources."""

from collections.abc import Iterator
from dataclasses import asdict

from casebase.files.formats import Format, json_pieces
from initiatives.formats.selection import Selection, Tally


def write(selection: Selection) -> Iterator[bytes]:
    tally = Tally()
    return json_pieces(
        {"casebase": selection.about},
        "cases",
        tally.passing(selection.records()),
        lambda: {"counts": asdict(tally)},
    )


FORMAT = Format(
    name="json",
    label="JSON, cases with findings and sources",
    media_type="application/json",
    extension="json",
    write=write,
)
