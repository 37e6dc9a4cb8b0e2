"""GeoJSON (RFC 7946): cases as points on a map."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casebase.files.formats import Format, json_pieces
from initiatives.formats.export_schema import Case
from initiatives.formats.selection import Selection
from initiatives.formats.tables import CASE_COLUMNS


@dataclass
class FeatureCounter:
    """Counts cases with a point, which become features, and cases without one."""

    features: int = 0
    without_point: int = 0

    def to_features(self, cases: Iterable[Case]) -> Iterator[dict[str, Any]]:
        """Yield the cases with a point as features."""
        for case in cases:
            if case["place"]["latitude"] is None:
                self.without_point += 1
            else:
                self.features += 1
                yield feature(case)


def feature(case: Case) -> dict[str, Any]:
    """Return the case as a point with the columns of csv-wide as properties."""
    point = [case["place"]["longitude"], case["place"]["latitude"]]
    return {
        "type": "Feature",
        "id": case["slug"],
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {column: value(case) for column, value in CASE_COLUMNS.items()},
    }


def write(selection: Selection) -> Iterator[bytes]:
    counter = FeatureCounter()
    return json_pieces(
        {"type": "FeatureCollection", "casebase": selection.about},
        "features",
        counter.to_features(selection.serialized_cases()),
        lambda: {
            "counts": {
                "cases": counter.features,
                "cases_without_point": counter.without_point,
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
