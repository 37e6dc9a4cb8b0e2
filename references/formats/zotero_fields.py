"""Zotero's item types, and their fields for the variables of CSL.

They come from ``itemTypes`` and ``csl`` in https://github.com/zotero/zotero-schema. The
names are those of base fields (``publisher``, although a thesis has ``university``),
which Zotero accepts for any type. Every type has title, date, URL, DOI and key.
"""

import re
from typing import NamedTuple

from references.csl import Work
from references.type_vocabularies import get_type_names


class ItemType(NamedTuple):
    """An item type: its type in CSL, its fields, and what Zotero calls its authors."""

    csl_type: str
    fields: str
    author_role: str = "authors"
    has_editors: bool = False


# The fields of each variable, in the order in which Zotero searches them.
ZOTERO_FIELDS = {
    "container_title": ("publicationTitle", "reporter", "code"),
    "collection_title": ("seriesTitle", "series"),
    "event_title": ("meetingName", "conferenceName"),
    "event_place": ("eventPlace",),
    "volume": ("volume", "codeNumber"),
    "issue": ("issue",),
    "page": ("pages",),
    "number": ("number",),
    "edition": ("edition",),
    "genre": ("type",),
    "authority": ("authority",),
    "publisher": ("publisher",),
    "publisher_place": ("place",),
    "language": ("language",),
}
# In talks and recordings, Zotero takes the place for that of the event.
EVENT_PLACE_FIELDS = {"event_place": ("place",), "publisher_place": ()}
TYPES_WITH_EVENT_PLACE = ("audioRecording", "presentation")

PUBLISHER_FIELDS = "publisher place language"
PART_FIELDS = f"publicationTitle volume pages {PUBLISHER_FIELDS}"
BOOK_PART_FIELDS = f"{PART_FIELDS} series edition"
ITEM_TYPES = {
    "artwork": ItemType("graphic", "eventPlace language", "artists"),
    "audioRecording": ItemType(
        "song", f"seriesTitle volume {PUBLISHER_FIELDS}", "performers"
    ),
    "bill": ItemType("bill", "code volume pages number authority language", "sponsors"),
    "blogPost": ItemType("post-weblog", "publicationTitle type language"),
    "book": ItemType(
        "book", f"series volume edition {PUBLISHER_FIELDS}", has_editors=True
    ),
    "bookSection": ItemType("chapter", BOOK_PART_FIELDS, has_editors=True),
    "case": ItemType("legal_case", "reporter volume pages number authority language"),
    "computerProgram": ItemType(
        "software", "seriesTitle publisher place", "programmers"
    ),
    "conferencePaper": ItemType(
        "paper-conference",
        f"{PART_FIELDS} issue series conferenceName eventPlace",
        has_editors=True,
    ),
    "dataset": ItemType("dataset", f"number type {PUBLISHER_FIELDS}"),
    "dictionaryEntry": ItemType("entry-dictionary", BOOK_PART_FIELDS, has_editors=True),
    "document": ItemType("document", f"type {PUBLISHER_FIELDS}", has_editors=True),
    "encyclopediaArticle": ItemType(
        "entry-encyclopedia", BOOK_PART_FIELDS, has_editors=True
    ),
    "film": ItemType("motion_picture", f"type {PUBLISHER_FIELDS}", "directors"),
    "forumPost": ItemType("post", "publicationTitle type language"),
    "hearing": ItemType(
        "hearing", f"pages number authority {PUBLISHER_FIELDS}", "contributors"
    ),
    "interview": ItemType("interview", PUBLISHER_FIELDS, "interviewees"),
    "journalArticle": ItemType(
        "article-journal", f"{PART_FIELDS} issue seriesTitle", has_editors=True
    ),
    "letter": ItemType("personal_communication", "eventPlace type language"),
    "magazineArticle": ItemType("article-magazine", f"{PART_FIELDS} issue"),
    "manuscript": ItemType("manuscript", f"number type {PUBLISHER_FIELDS}"),
    "map": ItemType(
        "map", f"seriesTitle edition type {PUBLISHER_FIELDS}", "cartographers"
    ),
    "newspaperArticle": ItemType("article-newspaper", f"{PART_FIELDS} issue edition"),
    "patent": ItemType("patent", "pages number authority place language", "inventors"),
    "preprint": ItemType(
        "article", f"series number type {PUBLISHER_FIELDS}", has_editors=True
    ),
    "presentation": ItemType(
        "speech",
        "publicationTitle series meetingName type place language",
        "presenters",
    ),
    "report": ItemType(
        "report", f"seriesTitle pages number type {PUBLISHER_FIELDS}", has_editors=True
    ),
    "standard": ItemType(
        "standard",
        f"number edition type authority {PUBLISHER_FIELDS}",
        has_editors=True,
    ),
    "statute": ItemType("legislation", "code codeNumber pages number language"),
    "thesis": ItemType("thesis", f"series type {PUBLISHER_FIELDS}"),
    "tvBroadcast": ItemType(
        "broadcast", f"publicationTitle number {PUBLISHER_FIELDS}", "directors"
    ),
    "webpage": ItemType("webpage", f"publicationTitle type {PUBLISHER_FIELDS}"),
}


