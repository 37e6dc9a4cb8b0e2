"""RIS files taken apart: records, and in them tags with their texts and lines.

https://en.wikipedia.org/wiki/RIS_(file_format) tells of the specifications of 2001 and
2011. Programs differ in what is around the hyphen, and how records begin and end.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SPACE = "[ \t\u00a0]"
LINE = rf"{SPACE}*([A-Z][A-Z0-9]{{1,3}})({SPACE}*)[-–—](.*)"
START = re.compile(rf"^{SPACE}*(?:TY|ty){SPACE}+[-–—]", re.MULTILINE)
# In one record, and the lines of one text.
MOST_TEXTS, MOST_LINES = 20_000, 20_000
FIRST, LAST = "TY", "ER"
# The files of PubMed (.nbib) have no TY and no ER, but this before each record; their
# tags have up to four signs, and the hyphen touches the longest.
# https://www.nlm.nih.gov/bsd/mms/medlineelements.html
PUBMED = "PMID"
LONG_TAGS = frozenset(
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
class Record:
    """The tags of one record, each with its texts in their order."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    line: int = 0
    has_end: bool = False
    size: int = 0

    def add(self, tag: str, text: str, line: int) -> None:
        """Keep the text, unless the record has more of them than any work."""
        self.line = self.line or line
        self.size += 1
        if self.size > MOST_TEXTS:
            return
        self.texts.setdefault(tag, []).append(text)
        self.lines.setdefault(tag, line)

    def text(self, tag: str) -> str:
        """The first text with the tag; empty when there is none."""
        return next(filter(None, self.texts.get(tag, [])), "")


def records(text: str, known: set[str]) -> Iterator[Record]:
    """Each ends with ER or before the next TY; what stands before its TY belongs to it.

    ``known`` are the tags that are believed where one space is between tag and hyphen,
    as in a line of an abstract.
    """
    record = Record()
    for tag, words, line in tagged(text, known):
        is_next = tag == PUBMED and FIRST not in record.texts
        if (tag == FIRST or is_next) and tag in record.texts:
            yield record
            record = Record()
        if tag != LAST:
            record.add(tag, words, line)
        elif record.texts:
            record.has_end = True
            yield record
            record = Record()
    if record.texts:
        yield record


def tagged(text: str, known: set[str]) -> Iterator[tuple[str, str, int]]:
    """Tag, text and line; what has no tag goes on with the text before it."""
    # Where no tag is in capitals, they are in small letters.
    found = START.search(text)
    in_capitals = not found or "TY" in found[0]
    pattern = re.compile(LINE, 0 if in_capitals else re.IGNORECASE)
    tag, parts, start = "", [""], 0
    for number, line in enumerate(lines_of(text), start=1):
        found = pattern.match(line)
        if found and is_tag(found[1], found[2], found[3], known):
            if tag:
                yield tag, joined(parts), start
            tag, parts, start = found[1].upper(), [found[3]], number
        elif tag != LAST and len(parts) < MOST_LINES:
            parts.append(line)
    if tag:
        yield tag, joined(parts), start


def is_tag(name: str, gap: str, text: str, known: set[str]) -> bool:
    """Whether the words before a hyphen are a tag: “TY  -”, “PMID-”, “AU -”."""
    if len(gap) > 1 or gap == "\t":
        return True
    if name in LONG_TAGS:
        return len(name + gap) == 4 and text[:1] in ("", " ")
    return gap != "" and name.upper() in known


def lines_of(text: str) -> Iterator[str]:
    """One by one, so that a file of many lines takes no memory for each."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def joined(parts: Iterable[str]) -> str:
    return " ".join(filter(None, (part.strip() for part in parts)))
