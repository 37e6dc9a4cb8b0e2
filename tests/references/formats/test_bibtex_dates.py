"""Dates of BibTeX entries, in all the fields that have them."""

import pytest

from tests.references.formats.test_bibtex_reader import ENTRY, read, told, variables


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ("date = {2014-05-21}", [2014, 5, 21]),
        ("date = {2014-05-21T10:00}", [2014, 5, 21]),
        ("year = 2014, month = may", [2014, 5]),
        ('year = 2014, month = "21~" # jul', [2014, 7, 21]),
        ("year = {2014}, month = {July 21}", [2014, 7, 21]),
        ("year = {2014}, month = 7, day = 1", [2014, 7, 1]),
        ("year = {2014}, month = {Mai}", [2014, 5]),
        ("date = {2014}, year = 2014, month = may", [2014, 5]),
        ("date = {2014}, month = may, day = {21st}", [2014, 5, 21]),
        ("date = {2014-05-21}, year = {2014}, month = 5", [2014, 5, 21]),
    ],
)
def test_dates_in_all_their_writings(fields, parts):
    assert variables(fields) == {"issued": {"date-parts": [parts]}}


@pytest.mark.parametrize(
    ("fields", "parts", "sentence"),
    [
        ("date = {2014/2015}", [2014], "Of the date “2014/2015”, 2014 is taken."),
        ("year = {ca. 1999}", [1999], "Of the date “ca. 1999”, 1999 is taken."),
        ("date = {1723~}", [1723], "Of the date “1723~”, 1723 is taken."),
        ("date = {1723~/1730}", [1723], "Of the date “1723~/1730”, 1723 is taken."),
        (
            "date = {2014-05-21}, year = 2013",
            [2014, 5, 21],
            "left out: issued of “A” (k-1): “2013” is another date.",
        ),
        (
            "date = {2014-05-21}, year = 2014, month = jun",
            [2014, 5, 21],
            "left out: issued of “A” (k-1): “2014-6” is another date.",
        ),
        (
            "date = {in press}, year = 2014",
            [2014],
            "left out: issued of “A” (k-1): “in press” is another date.",
        ),
        (
            "month = may",
            None,
            "left out: issued of “A” (k-1): “may” has no year.",
        ),
        (
            "year = 2014, month = {May/June}",
            [2014, 5],
            "Of “May/June”, the first is taken.",
        ),
        ("year = 2014, month = {5/6}", [2014, 5], "Of “5/6”, the first is taken."),
        (
            "year = 2014, month = may, day = {21--23}",
            [2014, 5, 21],
            "Of “may 21–23”, the first is taken.",
        ),
        ("year = 2014, day = 7", [2014], "“7” has no month; it is left out."),
        (
            f"year = 2014, month = {{{'1' * 5_000}}}",
            [2014],
            "1…” is no month; it is left out.",
        ),
        (
            f"year = 2014, month = may, day = {{{'1' * 5_000}}}",
            [2014, 5],
            "…”, the first is taken.",
        ),
        (
            f"year = {{{'1' * 300}}}, date = {{2014}}",
            [2014],
            "…” is another date.",
        ),
        ("date = {2014-02-30}", [2014, 2], None),
        (
            "date = {in press}",
            None,
            "left out: issued of “A” (k-1): “in press” is no date.",
        ),
        (
            "year = 2014, month = {Spring}",
            [2014],
            "“Spring” is no month; it is left out.",
        ),
    ],
)
def test_of_other_dates_what_can_be_taken_is(fields, parts, sentence):
    reading = read(ENTRY % fields)
    issued = {"issued": {"date-parts": [parts]}} if parts else {}
    item = reading.works[0].to_csl()
    assert {name: item[name] for name in item if name == "issued"} == issued
    words = sentence or "Of the date “2014-02-30”, Feb 2014 is taken."
    assert words.replace("Feb", "February") in told(reading)[0]
