"""Which types and fields of BibTeX and BibLaTeX stand for those of CSL.

Fields that a dialect's styles don't know are ignored by them, so both dialects carry
all that we hold. biblatex manual, sections 2.1 and 2.2: http://ctan.org/pkg/biblatex
"""

from dataclasses import dataclass

IN_BOOKS = {
    *("chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference")
}

# Every type of CSL that works have. For misc the subtype says more: as which biblatex
# prints films, laws and others that its data model has, but knows no fields of.
BIBLATEX_TYPES = {
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
BIBTEX_TYPES = {
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

# What an entry is when it doesn't say more. Of others (misc) we always say more.
TYPES = {
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
# The words that biblatex styles and pandoc know; for others we write the type of CSL.
SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
SUBTYPES_OF_CSL = {subtype: name for name, subtype in SUBTYPES.items()}


@dataclass(frozen=True)
class Dialect:
    """What BibTeX and BibLaTeX have different names for."""

    types: dict[str, str]
    journal: str
    elsewhere: str
    school: str
    place: str
    annotation: str
    # What becomes of kinds without that which they stand in; others are misc.
    alone: dict[str, str]


BIBLATEX = Dialect(
    types=BIBLATEX_TYPES,
    journal="journaltitle",
    elsewhere="howpublished",
    school="institution",
    place="location",
    annotation="annotation",
    alone={
        "article": "online",
        "incollection": "online",
        "inproceedings": "unpublished",
        "inreference": "online",
    },
)
BIBTEX = Dialect(
    types=BIBTEX_TYPES,
    journal="journal",
    elsewhere="howpublished",
    school="school",
    place="address",
    annotation="annote",  # codespell:ignore annote
    alone={},
)

# Field → variable, for reading; where two fields say one thing, the first has it.
VARIABLES = {
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
# Words that biblatex has a print for, and kinds of entries that say as much.
GENRES = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "techreport": "Technical report",
}

# What a report without a genre is called, as both dialects ask for one: BibTeX would
# print “Technical report”.
REPORT = "Report"
REPORT_KINDS = ("report", "techreport")
THESIS_KINDS = ("phdthesis", "mastersthesis")
# To these kinds a note beside the title names the site.
SITE_KINDS = ("online", "electronic", "www")
# Of these kinds a number is that of the work, even beside a series.
NUMBERED_KINDS = {
    *("article", "report", "techreport", "manual", "thesis", *THESIS_KINDS, "patent"),
    *("standard", "legislation", "legal", "jurisdiction", "unpublished", "review"),
    *("periodical", "misc", "online", "electronic", "www", "dataset", "software"),
}
SUBTITLES = {
    "title": "subtitle",
    "booktitle": "booksubtitle",
    "journaltitle": "journalsubtitle",
    "journal": "journalsubtitle",
}
ADDITIONS = {"title": "titleaddon", "booktitle": "booktitleaddon"}
CORRECTION = "Correction: "
PARAGRAPH = r" \par "
ANNOTATIONS = ("annotation", "annote")  # codespell:ignore annote
# All fields that we read, or that say nothing of a work.
USED = {
    *("author", "editor", "doi", "url", "date", "year", "month", "day", "urldate"),
    *("pages", "number", "issue", "eid", "langid", "language", "hyphenation", "ids"),
    *("key", *ANNOTATIONS, "entrysubtype", "options", *SUBTITLES.values()),
    *(*VARIABLES, *ADDITIONS.values(), "crossref", "xdata"),
}
