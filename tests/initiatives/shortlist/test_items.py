"""What a shortlist holds and how it changes, without pages."""

import pytest

from initiatives.shortlist.items import (
    MOST,
    Entry,
    Item,
    Shortlist,
    join_ids,
    parse_ids,
)
from initiatives.since_kept import KeptRecord, Now, SinceKept

pytestmark = pytest.mark.once
FOUR = Shortlist.from_ids(["c1", "f2345678", "r3", "c4"], {"r3": "Three", "c9": "?"})


def test_ids_are_read_and_written_in_order_each_once():
    assert parse_ids("c12.fpazzbjh.r7.c12") == ["c12", "fpazzbjh", "r7"]
    assert join_ids(["c12", "fpazzbjh"]) == "c12.fpazzbjh"


@pytest.mark.parametrize(
    "text",
    [
        *("", "c", "c0", "c-1", "c01", "x5", "f", "12", "c12345678901", "f" * 13),
        *("C1", "\0", "c1️⃣", "c1'or", "🦊", "<b>", "null", "c1\ud800"),
    ],
)
def test_what_is_no_id_is_ignored(text):
    assert parse_ids(f"r7.{text}.c2")[-1:] == ["c2"] or text == "c1'or"
    assert {*parse_ids(f"r7 {text} c2")} <= {"r7", "c1", "c2"}


def test_no_more_are_read_than_it_holds():
    ids = [f"c{n}" for n in range(1, 200)]
    assert parse_ids(".".join(ids)) == ids[:MOST]
    assert parse_ids("x" * 100_000) == []
    assert Shortlist.from_ids(ids[:MOST]).is_full


def test_a_record_is_called_by_its_id():
    kept = [item.record for item in FOUR.items]
    assert kept == [
        KeptRecord("initiative", 1),
        KeptRecord("finding", "f2345678"),
        KeptRecord("reference", 3),
        KeptRecord("initiative", 4),
    ]


def test_a_name_is_found_for_everything():
    item = Item(id="c4", title="Then")
    assert Entry(item, SinceKept(item.record, Now())).name == "Then"
    assert Entry(item, SinceKept(item.record, Now(title="Now"))).name == "Now"
    item = Item(id="c4")
    assert Entry(item, SinceKept(item.record, Now())).name == "c4"


@pytest.mark.parametrize(
    ("item", "places", "ids"),
    [
        ("c4", -1, "c1.f2345678.c4.r3"),
        ("c1", 1, "f2345678.c1.r3.c4"),
        ("c1", -1, "c1.f2345678.r3.c4"),
        ("c4", 1, "c1.f2345678.r3.c4"),
        ("c9", 1, "c1.f2345678.r3.c4"),
    ],
)
def test_an_item_moves_up_and_down(item, places, ids):
    assert join_ids(FOUR.moving(item, places).ids) == ids


@pytest.mark.parametrize(
    ("places", "ids"),
    [
        ({"c4": 1}, "c4.c1.f2345678.r3"),
        ({"c1": 3}, "f2345678.r3.c1.c4"),
        ({"c1": 50, "r3": 0}, "r3.f2345678.c4.c1"),
        ({"c1": 1, "r3": 3}, "c1.f2345678.r3.c4"),
        ({"c1": 4, "c4": 1}, "c4.f2345678.r3.c1"),
        ({"c9": 1}, "c1.f2345678.r3.c4"),
    ],
)
def test_items_go_to_places(places, ids):
    placed = FOUR.placing(places)
    assert join_ids(placed.ids) == ids
    assert placed.notes == {"r3": "Three"}


def test_others_are_added_at_the_end_with_their_notes():
    others = Shortlist.from_ids(["r3", "c1", "c7"], {"r3": "No", "c1": "One"})
    added = FOUR.adding(others.items)
    assert join_ids(added.ids) == "c1.f2345678.r3.c4.c7"
    assert added.notes == {"r3": "Three", "c1": "One"}
    assert FOUR.without("r3").notes == {}


def test_notes_are_cleaned_and_not_too_long():
    noted = FOUR.noting({"c1": " a\r\nb\0\ud800 ", "c4": "x" * 30_000})
    assert noted.notes["c1"] == "a\nb"
    assert len(noted.notes["c4"]) == 20_000
