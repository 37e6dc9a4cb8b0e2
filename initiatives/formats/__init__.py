"""The formats in which cases can be exported, one module each."""

from initiatives.formats import csv_long, csv_wide, geojson, nested_json, xlsx

FORMATS = {
    module.FORMAT.name: module.FORMAT
    for module in (csv_long, csv_wide, xlsx, nested_json, geojson)
}
