"""Which fields the item types of Zotero have for the variables of CSL.

From ``itemTypes`` and ``csl`` in https://github.com/zotero/zotero-schema, in the names
of base fields (``publisher``, also where a type calls it ``university``), which Zotero
takes for any type. Every type has a title, a date, an address, a DOI and a key.
"""

import re
from typing import NamedTuple

from references.csl import Work
from references.type_vocabularies import kind_of


class ItemType(NamedTuple):
    """The type of CSL that it stands for, and its fields.

    ``authors`` are called so in Zotero; not every type has ``editors``.
    """

    csl: str
    fields: str
    authors: str = "authors"
    has_editors: bool = False


# In the order in which Zotero looks for a field that the type has.
FIELDS = {
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
# Zotero takes the place of a talk or a recording for that of the event.
PLACE_OF_EVENT = {"event_place": ("place",), "publisher_place": ()}
WITH_PLACE_OF_EVENT = ("audioRecording", "presentation")

PUBLISHED = "publisher place language"
PART = f"publicationTitle volume pages {PUBLISHED}"
IN_BOOK = f"{PART} series edition"
ITEM_TYPES = {
    "artwork": ItemType("graphic", "eventPlace language", "artists"),
    "audioRecording": ItemType("song", f"seriesTitle volume {PUBLISHED}", "performers"),
    "bill": ItemType("bill", "code volume pages number authority language", "sponsors"),
    "blogPost": ItemType("post-weblog", "publicationTitle type language"),
    "book": ItemType("book", f"series volume edition {PUBLISHED}", has_editors=True),
    "bookSection": ItemType("chapter", IN_BOOK, has_editors=True),
    "case": ItemType("legal_case", "reporter volume pages number authority language"),
    "computerProgram": ItemType(
        "software", "seriesTitle publisher place", "programmers"
    ),
    "conferencePaper": ItemType(
        "paper-conference",
        f"{PART} issue series conferenceName eventPlace",
        has_editors=True,
    ),
    "dataset": ItemType("dataset", f"number type {PUBLISHED}"),
    "dictionaryEntry": ItemType("entry-dictionary", IN_BOOK, has_editors=True),
    "document": ItemType("document", f"type {PUBLISHED}", has_editors=True),
    "encyclopediaArticle": ItemType("entry-encyclopedia", IN_BOOK, has_editors=True),
    "film": ItemType("motion_picture", f"type {PUBLISHED}", "directors"),
    "forumPost": ItemType("post", "publicationTitle type language"),
    "hearing": ItemType(
        "hearing", f"pages number authority {PUBLISHED}", "contributors"
    ),
    "interview": ItemType("interview", PUBLISHED, "interviewees"),
    "journalArticle": ItemType(
        "article-journal", f"{PART} issue seriesTitle", has_editors=True
    ),
    "letter": ItemType("personal_communication", "eventPlace type language"),
    "magazineArticle": ItemType("article-magazine", f"{PART} issue"),
    "manuscript": ItemType("manuscript", f"number type {PUBLISHED}"),
    "map": ItemType("map", f"seriesTitle edition type {PUBLISHED}", "cartographers"),
    "newspaperArticle": ItemType("article-newspaper", f"{PART} issue edition"),
    "patent": ItemType("patent", "pages number authority place language", "inventors"),
    "preprint": ItemType(
        "article", f"series number type {PUBLISHED}", has_editors=True
    ),
    "presentation": ItemType(
        "speech",
        "publicationTitle series meetingName type place language",
        "presenters",
    ),
    "report": ItemType(
        "report", f"seriesTitle pages number type {PUBLISHED}", has_editors=True
    ),
    "standard": ItemType(
        "standard", f"number edition type authority {PUBLISHED}", has_editors=True
    ),
    "statute": ItemType("legislation", "code codeNumber pages number language"),
    "thesis": ItemType("thesis", f"series type {PUBLISHED}"),
    "tvBroadcast": ItemType(
        "broadcast", f"publicationTitle number {PUBLISHED}", "directors"
    ),
    "webpage": ItemType("webpage", f"publicationTitle type {PUBLISHED}"),
}


def fields_of(work: Work) -> dict[str, str]:
    """CSL's variable → the field of the work's item type, for those that it has."""
    name = kind_of(work.type).zotero
    held = ITEM_TYPES[name].fields.split()
    fields = FIELDS | (PLACE_OF_EVENT if name in WITH_PLACE_OF_EVENT else {})
    return {
        variable: next(field for field in candidates if field in held)
        for variable, candidates in fields.items()
        if not set(candidates).isdisjoint(held)
    }


# The variables of CSL, and fields of Zotero that are called otherwise: Zotero looks
# for them in Extra, see ``extraToCSL`` in https://github.com/zotero/utilities.
VARIABLE = re.compile(
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
IN_ONE_CASE = re.compile("[-_a-z]+|[A-Z]+")


def is_like_variable(line: str) -> bool:
    """Whether Zotero takes the line of Extra for a variable: “Publisher: not known”."""
    name, colon, _ = line.partition(":")
    known = VARIABLE.fullmatch(name.replace(" ", "-")) or IN_ONE_CASE.fullmatch(name)
    return bool(colon and known)
