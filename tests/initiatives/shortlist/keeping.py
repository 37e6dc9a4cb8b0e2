"""What tests of the shortlist share."""

import re
from hashlib import sha256

from casebase.change_tracking.transactions import tracked_transaction
from casebase.kept.models import Kept
from initiatives.shortlist.stored import read_stored
from tests.factories import FindingFactory, InitiativeFactory, ReferenceFactory

HERE = {"sec-fetch-site": "same-origin"}
BUTTON = re.compile(r'name="(keep|drop)" value="(\w+)"')


def letters(n):
    """Return n letters of which no compression makes less."""
    return "".join(chr(0x400 + sha256(b"%d" % k).digest()[0]) for k in range(n))


def records():
    """Return a public case, a finding on it and its work, which the search knows."""
    with tracked_transaction():
        return build_records()


def build_records():
    case = InitiativeFactory(slug="weyhe", name="Streetwatchers")
    finding = FindingFactory(
        initiative=case,
        short_id="f2345678",
        kind="barrier",
        statement="They were not trusted.",
        response="They met.",
    )
    return case, finding, finding.sources.get().reference


def more_works(n):
    return ReferenceFactory.create_batch(n)


def press(client, act, item_id, **options):
    """Send the form “keep” of a page as its button does."""
    data = {act: item_id, "back": "/initiatives/?q=bus#list"} | options.pop("data", {})
    return client.post("/shortlist/keep/", data, headers=HERE, **options)


def change(client, act="save", address="/shortlist/change/", **fields):
    """Send the form of a shortlist; “note_c1” stands for “note-c1”."""
    data = {name.replace("note_", "note-"): value for name, value in fields.items()}
    data = {name.replace("place_", "_place-"): v for name, v in data.items()}
    return client.post(address, data | {"_act": act}, headers=HERE)


def ids(client):
    """Return the ids in the cookie of the client."""
    return getattr(client.cookies.get("shortlist"), "value", "").split(".")


def buttons(page):
    """Return id → what its button does on a page."""
    return {item_id: act for act, item_id in BUTTON.findall(page.text)}


def get_link(client, **fields):
    return client.post("/shortlist/link/", fields, headers=HERE)


def read_address(client, address):
    """Return the path of the read link, which the page of the change link shows."""
    link = re.compile(r'id="read-link" href="http://\w+([^"]+)"')
    return link.search(client.get(address).text)[1]


def stored():
    """Return the only shortlist that is stored."""
    return read_stored(Kept.objects.get())


def version(client, address):
    return client.get(address).context["version"]


def save(client, address, act="save", **fields):
    """Send the form of the stored list, as it is shown."""
    shown = {"_version": version(client, address), "_item": stored().ids}
    return change(client, act, address, **shown | fields)
