"""The numbers on the page of the map, beside those of the list of the same cases."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.models import Initiative
from tests.factories import InitiativeFactory
from tests.initiatives.test_filters import matches

pytestmark = [pytest.mark.django_db, pytest.mark.once]


COUNTRIES = ["DE", "GB", "TW"]
queries = st.tuples(
    st.sampled_from(["", "world", "europe", "british-isles", "cases"]),
    st.lists(st.sampled_from(COUNTRIES), unique=True),
    st.sampled_from(["", "2000"]),
)


def test_the_numbers_of_the_map_and_of_the_list_agree(client):
    """Every matching case is in one entry, or counted as outside or without a point."""

    @given(
        st.lists(
            st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.booleans()),
            max_size=8,
        ),
        st.lists(queries, min_size=4, max_size=4),
    )
    @settings(max_examples=8)
    def check(places, asked):
        Initiative.objects.all().delete()
        for n, (latitude, longitude, is_placed) in enumerate(places):
            place = {"latitude": latitude, "longitude": longitude} if is_placed else {}
            more = {"country": COUNTRIES[n % 3], "start_year": 1995 + n}
            InitiativeFactory(**place, **more)
        for view, countries, since in asked:
            query = "".join(f"&country={code}" for code in countries)
            check_page(client, f"from={since}{query}", view)

    check()


def check_page(client, query, view):
    page = client.get(f"/map/?{query}&view={view}").text
    listed = matches(query)
    if not listed:
        assert "match all of this" in page or "here yet" in page
        return
    on_map = re.findall(r'aria-label="(\w+): (\d+) case', page)
    below = re.findall(
        r'places__letters">(\w+)</span>.*<span class="count">(\d+) case', page
    )
    assert on_map == below
    shown = sum(int(n) for _, n in on_map)
    assert f"{shown} case" in page
    outside = re.search(r"(\d+) more cases? (?:is|are) outside", page)
    without = re.search(r"(\d+) more cases? ha(?:s|ve) no point", page)
    rest = sum(int(found[1]) for found in (outside, without) if found)
    assert shown + rest == len(listed)
