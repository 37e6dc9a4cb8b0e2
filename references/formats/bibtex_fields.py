"""Types of entry and fields of BibTeX and BibLaTeX, and what they are in CSL.

Styles ignore fields that they don't know, so files of both dialects have all of a work.
biblatex manual, sections 2.1 and 2.2: http://ctan.org/pkg/biblatex
"""

from dataclasses import dataclass

TYPES_IN_BOOKS = {
    *("chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference")
}

# Every type of CSL that works have. Those that become “misc” get a subtype; biblatex
# has types for films, laws and others too, but allows them no fields.
BIBLATEX_ENTRY_TYPES = {
    "article": "online",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "bill": "misc",
    "book": "book",
    "broadcast": "misc",
    "chapter": "incollection",
    "classic": "book",
    "collection": "misc",
    "dataset": "dataset",
    "document": "misc",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "event": "misc",
    "figure": "misc",
    "graphic": "misc",
    "hearing": "misc",
    "interview": "misc",
    "legal_case": "misc",
    "legislation": "misc",
    "manuscript": "unpublished",
    "map": "misc",
    "motion_picture": "misc",
    "musical_score": "misc",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "misc",
    "performance": "misc",
    "periodical": "misc",
    "personal_communication": "misc",
    "post": "online",
    "post-weblog": "online",
    "regulation": "misc",
    "report": "report",
    "review": "article",
    "review-book": "article",
    "software": "software",
    "song": "misc",
    "speech": "unpublished",
    "standard": "misc",
    "thesis": "thesis",
    "treaty": "misc",
    "webpage": "online",
}
BIBTEX_ENTRY_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "classic": "book",
    "entry": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "review": "article",
    "review-book": "article",
    "thesis": "phdthesis",
}

# The type of CSL of an entry without a subtype. Our writer always gives “misc” one.
CSL_TYPES = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "book": "book",
    "booklet": "pamphlet",
    "bookinbook": "chapter",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "image": "figure",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legal": "regulation",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "report",
    "mastersthesis": "thesis",
    "movie": "motion_picture",
    "music": "song",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "suppperiodical": "article-journal",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
# Subtypes that biblatex styles and pandoc know. Others are the type of CSL.
SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
CSL_TYPES_BY_SUBTYPE = {subtype: name for name, subtype in SUBTYPES.items()}


@dataclass(frozen=True)
class Dialect:
    """Types of entry and fields that differ between BibTeX and BibLaTeX."""

    entry_types: dict[str, str]
    journal_field: str
    container_field: str
    school_field: str
    place_field: str
    annotation_field: str
    # Types of entry without a container, such as articles without a journal, by their
    # usual type. Those that are missing here become “misc”.
    standalone_entry_types: dict[str, str]


BIBLATEX = Dialect(
    entry_types=BIBLATEX_ENTRY_TYPES,
    journal_field="journaltitle",
    container_field="howpublished",
    school_field="institution",
    place_field="location",
    annotation_field="annotation",
    standalone_entry_types={
        "article": "online",
        "incollection": "online",
        "inproceedings": "unpublished",
        "inreference": "online",
    },
)
BIBTEX = Dialect(
    entry_types=BIBTEX_ENTRY_TYPES,
    journal_field="journal",
    container_field="howpublished",
    school_field="school",
    place_field="address",
    annotation_field="annote",  # codespell:ignore annote
    standalone_entry_types={},
)

# The variable of each field when it is read. If two fields have the same variable, the
# first one in this order sets it.
CSL_VARIABLES = {
    "title": "title",
    "booktitle": "container-title",
    "journaltitle": "container-title",
    "journal": "container-title",
    "howpublished": "container-title",
    "series": "collection-title",
    "eventtitle": "event-title",
    "venue": "event-place",
    "volume": "volume",
    "edition": "edition",
    "type": "genre",
    "authority": "authority",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "location": "publisher-place",
    "address": "publisher-place",
    "note": "note",
}
# Genres of types of entry, and of words that biblatex prints in the reader's language.
GENRES_BY_CODE = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "techreport": "Technical report",
}

# The genre of a report that has none: biblatex requires one, and BibTeX would print
# “Technical report”.
REPORT_GENRE = "Report"
REPORT_ENTRY_TYPES = ("report", "techreport")
THESIS_ENTRY_TYPES = ("phdthesis", "mastersthesis")
# Types of entry whose “titleaddon” is the name of the site.
WEB_ENTRY_TYPES = ("online", "electronic", "www")
# Types of entry whose “number” is that of the work, even if there is a series.
NUMBERED_ENTRY_TYPES = {
    *("article", "report", "techreport", "manual", "thesis", *THESIS_ENTRY_TYPES),
    *("patent", "standard", "legislation", "legal", "jurisdiction", "unpublished"),
    "review",
    *("periodical", "misc", "online", "electronic", "www", "dataset", "software"),
}
SUBTITLE_FIELDS = {
    "title": "subtitle",
    "booktitle": "booksubtitle",
    "journaltitle": "journalsubtitle",
    "journal": "journalsubtitle",
}
TITLE_ADDITION_FIELDS = {"title": "titleaddon", "booktitle": "booktitleaddon"}
CORRECTION_PREFIX = "Correction: "
PARAGRAPH_BREAK = r" \par "
ANNOTATION_FIELDS = ("annotation", "annote")  # codespell:ignore annote
# Fields that are read, and fields that say nothing about a work.
KNOWN_FIELDS = {
    *("author", "editor", "doi", "url", "date", "year", "month", "day", "urldate"),
    *("pages", "number", "issue", "eid", "langid", "language", "hyphenation", "ids"),
    *("key", *ANNOTATION_FIELDS, "entrysubtype", "options", *SUBTITLE_FIELDS.values()),
    *(*CSL_VARIABLES, *TITLE_ADDITION_FIELDS.values(), "crossref", "xdata"),
}
