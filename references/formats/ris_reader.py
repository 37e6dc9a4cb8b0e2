"""Reads RIS files, with the tags of a record in any order."""

import re
from collections.abc import Iterator, Set

from casebase.content.parsed_file import ErrorDetail
from references.formats.decoding import decode_file
from references.formats.dois_and_urls import extract_doi
from references.formats.field_validation import strip_page_label
from references.formats.messages import shorten
from references.formats.name_lists import INITIALS_LAST
from references.formats.reader import (
    EntryBuilder,
    ReadResult,
    Warnings,
    build_result,
    reject_if_too_large,
)
from references.formats.ris_dates import add_dates
from references.formats.ris_lines import FIRST_TAG, MAX_TEXTS, RisRecord, split_records
from references.formats.ris_tags import (
    ARTICLE_GENRE_WORDS,
    ARTICLE_TYPES,
    BOOK_TYPES,
    COMMON_TAGS,
    CONTAINER_TAGS,
    CORRECTION_PREFIX,
    CSL_TYPES,
    DEFAULT_TAGS,
    TAG_SYNONYMS,
    TAGS_BY_TYPE,
    TITLE_TAGS,
    TYPE_GENRE_WORDS,
    TYPES_WITHOUT_EDITORS,
)

# Tags that programs write, including tags of what works don't have.
KNOWN_TAGS = {*COMMON_TAGS, *DEFAULT_TAGS, *TITLE_TAGS, *CONTAINER_TAGS}
KNOWN_TAGS = KNOWN_TAGS.union(*TAGS_BY_TYPE.values(), *TAG_SYNONYMS.values())
KNOWN_TAGS |= {
    *("TY", "ER", "ID", "AU", "A1", "A2", "A3", "A4", "ED", "LA", "PY", "Y1", "DA"),
    *("Y2", "SP", "EP", "N1", "RN", "AB", "AD", "AN", "CN", "DB", "DP", "KW", "N2"),
    *("L1", "L2", "L3", "L4", "ST", "SN"),
}
# “Doe JM”, “Roe R, Jr”, “Roe RB 3rd”
PUBMED_NAME = re.compile(
    rf"(?P<name>{INITIALS_LAST.pattern})(?:,? (?P<suffix>(?:Jr|Sr|2nd|3rd|4th)\.?))?"
)
# Tags that are read by functions of their own.
LINK_TAGS = ("DO", "UR", "M3")
# Tags with one value; others are reported.
SINGLE_VALUE_TAGS = {"ID": "id", "LA": "language", "SP": "page", "EP": "page"}
SINGLE_VALUE_TAGS |= {"Y2": "accessed"}
SINGLE_VALUE_TAGS |= dict.fromkeys(("PY", "Y1", "DA"), "issued")
DASHES = ("-", "–", "—", " -", " –", " —")


def read_ris(raw: bytes, path: str) -> ReadResult:
    """Read an RIS file, or one of PubMed. Messages name it by ``path``."""
    if rejected := reject_if_too_large(raw, path):
        return rejected
    text, messages = decode_file(raw, path)
    return build_result(read_entries(text, path, messages), messages, path)


def read_entries(
    text: str, path: str, messages: list[ErrorDetail]
) -> Iterator[EntryBuilder]:
    """Yield a builder for each record; add messages."""
    has_any = False
    for record in split_records(text, KNOWN_TAGS):
        has_any = True
        builder = EntryBuilder(record.line)
        for line, name, sentence in add_record(builder, record):
            messages.append(ErrorDetail(path, line, name, sentence))
        yield builder
    if not has_any:
        messages.append(ErrorDetail(path, 1, "", "There is no record in this file."))


