"""Writes EndNote XML, with elements in the order of EndNote's DTD (RSXML.dtd)."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from references.csl import Name, Work
from references.formats.name_parser import invert_name
from references.formats.ris_tags import CORRECTION_PREFIX
from references.formats.work_format import (
    LOSES_CHAPTER_POSITION,
    LOSES_FORMER_KEYS,
    LOSES_LINE_BREAKS,
    Loss,
    collapse_to_line,
    encode_pieces,
    map_texts,
)
from references.partial_date import PartialDate
from references.title_markup import words_with_marks

# Name and number of EndNote's type for each type of CSL.
REFERENCE_TYPES = {
    "article": ("Unpublished Work", 34),
    "article-journal": ("Journal Article", 17),
    "article-magazine": ("Magazine Article", 19),
    "article-newspaper": ("Newspaper Article", 23),
    "bill": ("Bill", 4),
    "book": ("Book", 6),
    "broadcast": ("Film or Broadcast", 21),
    "chapter": ("Book Section", 5),
    "classic": ("Classical Work", 49),
    "dataset": ("Dataset", 59),
    "entry-dictionary": ("Dictionary", 52),
    "entry-encyclopedia": ("Encyclopedia", 53),
    "figure": ("Figure", 37),
    "graphic": ("Artwork", 2),
    "hearing": ("Hearing", 14),
    "legal_case": ("Case", 7),
    "legislation": ("Statute", 31),
    "manuscript": ("Manuscript", 36),
    "map": ("Map", 20),
    "motion_picture": ("Film or Broadcast", 21),
    "musical_score": ("Music", 61),
    "pamphlet": ("Pamphlet", 24),
    "paper-conference": ("Conference Paper", 47),
    "patent": ("Patent", 25),
    "periodical": ("Serial", 57),
    "personal_communication": ("Personal Communication", 26),
    "post-weblog": ("Blog", 56),
    "regulation": ("Legal Rule or Regulation", 50),
    "report": ("Report", 27),
    "review": ("Journal Article", 17),
    "review-book": ("Journal Article", 17),
    "software": ("Computer Program", 9),
    "song": ("Music", 61),
    "standard": ("Standard", 58),
    "thesis": ("Thesis", 32),
    "treaty": ("Legal Rule or Regulation", 50),
    "webpage": ("Web Page", 12),
}
GENERIC_TYPE = ("Generic", 13)
# Types whose secondary title is the series. It is the meeting for MEETING_TYPES, whose
# place is that of the meeting, and the container for others.
TYPES_IN_SERIES = ("book", "report", "map", "software")
MEETING_TYPES = ("paper-conference",)

# EndNote has no typeface for small capitals.
TYPEFACES = {"i": "italic", "b": "bold", "sup": "superscript", "sub": "subscript"}

# The name of an element, which may include attributes, and its text or child elements.
# An empty element isn't written.
type Element = tuple[str, str | list[Element] | None]


def write_document(works: Iterable[Work]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
    for number, work in enumerate(works, start=1):
        yield write_record(map_texts(work, collapse_to_line), number)
    yield "</records></xml>\n"


def write_record(work: Work, number: int) -> str:
    name, code = REFERENCE_TYPES.get(work.type, GENERIC_TYPE)
    names = ELEMENT_NAMES | ELEMENT_NAMES_BY_TYPE.get(work.type, {})
    texts: dict[str, str | None] = {names[key]: getattr(work, key) for key in names}
    texts |= {"label": work.key, "notes": work.note}
    texts |= {"research-notes": write_correction(work)}
    texts["access-date"] = str(work.accessed or "")
    elements: list[Element] = [
        *texts.items(),
        build_contributors(work),
        build_titles(work),
        build_periodical(work),
        build_dates(work),
        ("urls", [("related-urls", [("url", work.url)])]),
    ]
    elements.sort(key=lambda element: ELEMENT_ORDER.index(element[0]))
    return (
        f"<record><rec-number>{number}</rec-number>"
        f"<ref-type name={quoteattr(name)}>{code}</ref-type>"
        f"{''.join(map(write_element, elements))}</record>\n"
    )


# The element of each variable, and exceptions by type. The fields are those of RIS.
ELEMENT_NAMES = {
    **{"page": "pages", "volume": "volume", "issue": "number", "edition": "edition"},
    **{"publisher_place": "pub-location", "publisher": "publisher"},
    **{"number": "report-id", "doi": "electronic-resource-num", "genre": "work-type"},
    **{"event_place": "meeting-place", "language": "language", "authority": "custom4"},
}
ELEMENT_NAMES_BY_TYPE = {
    **{
        csl_type: {"number": "isbn"}
        for csl_type in ("report", "standard", "regulation")
    },
    "article-journal": {"number": "custom7"},
    "legal_case": {"authority": "publisher", "publisher": "custom4"},
    "paper-conference": {"event_place": "pub-location", "publisher_place": "custom1"},
}
ELEMENT_ORDER = [
    *("contributors", "titles", "periodical", "pages", "volume", "number", "edition"),
    *("dates", "pub-location", "publisher", "isbn", "report-id"),
    *("electronic-resource-num", "label", "notes", "research-notes", "work-type"),
    *("meeting-place", "language", "urls", "access-date", "custom1", "custom4"),
    "custom7",
]


def write_element(element: Element) -> str:
    tag, content = element
    if isinstance(content, list):
        inner = "".join(map(write_element, content))
    else:
        inner = escape(content or "")
    return f"<{tag}>{inner}</{tag.split()[0]}>" if inner else ""


def build_contributors(work: Work) -> Element:
    authors: list[Element] = [("author", write_creator(name)) for name in work.author]
    editors: list[Element] = [("author", write_creator(name)) for name in work.editor]
    # The secondary authors of a book are the editors of its series.
    second = "tertiary-authors" if work.type == "book" else "secondary-authors"
    return "contributors", [("authors", authors), (second, editors)]


def write_creator(name: Name) -> str:
    """Return the inverted name, with a comma after an organisation.

    If the organisation has a comma itself, that one is doubled instead. Otherwise
    EndNote would take the name for a person.
    """
    text = invert_name(name)
    if not name.literal:
        return text
    return text.replace(",", ",,", 1) if "," in text else f"{text},"


def build_titles(work: Work) -> Element:
    second, third = work.container_title, work.collection_title
    if work.type in MEETING_TYPES:
        second, third = work.event_title, work.container_title
    elif work.type in TYPES_IN_SERIES:
        second, third = third, second
    spare = work.collection_title if work.type in MEETING_TYPES else work.event_title
    texts = {"secondary-title": second, "tertiary-title": third, "alt-title": spare}
    return "titles", [("title", build_styled_title(work.marked_title)), *texts.items()]


def build_styled_title(title: str) -> str | list[Element]:
    """Return the title, as runs of text with styles if it has italics and the like."""
    runs = list(words_with_marks(title))
    if not any(marks for _, marks in runs):
        return title
    return [(write_style(marks), words) for words, marks in runs]


def write_style(marks: Iterable[str]) -> str:
    faces = sorted({TYPEFACES[mark] for mark in marks if mark in TYPEFACES})
    return f'style face="{" ".join(faces) or "normal"}" font="default" size="100%"'


def build_periodical(work: Work) -> Element:
    is_article = work.type.startswith(("article-", "review"))
    return "periodical", [("full-title", work.container_title if is_article else None)]


def build_dates(work: Work) -> Element:
    if not work.issued:
        return "dates", None
    day = write_day_and_month(work.issued)
    return "dates", [("year", f"{work.issued.year:04}"), ("pub-dates", [("date", day)])]


def write_day_and_month(date: PartialDate) -> str:
    """Return “21 May”, “May” or an empty text."""
    return str(date).rpartition(" ")[0]


def write_correction(work: Work) -> str | None:
    text = work.custom.correction
    return text and f"{CORRECTION_PREFIX}{text}"


LOSSES = (
    LOSES_LINE_BREAKS,
    Loss("small capitals in titles", "plain text"),
    LOSES_CHAPTER_POSITION,
    LOSES_FORMER_KEYS,
    Loss(
        "types that EndNote doesn’t have, such as talks, interviews and posts",
        "the type Generic; films share a type with broadcasts, reviews with articles",
    ),
    Loss(
        "parts of a name that a line of text can’t distinguish",
        "the same words on one line, as “Van Ryzin, G.”",
    ),
    Loss("dates as numbers, except the year of publication", "words, as “21 May”"),
)
write = encode_pieces(write_document)
