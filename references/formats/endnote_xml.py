"""EndNote XML files, their elements in the order of EndNote's DTD (RSXML.dtd)."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from references.csl import Name, Work
from references.formats.name_parser import inverted
from references.formats.ris_tags import CORRECTION
from references.formats.work_format import (
    NO_FORMER_KEYS,
    NO_PLACE,
    ONE_LINE,
    Loss,
    each_text,
    flat,
    in_utf8,
)
from references.partial_date import PartialDate
from references.title_markup import words_with_marks

# The numbers by which EndNote knows its types.
TYPES = {
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
OTHER = ("Generic", 13)
# In these the second title is the series, or the meeting; elsewhere the container. The
# place is that of the meeting.
SERIES = ("book", "report", "map", "software")
MEETINGS = ("paper-conference",)

# Small capitals are no face to EndNote.
FACES = {"i": "italic", "b": "bold", "sup": "superscript", "sub": "subscript"}

# An element, with its attributes if it has any, and a text, or with elements; without
# either it isn't written.
type Element = tuple[str, str | list[Element] | None]


def document(works: Iterable[Work]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
    for number, work in enumerate(works, start=1):
        yield record(each_text(work, flat), number)
    yield "</records></xml>\n"


def record(work: Work, number: int) -> str:
    name, code = TYPES.get(work.type, OTHER)
    places = PLACES | OF_TYPES.get(work.type, {})
    texts: dict[str, str | None] = {
        places[variable]: getattr(work, variable) for variable in places
    }
    texts |= {"label": work.key, "notes": work.note, "research-notes": correction(work)}
    texts["access-date"] = str(work.accessed or "")
    elements: list[Element] = [*texts.items(), people(work), titles(work)]
    elements += [periodical(work), dates(work)]
    elements.append(("urls", [("related-urls", [("url", work.url)])]))
    elements.sort(key=lambda element: ORDER.index(element[0]))
    return (
        f"<record><rec-number>{number}</rec-number>"
        f"<ref-type name={quoteattr(name)}>{code}</ref-type>"
        f"{''.join(map(written, elements))}</record>\n"
    )


# Variable → element, and what types put elsewhere: EndNote's fields as in RIS.
PLACES = {
    **{"page": "pages", "volume": "volume", "issue": "number", "edition": "edition"},
    **{"publisher_place": "pub-location", "publisher": "publisher"},
    **{"number": "report-id", "doi": "electronic-resource-num", "genre": "work-type"},
    **{"event_place": "meeting-place", "language": "language", "authority": "custom4"},
}
OF_TYPES = {
    **{kind: {"number": "isbn"} for kind in ("report", "standard", "regulation")},
    "article-journal": {"number": "custom7"},
    "legal_case": {"authority": "publisher", "publisher": "custom4"},
    "paper-conference": {"event_place": "pub-location", "publisher_place": "custom1"},
}
ORDER = [
    *("contributors", "titles", "periodical", "pages", "volume", "number", "edition"),
    *("dates", "pub-location", "publisher", "isbn", "report-id"),
    *("electronic-resource-num", "label", "notes", "research-notes", "work-type"),
    *("meeting-place", "language", "urls", "access-date", "custom1", "custom4"),
    "custom7",
]


def written(element: Element) -> str:
    tag, content = element
    if isinstance(content, list):
        inside = "".join(map(written, content))
    else:
        inside = escape(content or "")
    return f"<{tag}>{inside}</{tag.split()[0]}>" if inside else ""


def people(work: Work) -> Element:
    authors: list[Element] = [("author", creator(name)) for name in work.author]
    editors: list[Element] = [("author", creator(name)) for name in work.editor]
    # Of a book the second authors are the editors of its series.
    second = "tertiary-authors" if work.type == "book" else "secondary-authors"
    return "contributors", [("authors", authors), (second, editors)]


def creator(name: Name) -> str:
    """EndNote takes a body for a person unless a comma ends it, or two part it."""
    if not name.literal:
        return inverted(name)
    body = inverted(name)
    return body.replace(",", ",,", 1) if "," in body else f"{body},"


def titles(work: Work) -> Element:
    second, third = work.container_title, work.collection_title
    if work.type in MEETINGS:
        second, third = work.event_title, work.container_title
    elif work.type in SERIES:
        second, third = third, second
    spare = work.collection_title if work.type in MEETINGS else work.event_title
    texts = {"secondary-title": second, "tertiary-title": third, "alt-title": spare}
    return "titles", [("title", styled(work.marked_title)), *texts.items()]


def styled(title: str) -> str | list[Element]:
    """Each run of words in a style of its own, where the title has such."""
    runs = list(words_with_marks(title))
    if not any(marks for _, marks in runs):
        return title
    return [(face(marks), words) for words, marks in runs]


def face(marks: Iterable[str]) -> str:
    faces = sorted({FACES[mark] for mark in marks if mark in FACES})
    return f'style face="{" ".join(faces) or "normal"}" font="default" size="100%"'


def periodical(work: Work) -> Element:
    is_article = work.type.startswith(("article-", "review"))
    return "periodical", [("full-title", work.container_title if is_article else None)]


def dates(work: Work) -> Element:
    if not work.issued:
        return "dates", None
    day = without_year(work.issued)
    return "dates", [("year", f"{work.issued.year:04}"), ("pub-dates", [("date", day)])]


def without_year(when: PartialDate) -> str:
    """“21 May”, “May” or nothing."""
    return str(when).rpartition(" ")[0]


def correction(work: Work) -> str | None:
    text = work.custom.correction
    return text and f"{CORRECTION}{text}"


LOSSES = (
    ONE_LINE,
    Loss("small capitals in titles", "words like the others"),
    NO_PLACE,
    NO_FORMER_KEYS,
    Loss(
        "types that EndNote has no number for, such as talks, interviews and posts",
        "the type Generic; films and broadcasts, reviews and articles are one type",
    ),
    Loss(
        "parts of a name that only their writing tells apart",
        "the same words in one line, as “Van Ryzin, G.”",
    ),
    Loss("dates in figures, but the year of publication", "words, as “21 May”"),
)
write = in_utf8(document)
