"""GeoJSON (RFC 7946): cases as points on a map."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casebase.files.formats import Format, json_pieces
from initiatives.formats.export_schema import Case
from initiatives.formats.selection import Selection
from initiatives.formats.tables import WIDE


@dataclass
class Points:
    """Cases as features; counts those that have no point and are left out."""

    features: int = 0
    without_point: int = 0

    def of(self, records: Iterable[Case]) -> Iterator[dict[str, Any]]:
        for record in records:
            if record["place"]["latitude"] is None:
                self.without_point += 1
            else:
                self.features += 1
                yield feature(record)


def feature(case: Case) -> dict[str, Any]:
    """A point, with the columns of the wide table as properties."""
    point = [case["place"]["longitude"], case["place"]["latitude"]]
    return {
        "type": "Feature",
        "id": case["slug"],
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {column: value(case) for column, value in WIDE.items()},
    }


def write(selection: Selection) -> Iterator[bytes]:
    points = Points()
    return json_pieces(
        {"type": "FeatureCollection", "casebase": selection.about},
        "features",
        points.of(selection.records()),
        lambda: {
            "counts": {
                "cases": points.features,
                "cases_without_point": points.without_point,
            }
        },
    )


FORMAT = Format(
    name="geojson",
    label="GeoJSON, cases as points on a map",
    media_type="application/geo+json",
    extension="geojson",
    write=write,
)
