"""Splits RIS files into records, and records into tags with texts and lines.

https://en.wikipedia.org/wiki/RIS_(file_format) describes the specifications of 2001 and
2011. Programs differ in the spaces around the hyphen, and in how records start and end.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SPACE = "[ \t\u00a0]"
TAG_LINE = rf"{SPACE}*([A-Z][A-Z0-9]{{1,3}})({SPACE}*)[-–—](.*)"
RECORD_START = re.compile(rf"^{SPACE}*(?:TY|ty){SPACE}+[-–—]", re.MULTILINE)
# Texts of one record, and lines of one text.
MAX_TEXTS, MAX_LINES = 20_000, 20_000
FIRST_TAG, LAST_TAG = "TY", "ER"
# Files of PubMed (.nbib) have neither TY nor ER; this tag starts a record. Tags have up
# to four letters, and the longest have no space before the hyphen.
# https://www.nlm.nih.gov/bsd/mms/medlineelements.html
PUBMED_FIRST_TAG = "PMID"
PUBMED_TAGS = frozenset(
    re.findall(
        r"\w+",
        """
        AID AUID BTI CDAT CIN COIS CON CRDT CRF CRI CTDT CTI DCOM DDIN DEP DRIN ECI EDAT
        EFR EIN FAU FED FIR FPS IRAD ISBN ISSN JID LID MHDA MID OID OTO OWN PHST PMC
        PMCR PMID PST PUBM RIN ROF RPF RPI RRI SFM SPIN STAT UIN UOF
        """,
    )
)


@dataclass
class RisRecord:
    """The texts of one record by tag, and the first line of each tag."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    line: int = 0
    has_end: bool = False
    size: int = 0

    def add(self, tag: str, text: str, line: int) -> None:
        """Add a text, unless the record has more texts than any work."""
        self.line = self.line or line
        self.size += 1
        if self.size > MAX_TEXTS:
            return
        self.texts.setdefault(tag, []).append(text)
        self.lines.setdefault(tag, line)

    def first_text(self, tag: str) -> str:
        """Return the first text with the tag, or an empty text."""
        return next(filter(None, self.texts.get(tag, [])), "")


def split_records(text: str, known: set[str]) -> Iterator[RisRecord]:
    """Yield records, which end with ER or before the next TY.

    Tags before TY belong to the record. ``known`` are the tags that are accepted with a
    single space before the hyphen, which a line of an abstract may have too.
    """
    record = RisRecord()
    for tag, words, line in split_tags(text, known):
        is_next = tag == PUBMED_FIRST_TAG and FIRST_TAG not in record.texts
        if (tag == FIRST_TAG or is_next) and tag in record.texts:
            yield record
            record = RisRecord()
        if tag != LAST_TAG:
            record.add(tag, words, line)
        elif record.texts:
            record.has_end = True
            yield record
            record = RisRecord()
    if record.texts:
        yield record


def split_tags(text: str, known: set[str]) -> Iterator[tuple[str, str, int]]:
    """Yield tags, texts and lines. A line without a tag continues the last text."""
    # Some programs write all tags in lower case.
    found = RECORD_START.search(text)
    is_uppercase = not found or "TY" in found[0]
    pattern = re.compile(TAG_LINE, 0 if is_uppercase else re.IGNORECASE)
    tag, parts, start = "", [""], 0
    for number, line in enumerate(iterate_lines(text), start=1):
        found = pattern.match(line)
        if found and is_tag(found[1], found[2], found[3], known):
            if tag:
                yield tag, join_lines(parts), start
            tag, parts, start = found[1].upper(), [found[3]], number
        elif tag != LAST_TAG and len(parts) < MAX_LINES:
            parts.append(line)
    if tag:
        yield tag, join_lines(parts), start


def is_tag(name: str, gap: str, text: str, known: set[str]) -> bool:
    """Whether the name before a hyphen is a tag: “TY  -”, “PMID-”, “AU -”.

    ``gap`` is the space before the hyphen, ``text`` what follows it.
    """
    if len(gap) > 1 or gap == "\t":
        return True
    if name in PUBMED_TAGS:
        return len(name + gap) == 4 and text[:1] in ("", " ")
    return gap != "" and name.upper() in known


def iterate_lines(text: str) -> Iterator[str]:
    """Yield lines one by one; a list of the lines of a large file takes much memory."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def join_lines(parts: Iterable[str]) -> str:
    return " ".join(filter(None, (part.strip() for part in parts)))