def add_record(builder: EntryBuilder, record: RisRecord) -> Warnings:
    """Add every tag that works have a variable for; yield warnings."""
    if not record.has_end:
        yield builder.line, "", "This record has no end (ER); it is imported as it is."
    if record.size > MAX_TEXTS:
        builder.omit(
            "more", f"a record can have up to {MAX_TEXTS:,} lines.", builder.line
        )
    if not (ris_type := record.first_text(FIRST_TAG).upper()):
        yield builder.line, "type", "This record has no type (TY)."
    csl_type = CSL_TYPES.get(ris_type, ris_type)
    builder.set_variable("type", csl_type, record.lines.get(FIRST_TAG, 0))
    used = {FIRST_TAG, "N1", *SINGLE_VALUE_TAGS, "AU", "A1"}
    roles = {"author": find_author_tags(record)}
    roles |= {"editor": find_editor_tags(record, ris_type)}
    for role, tags in roles.items():
        used |= {*tags}
        yield from add_people(builder, record, role, tags)
    used |= add_links(builder, record)
    used |= add_texts(builder, record, ris_type) | add_genre(builder, record, ris_type)
    used |= add_notes(builder, record)
    yield from add_single_values(builder, record)
    filled = {tag for tag in record.texts if record.first_text(tag)}
    if unknown := ", ".join(sorted(filled - used)):
        yield builder.line, "", f"Works have no field for: {unknown}."


def add_single_values(builder: EntryBuilder, record: RisRecord) -> Warnings:
    """Set variables with tags of their own, and report second values of a tag."""
    builder.set_variable("id", record.first_text("ID"), record.lines.get("ID", 0))
    add_pages(builder, record)
    yield from add_dates(builder, record)
    builder.set_language(record.first_text("LA"), record.lines.get("LA", 0))
    for tag, variable in SINGLE_VALUE_TAGS.items():
        report_other_values(builder, record, tag, variable)


def report_other_values(
    builder: EntryBuilder, record: RisRecord, tag: str, variable: str
) -> None:
    """Report the texts of a tag after the first one."""
    first = record.first_text(tag)
    for other in dict.fromkeys(record.texts.get(tag, [])):
        if other not in ("", first):
            words = f"“{shorten(other)}” is a second value."
            builder.omit(variable, words, record.lines[tag])


def find_author_tags(record: RisRecord) -> list[str]:
    """Return the tags of authors. PubMed repeats those of FAU in AU, abbreviated."""
    return ["FAU"] if "FAU" in record.texts else ["AU", "A1"]


def find_editor_tags(record: RisRecord, ris_type: str) -> list[str]:
    """Return the tags of editors. With A2 and A3, one has the editors of the series."""
    if ris_type in TYPES_WITHOUT_EDITORS:
        return ["ED"]
    first, second = ("A3", "A2") if ris_type == "BOOK" else ("A2", "A3")
    return ["ED", first if first in record.texts else second]


def add_people(
    builder: EntryBuilder, record: RisRecord, role: str, tags: list[str]
) -> Warnings:
    texts = [text for tag in tags for text in record.texts.get(tag, []) if text]
    line = next((record.lines[tag] for tag in tags if tag in record.lines), 0)
    yield from builder.set_names_from_texts(role, invert_pubmed_names(texts), line)


def invert_pubmed_names(texts: list[str]) -> list[str]:
    """Return “Doe, JM” of “Doe JM”, the form of PubMed.

    A single name in this form may be an organisation, and stays.
    """
    people = {text: found for text in texts if (found := PUBMED_NAME.fullmatch(text))}
    has_others = any("," in text for text in texts if text not in people)
    if sum(text in people for text in texts) < 2 or has_others:
        return texts
    parts = {
        text: [*found["name"].rsplit(" ", 1), found["suffix"]]
        for text, found in people.items()
    }
    return [", ".join(filter(None, parts.get(text, [text]))) for text in texts]


def add_texts(builder: EntryBuilder, record: RisRecord, ris_type: str) -> set[str]:
    """Set the variable of each tag in works of the type; return the used tags."""
    used = set()
    for tag, variable in (
        COMMON_TAGS | TAGS_BY_TYPE.get(ris_type, DEFAULT_TAGS)
    ).items():
        if tag in LINK_TAGS or not variable:
            continue
        tags = (tag, *TAG_SYNONYMS.get(tag, ()))
        if tag == "TI":
            tags = (*TITLE_TAGS, *(("BT",) if ris_type in BOOK_TYPES else ()))
        elif tag == "T2":
            tags = CONTAINER_TAGS
        tags = tuple(tag for tag in tags if tag not in used and record.first_text(tag))
        used |= add_text(builder, record, variable, tags)
    return used


