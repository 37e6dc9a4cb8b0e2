"""Which types and tags of RIS stand for those of CSL.

The tags are those of the RIS specification of 2012 as EndNote and Zotero use them.
What one means depends on the type: in reports and books T2 is the series, in papers and
talks the meeting; A2 are the editors of the book a chapter is in, A3 those of a book.
"""

import re

TYPES = {
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
# Several types may share a tag; the first in this order comes back.
FIRST = ("document", "article-journal", "regulation")
CSL_TYPES = {tag: name for name, tag in TYPES.items()} | {
    **{TYPES[name]: name for name in FIRST},
    **{"ABST": "article-journal", "EJOUR": "article-journal", "INPR": "article"},
    **{"CONF": "paper-conference", "EBOOK": "book", "EDBOOK": "book"},
    "SER": "book",  # codespell:ignore ser
    **{"ECHAP": "chapter", "GOVDOC": "report", "ANCIENT": "classic"},
    **{"DBASE": "dataset", "AGGR": "dataset", "WEB": "webpage", "MULTI": "webpage"},
    "UNPD": "manuscript",
    **{"CHART": "figure", "EQUA": "figure", "GRNT": "document", "UNBILL": "bill"},
}

# What tags mean in works of a type; else as in DEFAULT. Where two stand for a variable,
# the last is written.
DEFAULT = {"T2": "container-title", "T3": "collection-title", "C3": "event-title"}
SERIES = {"T2": "collection-title", "T3": "container-title", "C3": "event-title"}
MEETING = {"T2": "event-title", "C3": "container-title", "T3": "collection-title"}
JOURNAL = DEFAULT | {"C7": "number", "C5": "event-place", "C1": ""}
PLACES = {
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "MAP", "COMP"), SERIES),
    "RPRT": SERIES | {"SN": "number"},
    "SLIDE": MEETING,
    **dict.fromkeys(
        ("CPAPER", "CONF"), MEETING | {"CY": "event-place", "C1": "publisher-place"}
    ),
    # C1 is a legal note in EndNote, and an address in the Web of Science.
    **dict.fromkeys(("JOUR", "JFULL"), JOURNAL),
    **dict.fromkeys(("STAND", "LEGAL"), DEFAULT | {"SN": "number"}),
    "CASE": DEFAULT | {"PB": "authority", "C4": "publisher", "SV": "number"},
}
# Elsewhere A2 and A3 are others: series editors, performers, sponsors.
EDITORS = {
    **dict.fromkeys(("CHAP", "CPAPER", "DICT", "ENCYC", "BLOG", "JOUR", "GEN"), "A2"),
    "BOOK": "A3",
}
TAGS = {
    "TI": "title",
    "VL": "volume",
    "IS": "issue",
    "M1": "number",
    "ET": "edition",
    "C4": "authority",
    "C1": "event-place",
    "PB": "publisher",
    "CY": "publisher-place",
    # Before M3, which Zotero takes for a DOI where it has no better use for it.
    "DO": "DOI",
    "M3": "genre",
    "UR": "URL",
}
# Other tags for the same, the first that is there counts.
TITLES = ("TI", "T1", "CT")
SYNONYMS = {"PB": ("PU",), "CY": ("PI", "PP"), "UR": ("LK",)}
# What a work is in, by name; shortened names come last, in whatever order of lines.
CONTAINERS = ("JF", "JO", "T2", "BT", "J2", "JA", "J1")
# Types of whole books, of which BT is the title.
WHOLE = ("BOOK", "EBOOK", "EDBOOK", "UNPB", "UNPD", "THES")  # codespell:ignore thes
# In these A2 and A3 are advisers, directors, performers, sponsors, reporters.
NO_EDITORS = (
    *("THES", "PAT", "SOUND", "MPCT", "VIDEO"),  # codespell:ignore thes
    *("BILL", "CASE", "HEAR", "PCOMM", "ICOMM", "SLIDE", "MUSIC", "ADVS", "MAP"),
)
# What databases write into M3 of articles and chapters says no more than TY.
ARTICLES = (
    *("JOUR", "EJOUR", "ABST", "INPR", "JFULL", "MGZN", "NEWS"),
    *("BOOK", "EBOOK", "EDBOOK", "CHAP", "ECHAP", "CPAPER", "CONF"),
)
KINDS_OF_ARTICLES = frozenset(
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
# Of other types, by their tags.
WORDS_OF_TYPES = {
    **{"RPRT": {"report"}, "THES": {"thesis"}},  # codespell:ignore thes
    **{"ELEC": {"web", "page", "site", "webpage", "website"}, "GEN": {"generic"}},
    **{"DATA": {"data", "set", "dataset"}, "MAP": {"map"}},
    **{"COMP": {"computer", "program", "software"}, "STAND": {"standard"}},
    **{"PAMP": {"pamphlet"}, "PAT": {"patent"}},
}
CORRECTION = "Correction: "
