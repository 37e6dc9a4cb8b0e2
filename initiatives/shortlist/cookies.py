"""The reader’s own shortlist: in cookies of this site, and nowhere on the server.

One has the ids and goes with every request. The others have the notes and what the last
change replaced; they go only to the shortlist’s own pages. Whatever is broken or forged
is ignored.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from initiatives.shortlist.items import Shortlist, join_ids, parse_ids

IDS, NOTES, BEFORE = "shortlist", "shortlist-notes", "shortlist-before"
PATH = "/shortlist/"
MAX_AGE_SECONDS = 365 * 24 * 60 * 60
# Bytes of the notes, packed. Browsers keep 4,096 a cookie, and the server reads about
# 8,000 of all: the ids may have 600, and what the last change replaced as much as both.
MAX_NOTES_BYTES = 2_400
# What a forged cookie may become when it is unpacked.
MAX_UNPACKED_BYTES = 100_000


@dataclass(frozen=True)
class Change:
    """The last change: what was done to which item, and the shortlist before it.

    ``act`` is one of the keys of DONE; ``item_id`` may be empty.
    """

    act: str
    item_id: str
    before: Shortlist

    @property
    def done(self) -> str:
        """What was done, in words: “moved”."""
        return DONE[self.act]


DONE = {
    "keep": "kept",
    "drop": "removed",
    "up": "moved up",
    "down": "moved down",
    "save": "saved notes and places",
    "empty": "removed everything",
    "add": "added a list of others",
    "undo": "undid a change",
}


def read_ids(request: HttpRequest) -> list[str]:
    """Return the ids on the reader’s shortlist."""
    return parse_ids(request.COOKIES.get(IDS, ""))


def read_shortlist(request: HttpRequest) -> Shortlist:
    """Return the reader’s shortlist; on pages below /shortlist/ with its notes."""
    return Shortlist.from_ids(read_ids(request), read_notes(request, NOTES))


def read_notes(request: HttpRequest, name: str) -> dict[str, str]:
    return only_texts(unpack(request.COOKIES.get(name, "")))


def read_last_change(request: HttpRequest) -> Change | None:
    """Return the last change, if it can be undone."""
    stored = unpack(request.COOKIES.get(BEFORE, ""))
    act, ids, notes = (stored.get(key) for key in ("act", "ids", "notes"))
    if not (isinstance(act, str) and isinstance(ids, str) and act in DONE):
        return None
    before = Shortlist.from_ids(parse_ids(ids), only_texts(notes))
    item_ids = parse_ids(str(stored.get("id")))
    return Change(act, item_ids[0] if item_ids else "", before)


def save_shortlist(
    response: HttpResponse, shortlist: Shortlist, change: Change
) -> HttpResponse:
    """Store a changed shortlist with the reader. Returns the response.

    Its notes, and those before the change, need to have room; see ``has_room``.
    """
    before: dict[str, Any] = {"act": change.act, "id": change.item_id}
    before |= {"ids": join_ids(change.before.ids), "notes": change.before.notes}
    set_cookie(response, IDS, join_ids(shortlist.ids), path="/")
    set_cookie(response, NOTES, pack_notes(shortlist), path=PATH)
    set_cookie(response, BEFORE, pack(before), path=PATH)
    return response


def set_cookie(response: HttpResponse, name: str, value: str, *, path: str) -> None:
    """Set the cookie, or delete it if it would be empty."""
    if not value:
        response.delete_cookie(name, path=path, samesite="Lax")
        return
    response.set_cookie(
        name,
        value,
        max_age=MAX_AGE_SECONDS,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def pack_notes(shortlist: Shortlist) -> str:
    """Return the notes as a text for a cookie; empty without notes."""
    return pack(shortlist.notes) if shortlist.notes else ""


def has_room(shortlist: Shortlist) -> bool:
    """Whether its notes fit into a cookie."""
    return len(pack_notes(shortlist)) <= MAX_NOTES_BYTES


def percent_of_room(shortlist: Shortlist) -> int:
    """Return how much of the room for notes is used, in whole per cent, rounded up."""
    return -(-100 * len(pack_notes(shortlist)) // MAX_NOTES_BYTES)


def pack(value: dict[str, Any]) -> str:
    """Return an object as compressed JSON in letters that cookies may have."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(text: str) -> dict[str, Any]:
    """Return the object that was packed, or an empty one if it can’t be read."""
    try:
        packed = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        data = zlib.decompressobj().decompress(packed, MAX_UNPACKED_BYTES)
        value = json.loads(data)
    except (zlib.error, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def only_texts(notes: Any) -> dict[str, str]:
    """Return the notes of an object that may have been forged."""
    if not isinstance(notes, dict):
        return {}
    return {key: note for key, note in notes.items() if isinstance(note, str)}
