"""Dates of BibTeX entries, in each of their fields."""

import pytest

from tests.references.formats.test_bibtex_reader import (
    ENTRY,
    message_texts,
    read,
    read_variables,
)


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
def test_dates_are_read_in_every_form(fields, parts):
    assert read_variables(fields) == {"issued": {"date-parts": [parts]}}


@pytest.mark.parametrize(
    ("fields", "parts", "sentence"),
    [
        ("date = {2014/2015}", [2014], "The date “2014/2015” is imported as 2014."),
        ("year = {ca. 1999}", [1999], "The date “ca. 1999” is imported as 1999."),
        ("date = {1723~}", [1723], "The date “1723~” is imported as 1723."),
        ("date = {1723~/1730}", [1723], "The date “1723~/1730” is imported as 1723."),
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
            "Only the first part of “May/June” is imported.",
        ),
        (
            "year = 2014, month = {5/6}",
            [2014, 5],
            "Only the first part of “5/6” is imported.",
        ),
        (
            "year = 2014, month = may, day = {21--23}",
            [2014, 5, 21],
            "Only the first part of “may 21–23” is imported.",
        ),
        ("year = 2014, day = 7", [2014], "“7” has no month; it is left out."),
        (
            f"year = 2014, month = {{{'1' * 5_000}}}",
            [2014],
            "1…” is not a month; it is left out.",
        ),
        (
            f"year = 2014, month = may, day = {{{'1' * 5_000}}}",
            [2014, 5],
            "…” is imported.",
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
            "left out: issued of “A” (k-1): “in press” is not a date.",
        ),
        (
            "year = 2014, month = {Spring}",
            [2014],
            "“Spring” is not a month; it is left out.",
        ),
    ],
)
def test_an_inexact_date_is_imported_in_part_and_reported(fields, parts, sentence):
    result = read(ENTRY % fields)
    issued = {"issued": {"date-parts": [parts]}} if parts else {}
    item = result.works[0].to_csl()
    assert {name: item[name] for name in item if name == "issued"} == issued
    words = sentence or "The date “2014-02-30” is imported as Feb 2014."
    assert words.replace("Feb", "February") in message_texts(result)[0]
