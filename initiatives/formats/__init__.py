"""The formats in which sets of cases leave the casebase: one module each."""

from initiatives.formats import csv_long, csv_wide, geojson, nested_json, xlsx

FORMATS = {
    module.FORMAT.name: module.FORMAT
    for module in (csv_long, csv_wide, xlsx, nested_json, geojson)
}
