"""Dates in words and numbers, as people and programs write them in files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formats.date_parser import MONTHS, parse_date, parse_month_and_day


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        *(("May 2014", [2014, 5]), ("(MAY, 2014)", [2014, 5]), ("2014 May", [2014, 5])),
        *(("Sept. 2014", [2014, 9]), ("2014, sept.", [2014, 9])),
        *(("21 May 2014", [2014, 5, 21]), ("May 21st, 2014", [2014, 5, 21])),
        *(("21-May-2014", [2014, 5, 21]), ("2014-May-21", [2014, 5, 21])),
        *(("21. März 2014", [2014, 3, 21]), ("Jänner 2014", [2014, 1])),
        *(("1er août 2014", [2014, 8, 1]), ("juill. 2014", [2014, 7])),
        *(("1º de enero de 2014", [2014, 1, 1]), ("setiembre 2014", [2014, 9])),
        *(("3 gen. 2014", [2014, 1, 3]), ("maggio del 2014", [2014, 5])),
        *(("mei 2014", [2014, 5]), ("5 mrt 2014", [2014, 3, 5])),
        *(("maj 2014", [2014, 5]), ("3 augusti 2014", [2014, 8, 3])),
    ],
)
def test_months_are_read_by_name(text, parts):
    assert parse_date(text) == (parts, True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        *(("21.5.2014", [2014, 5, 21]), ("21. 5. 2014", [2014, 5, 21])),
        *(("21/05/2014", [2014, 5, 21]), ("05/21/2014", [2014, 5, 21])),
        *(("21-05-2014 10:20", [2014, 5, 21]), ("05/05/2014", [2014, 5, 5])),
        *(("05/2014", [2014, 5]), (" 5.2014", [2014, 5]), ("2014.05", [2014, 5])),
        *(
            ("2014年5月21日", [2014, 5, 21]),
            ("2014年5月", [2014, 5]),
            ("2014年", [2014]),
        ),
        *(("2014년 5월 21일", [2014, 5, 21]), ("2014. 5. 21.", [2014, 5, 21])),
        *(("2014-05-XX", [2014, 5]), ("2014-xx-xx", [2014]), ("2014-5-??", [2014, 5])),
        *(("20140521", [2014, 5, 21]), ("2014 05 21", [2014, 5, 21])),
    ],
)
def test_numeric_dates_are_read_in_any_clear_order(text, parts):
    assert parse_date(text) == (parts, True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        *(("May–June 2014", [2014, 5]), ("2014 May/June", [2014, 5])),
        *(("Dec. 2013 – Jan. 2014", [2013, 12]), ("Monday, 2 May 2014", [2014, 5, 2])),
        *(("31 June 2014", [2014, 6]), ("a paper of May 2014", [2014, 5])),
        *(("2010-07-04/2010-07-06", [2010, 7, 4]), ("2010-07/..", [2010, 7])),
        *(("2010/2012", [2010]), ("2010-02-30/2010-03-01", [2010, 2])),
        *(("5/6/2014", [2014]), ("31/31/2014", [2014]), ("13/2014", [2014])),
        *(("2014.13", [2014]), ("31.2.2014", [2014, 2]), ("2014-13", [2014])),
        *(("201405", []), ("20145", []), ("20141350", []), ("2014052", [])),
        *(("Spring 2014", [2014]), ("Mayor 2014", [2014]), ("Dismay 2014", [2014])),
        *(("May 50 BC", []), ("May 1200 BC", []), ("May 0000", []), ("May 20145", [])),
    ],
)
def test_an_inexact_date_is_marked_as_such(text, parts):
    assert parse_date(text) == (parts, False)


@given(
    st.sampled_from(sorted(MONTHS)),
    st.integers(1000, 9999),
    st.none() | st.integers(1, 28),
)
def test_every_month_is_read_before_or_after_its_year(name, year, day):
    parts = [year, MONTHS[name], *([day] if day else [])]
    for text in (f"{day or ''} {name} {year}", f"{year} {name} {day or ''}"):
        assert parse_date(text) == (parts, True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        *(("July 21", "-7-21"), ("21~juillet", "-7-21"), ("Mär", "-3"), ("7", "-7")),
        *(("May/June", "-5"), ("Marketing", ""), ("", "")),
    ],
)
def test_a_month_without_a_year_is_parsed(text, parts):
    assert parse_month_and_day(text) == parts
