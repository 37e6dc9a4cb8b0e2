"""JSON: cases that contain their findings, which contain their sources."""

from collections.abc import Iterator
from dataclasses import asdict

from casebase.files.formats import Format, json_pieces
from initiatives.formats.selection import RecordCounter, Selection


def write(selection: Selection) -> Iterator[bytes]:
    counter = RecordCounter()
    return json_pieces(
        {"casebase": selection.about},
        "cases",
        counter.counting(selection.serialized_cases()),
        lambda: {"counts": asdict(counter)},
    )


FORMAT = Format(
    name="json",
    label="JSON, cases with findings and sources",
    media_type="application/json",
    extension="json",
    write=write,
)