def choose_fields(work: Work) -> dict[str, str]:
    """Return the field of each variable that the work's item type has a field for."""
    name = get_type_names(work.type).zotero
    available = ITEM_TYPES[name].fields.split()
    exceptions = EVENT_PLACE_FIELDS if name in TYPES_WITH_EVENT_PLACE else {}
    fields = ZOTERO_FIELDS | exceptions
    return {
        variable: next(field for field in candidates if field in available)
        for variable, candidates in fields.items()
        if not set(candidates).isdisjoint(available)
    }


# Variables of CSL, and names of Zotero's fields, that Zotero searches in Extra: see
# ``extraToCSL`` in https://github.com/zotero/utilities.
EXTRA_VARIABLE = re.compile(
    r"""
    annote  # codespell:ignore annote
    | abstract | access-date | accessed | archive(-collection|-location|-place)?
    | (container-|original-|reviewed-)?author | authority | available-date
    | (abstract-)?note | call-number | chair | chapter-number
    | citation-(key|label|number) | code(-number)? | collection-(editor|number|title)
    | compiler | composer | conference-name | (container|part|reviewed|volume)-title
    | container-title-short | contributor | curator | (original-)?date | dimensions
    | director | division | doi | edition | editor(-translator|ial-director)?
    | event(-date|-place|-title)? | executive-producer | extra | genre | guest | host
    | illustrator | interviewer | isbn | issn | issue | issued | jurisdiction | keyword
    | language | library-catalog | license | locator | medium | meeting-name | narrator
    | (part-|printing-|series-|supplement-)?number | number-of-(pages|volumes)
    | organizer | (original-)?publisher(-place)? | (original-)?title | page(-first|s)?
    | performer | (original-)?place | pmc?id | producer | publication-title | recipient
    | references | reporter | reviewed-genre | rights | scale | script-writer | section
    | series(-creator|-title)? | short-title | source | status | submitted | title-short
    | translator | type | url | version(-number)? | volume | year-suffix
    """,
    re.VERBOSE | re.IGNORECASE,
)
# https://github.com/Juris-M/citeproc-js, NOTE_FIELD_REGEXP
SINGLE_CASE_NAME = re.compile("[-_a-z]+|[A-Z]+")


def is_like_variable(line: str) -> bool:
    """Whether Zotero takes a line of Extra for a variable: “Publisher: not known”."""
    name, colon, _ = line.partition(":")
    is_variable = EXTRA_VARIABLE.fullmatch(name.replace(" ", "-"))
    return bool(colon and (is_variable or SINGLE_CASE_NAME.fullmatch(name)))
