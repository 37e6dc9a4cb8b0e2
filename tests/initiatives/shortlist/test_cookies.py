"""The cookies of a shortlist: their size, and what is read of broken ones."""

from base64 import urlsafe_b64encode
from itertools import count, takewhile
from pathlib import Path
from zlib import compress

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import RequestFactory

from initiatives.shortlist.cookies import (
    BEFORE,
    IDS,
    NOTES,
    Change,
    has_room,
    pack,
    percent_of_room,
    read_last_change,
    read_shortlist,
    save_shortlist,
)
from initiatives.shortlist.items import MOST, Shortlist
from tests.initiatives.shortlist.keeping import letters

pytestmark = pytest.mark.once


def read(read_it, **cookies):
    request = RequestFactory().get("/shortlist/")
    request.COOKIES.update({name.replace("_", "-"): v for name, v in cookies.items()})
    return read_it(request)


def saved(shortlist, before=None):
    """Return the cookies of a response, by name."""
    change = Change("save", "c1", before or Shortlist())
    return save_shortlist(HttpResponse(), shortlist, change).cookies


def fullest():
    """Return a full shortlist whose notes just have room, in letters of a script."""
    ids = [f"f{n:0>9}z" for n in range(MOST)]
    lists = (Shortlist.from_ids(ids, {ids[0]: letters(n)}) for n in count(1_000, 5))
    return [*takewhile(has_room, lists)][-1]


def test_all_of_it_comes_back():
    kept = Shortlist.from_ids(["c1", "r2"], {"r2": "Größe 🦊;\n“x”"})
    cookies = {name: morsel.value for name, morsel in saved(kept, kept).items()}
    assert read(read_shortlist, **cookies) == kept
    assert read(read_last_change, **cookies) == Change("save", "c1", kept)


def test_the_fullest_stays_below_the_limits_of_browsers_and_servers():
    full = fullest()
    sizes = [
        len(f"{name}={morsel.value}") for name, morsel in saved(full, full).items()
    ]
    assert len(sizes) == 3
    assert max(sizes) < 4_096
    # A server reads 8,190 of all cookies; there are others.
    assert sum(sizes) < 7_000
    assert percent_of_room(full) > 95
    assert not has_room(full.noting({full.ids[1]: "A few more words, all different."}))


def test_the_notes_have_room_for_a_few_pages():
    prose = (Path(django_settings.BASE_DIR) / "CONTRIBUTING.md").read_text()[:2_500]
    assert has_room(Shortlist.from_ids(["c1"], {"c1": prose}))
    assert percent_of_room(Shortlist.from_ids(["c1"])) == 0


def test_only_the_ids_go_to_all_pages(settings):
    settings.SESSION_COOKIE_SECURE = True
    cookies = saved(Shortlist.from_ids(["c1"], {"c1": "Note"}))
    paths = {name: morsel["path"] for name, morsel in cookies.items()}
    assert paths == {IDS: "/", NOTES: "/shortlist/", BEFORE: "/shortlist/"}
    for morsel in cookies.values():
        assert morsel["httponly"]
        assert morsel["secure"]
        assert morsel["samesite"] == "Lax"
        assert morsel["max-age"] == 365 * 24 * 60 * 60


def test_what_is_empty_is_deleted():
    cookies = saved(Shortlist(), Shortlist.from_ids(["c1"]))
    assert cookies[IDS]["max-age"] == cookies[NOTES]["max-age"] == 0
    assert cookies[BEFORE].value


@pytest.mark.parametrize(
    "value",
    [
        *("", "x" * 10_000, "…🦊", "eJw", "\0", "=", "\ud800", "A" * 401),
        *(pack([]), pack({"c1": 5}), pack({"c1": ["a"]}), pack({"c1": {}}), pack(None)),
    ],
)
def test_broken_notes_are_ignored(value):
    kept = read(read_shortlist, shortlist="c1.r2", shortlist_notes=value)
    assert kept == Shortlist.from_ids(["c1", "r2"])
    assert read(read_last_change, shortlist_before=value) is None


def test_what_can_be_read_of_a_forged_cookie_is_used():
    forged = b'{"c1":"One","r2":5,"<b>":"x","r3":"Not kept","c4":"\\ud800a"}'
    notes = urlsafe_b64encode(compress(forged)).decode()
    kept = read(read_shortlist, shortlist='"c1.r2;c4', shortlist_notes=notes)
    assert kept.notes == {"c1": "One", "c4": "a"}
    before = {"act": "drop", "id": ["c1"], "ids": "r2.nonsense", "notes": 7}
    change = read(read_last_change, shortlist_before=pack(before))
    assert change == Change("drop", "c1", Shortlist.from_ids(["r2"]))
    assert change.done == "removed"
    for wrong in ({"act": "explode"}, {"ids": 7}, {"act": ["drop"]}, {"act": None}):
        assert read(read_last_change, shortlist_before=pack(before | wrong)) is None


def test_a_cookie_that_unpacks_to_much_is_not_read_whole():
    bomb = pack({"c1": "x" * 5_000_000})
    assert len(bomb) < 10_000
    assert read(read_shortlist, shortlist="c1", shortlist_notes=bomb).notes == {}


def test_a_deeply_nested_cookie_is_ignored():
    nested = "[" * 90_000
    assert read(read_shortlist, shortlist="c1", shortlist_notes=pack({"a": nested}))
