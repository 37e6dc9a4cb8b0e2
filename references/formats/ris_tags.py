"""Types and tags of RIS, and the types and variables of CSL that they mean.

The tags are those of the RIS specification of 2012 as EndNote and Zotero use them. The
meaning of a tag depends on the type: T2 is the series of a report or book, and the
meeting of a paper or talk; A2 are the editors of a chapter's book, A3 those of a book.
"""

import re

RIS_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "collection": "CTLG",
    "dataset": "DATA",
    "document": "GEN",
    "entry": "GEN",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "event": "GEN",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "interview": "GEN",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "performance": "ADVS",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "regulation": "LEGAL",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "speech": "SLIDE",
    "standard": "STAND",
    "thesis": "THES",  # codespell:ignore thes
    "treaty": "LEGAL",
    "webpage": "ELEC",
}
# If several types of CSL share a type of RIS, these are read.
PREFERRED_TYPES = ("document", "article-journal", "regulation")
CSL_TYPES = {tag: name for name, tag in RIS_TYPES.items()} | {
    **{RIS_TYPES[name]: name for name in PREFERRED_TYPES},
    **{"ABST": "article-journal", "EJOUR": "article-journal", "INPR": "article"},
    **{"CONF": "paper-conference", "EBOOK": "book", "EDBOOK": "book"},
    "SER": "book",  # codespell:ignore ser
    **{"ECHAP": "chapter", "GOVDOC": "report", "ANCIENT": "classic"},
    **{"DBASE": "dataset", "AGGR": "dataset", "WEB": "webpage", "MULTI": "webpage"},
    "UNPD": "manuscript",
    **{"CHART": "figure", "EQUA": "figure", "GRNT": "document", "UNBILL": "bill"},
}

# The variables of tags in works of a type; other types have DEFAULT_TAGS. If two tags
# have the same variable, the last one is written.
DEFAULT_TAGS = {"T2": "container-title", "T3": "collection-title", "C3": "event-title"}
SERIES_TAGS = {"T2": "collection-title", "T3": "container-title", "C3": "event-title"}
MEETING_TAGS = {"T2": "event-title", "C3": "container-title", "T3": "collection-title"}
JOURNAL_TAGS = DEFAULT_TAGS | {"C7": "number", "C5": "event-place", "C1": ""}
TAGS_BY_TYPE = {
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "MAP", "COMP"), SERIES_TAGS),
    "RPRT": SERIES_TAGS | {"SN": "number"},
    "SLIDE": MEETING_TAGS,
    **dict.fromkeys(
        ("CPAPER", "CONF"),
        MEETING_TAGS | {"CY": "event-place", "C1": "publisher-place"},
    ),
    # C1 is a legal note in EndNote, and an address in Web of Science.
    **dict.fromkeys(("JOUR", "JFULL"), JOURNAL_TAGS),
    **dict.fromkeys(("STAND", "LEGAL"), DEFAULT_TAGS | {"SN": "number"}),
    "CASE": DEFAULT_TAGS | {"PB": "authority", "C4": "publisher", "SV": "number"},
}
# The tag of editors by type; other types have ED. Elsewhere A2 and A3 are series
# editors, performers or sponsors.
EDITOR_TAGS = {
    **dict.fromkeys(("CHAP", "CPAPER", "DICT", "ENCYC", "BLOG", "JOUR", "GEN"), "A2"),
    "BOOK": "A3",
}
COMMON_TAGS = {
    "TI": "title",
    "VL": "volume",
    "IS": "issue",
    "M1": "number",
    "ET": "edition",
    "C4": "authority",
    "C1": "event-place",
    "PB": "publisher",
    "CY": "publisher-place",
    # DO comes before M3, which Zotero takes for a DOI if the type has no other use for
    # it.
    "DO": "DOI",
    "M3": "genre",
    "UR": "URL",
}
# Alternative tags, in order of preference.
TITLE_TAGS = ("TI", "T1", "CT")
TAG_SYNONYMS = {"PB": ("PU",), "CY": ("PI", "PP"), "UR": ("LK",)}
# Tags of the title of the container, in order of preference; abbreviations come last.
CONTAINER_TAGS = ("JF", "JO", "T2", "BT", "J2", "JA", "J1")
# Types of whole books, whose title may have the tag BT.
BOOK_TYPES = (
    *("BOOK", "EBOOK", "EDBOOK", "UNPB", "UNPD"),
    "THES",  # codespell:ignore thes
)
# Types whose A2 and A3 are advisers, directors, performers, sponsors or reporters.
TYPES_WITHOUT_EDITORS = (
    *("THES", "PAT", "SOUND", "MPCT", "VIDEO"),  # codespell:ignore thes
    *("BILL", "CASE", "HEAR", "PCOMM", "ICOMM", "SLIDE", "MUSIC", "ADVS", "MAP"),
)
# Types for which databases repeat TY in M3; the words below say nothing more.
ARTICLE_TYPES = (
    *("JOUR", "EJOUR", "ABST", "INPR", "JFULL", "MGZN", "NEWS"),
    *("BOOK", "EBOOK", "EDBOOK", "CHAP", "ECHAP", "CPAPER", "CONF"),
)
ARTICLE_GENRE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        abstract access article articles book case chapter clinical commentary
        comparative conference contribution controlled early editorial electronic
        english erratum feature journal letter magazine meeting meta analysis news
        newspaper note original paper periodical press print proceedings proceeding
        randomized report reports research review reviews scholarly section short study
        survey
        systematic text trial of and in the non support government us gov t doi
        """,
    )
)
# The same words for other types.
TYPE_GENRE_WORDS = {
    **{"RPRT": {"report"}, "THES": {"thesis"}},  # codespell:ignore thes
    **{"ELEC": {"web", "page", "site", "webpage", "website"}, "GEN": {"generic"}},
    **{"DATA": {"data", "set", "dataset"}, "MAP": {"map"}},
    **{"COMP": {"computer", "program", "software"}, "STAND": {"standard"}},
    **{"PAMP": {"pamphlet"}, "PAT": {"patent"}},
}
CORRECTION_PREFIX = "Correction: "