def add_text(
    builder: EntryBuilder, record: RisRecord, variable: str, tags: tuple[str, ...]
) -> set[str]:
    """Set the text of the first tag, or of a tag whose text it abbreviates.

    Returns the tags that were used: those with the same text, or an abbreviation.
    """
    if not tags:
        return set()
    best = tags[0]
    for tag in tags[1:]:
        if is_abbreviation(record.first_text(best), record.first_text(tag)):
            best = tag
    text = record.first_text(best)
    builder.set_variable(variable, text, record.lines[best])
    if builder.item[variable] != text:
        return set()
    report_other_values(builder, record, best, variable)
    texts = {tag: record.first_text(tag) for tag in tags}
    return {
        tag for tag in tags if texts[tag] == text or is_abbreviation(texts[tag], text)
    }


def is_abbreviation(text: str, name: str) -> bool:
    """Whether it is like “Public Manag Rev” for “Public Management Review”."""
    words = iter(re.findall(r"\w+", name.lower()))
    return len(text) < len(name) and all(
        any(is_abbreviated_word(short, word) for word in words)
        for short in re.findall(r"\w+", text.lower())
    )


def is_abbreviated_word(short: str, word: str) -> bool:
    """Whether it has the first letter of the word, and other letters in their order."""
    letters = iter(word)
    return short[0] == word[0] and all(letter in letters for letter in short)


def add_genre(builder: EntryBuilder, record: RisRecord, ris_type: str) -> set[str]:
    """Set the genre of M3, unless M3 has a DOI or only repeats the type.

    Returns the tags that were used.
    """
    text = record.first_text("M3")
    words = set(re.findall(r"\w+", text.lower()))
    if extract_doi(text):
        return {"M3"}
    repeating: Set[str] = TYPE_GENRE_WORDS.get(ris_type, set())
    if ris_type in ARTICLE_TYPES:
        repeating = ARTICLE_GENRE_WORDS
    if words and words <= repeating:
        return set()
    builder.set_variable("genre", text, record.lines.get("M3", 0))
    report_other_values(builder, record, "M3", "genre")
    return {"M3"}


def add_links(builder: EntryBuilder, record: RisRecord) -> set[str]:
    """Set the DOI, which may be in M3 or in a note of its own, and the URL.

    Returns the tags that were used.
    """
    others = [text for tag in ("M3", "N1") for text in record.texts.get(tag, [])]
    dois = [*record.texts.get("DO", []), *filter(extract_doi, others)]
    urls = [text for tag in ("UR", "LK") for text in record.texts.get(tag, [])]
    for variable, tag, texts in (("DOI", "DO", dois), ("URL", "UR", urls)):
        text = "\n".join(filter(None, texts))
        builder.set_variable(variable, text, record.lines.get(tag, 0))
    return {"DO", "UR", "LK"}


def add_pages(builder: EntryBuilder, record: RisRecord) -> None:
    """Set the page or the range of pages."""
    # Patterns take long on long runs of spaces, so these become one space.
    texts = (re.sub("[ \t]+", " ", record.first_text(tag)) for tag in ("SP", "EP"))
    start, end = map(strip_page_label, texts)
    line = record.lines.get("SP", record.lines.get("EP", 0))
    ends = re.split(r" ?[-–—]+ ?", start)
    if not end or end in (start, ends[-1]):
        builder.set_variable("page", start, line)
    elif len(ends) == 2 and end.startswith(f"{ends[0]}-"):
        # The page numbers have hyphens: C3-32 to C3-35.
        builder.set_variable("page", f"{start}–{end}", line)
    elif len(ends) > 1:
        builder.set_variable("page", start, line)
        builder.omit("page", f"“{shorten(end)}” is a different last page.", line)
    elif end.startswith(tuple(f"{start}{dash}" for dash in DASHES)):
        builder.set_variable("page", end, line)
    else:
        builder.set_variable("page", "-".join(filter(None, (start, end))), line)


def add_notes(builder: EntryBuilder, record: RisRecord) -> set[str]:
    """Set the note and the correction. Returns RN if it was used."""
    notes = [text for text in record.texts.get("N1", []) if not extract_doi(text)]
    builder.set_variable("note", " ".join(notes).strip(), record.lines.get("N1", 0))
    text = record.first_text("RN")
    if not text.startswith(CORRECTION_PREFIX):
        return set()
    custom = {"correction": text.removeprefix(CORRECTION_PREFIX).strip()}
    builder.set_variable("custom", custom, record.lines["RN"])
    return {"RN"}
