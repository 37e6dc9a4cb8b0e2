"""RIS files, read: what the tags of a record say of a work, in whatever order."""

import re
from collections.abc import Iterator

from casebase.content.parsed_file import ErrorDetail
from references.formats.date_parser import YEAR, date_in, month_and_day
from references.formats.decoding import decoded
from references.formats.dois_and_urls import bare_doi, shortened
from references.formats.field_validation import pages_in
from references.formats.name_lists import INITIALS_LAST
from references.formats.reader import (
    LONGEST_DATE,
    Draft,
    Reading,
    Remarks,
    gathered,
    too_large,
)
from references.formats.ris_lines import FIRST, MOST_TEXTS, Record, records
from references.formats.ris_tags import (
    ARTICLES,
    CONTAINERS,
    CORRECTION,
    CSL_TYPES,
    DEFAULT,
    KINDS_OF_ARTICLES,
    NO_EDITORS,
    PLACES,
    SYNONYMS,
    TAGS,
    TITLES,
    WHOLE,
    WORDS_OF_TYPES,
)

# Tags that programs write, some of which have no place in works here.
KNOWN = {tag for places in (TAGS, DEFAULT, *PLACES.values()) for tag in places}
KNOWN |= {*TITLES, *CONTAINERS, *(tag for tags in SYNONYMS.values() for tag in tags)}
KNOWN |= {"TY", "ER", "ID", "AU", "A1", "A2", "A3", "A4", "ED", "LA", "PY", "Y1", "DA"}
KNOWN |= {"Y2", "SP", "EP", "N1", "RN", "AB", "AD", "AN", "CN", "DB", "DP", "KW", "N2"}
KNOWN |= {"L1", "L2", "L3", "L4", "ST", "SN"}
# “Doe JM”, “Roe R, Jr”, “Roe RB 3rd”
PUBMED = re.compile(
    rf"(?P<name>{INITIALS_LAST.pattern})(?:,? (?P<suffix>(?:Jr|Sr|2nd|3rd|4th)\.?))?"
)
# Not put as they stand.
LINKS = ("DO", "UR", "M3")
# Put by themselves; a second text of one is told.
ONCE = {"ID": "id", "LA": "language", "SP": "page", "EP": "page", "Y2": "accessed"}
ONCE |= dict.fromkeys(("PY", "Y1", "DA"), "issued")
DASHES = ("-", "–", "—", " -", " –", " —")


def read_ris(raw: bytes, path: str) -> Reading:
    if refused := too_large(raw, path):
        return refused
    text, told = decoded(raw, path)
    return gathered(drafts(text, path, told), told, path)


def drafts(text: str, path: str, told: list[ErrorDetail]) -> Iterator[Draft]:
    """One a record; adds what is to be told of each."""
    has_any = False
    for record in records(text, KNOWN):
        has_any = True
        draft = Draft(record.line)
        remarks = put_record(draft, record)
        told += [ErrorDetail(path, line, name, words) for line, name, words in remarks]
        yield draft
    if not has_any:
        told.append(ErrorDetail(path, 1, "", "There is no record in this file."))


def put_record(draft: Draft, record: Record) -> Remarks:
    if not record.has_end:
        yield draft.line, "", "This record has no end (ER); it is taken as it stands."
    if record.size > MOST_TEXTS:
        draft.leave_out(
            "more", f"a record has {MOST_TEXTS:,} lines at most.", draft.line
        )
    if not (kind := record.text(FIRST).upper()):
        yield draft.line, "type", "This record has no type (TY)."
    draft.put("type", CSL_TYPES.get(kind, kind), record.lines.get(FIRST, 0))
    used = {FIRST, "N1", *ONCE, "AU", "A1"}
    roles = {"author": authors_tags(record), "editor": editors_tags(record, kind)}
    for role, tags in roles.items():
        used |= {*tags}
        yield from put_people(draft, record, role, tags)
    used |= put_links(draft, record)
    used |= put_texts(draft, record, kind) | put_genre(draft, record, kind)
    used |= put_remarks(draft, record)
    yield from put_once(draft, record)
    if strange := [tag for tag in record.texts if tag not in used and record.text(tag)]:
        words = ", ".join(sorted(strange))
        yield draft.line, "", f"Works here have no place for: {words}."


def put_once(draft: Draft, record: Record) -> Remarks:
    """Put what has tags of its own; what stands there again is told of."""
    draft.put("id", record.text("ID"), record.lines.get("ID", 0))
    put_pages(draft, record)
    yield from put_dates(draft, record)
    draft.put_language(record.text("LA"), record.lines.get("LA", 0))
    for tag, variable in ONCE.items():
        tell_of_others(draft, record, tag, variable)


def tell_of_others(draft: Draft, record: Record, tag: str, variable: str) -> None:
    """Tell of the texts after the first one of a tag that works have once."""
    first = record.text(tag)
    for other in dict.fromkeys(record.texts.get(tag, [])):
        if other not in ("", first):
            words = f"“{shortened(other)}” is a second one."
            draft.leave_out(variable, words, record.lines[tag])


def authors_tags(record: Record) -> list[str]:
    """PubMed names each author twice, in FAU in full."""
    return ["FAU"] if "FAU" in record.texts else ["AU", "A1"]


def editors_tags(record: Record, kind: str) -> list[str]:
    """Of two tags that may have editors, one has a series', if both are there."""
    if kind in NO_EDITORS:
        return ["ED"]
    first, second = ("A3", "A2") if kind == "BOOK" else ("A2", "A3")
    return ["ED", first if first in record.texts else second]


def put_people(draft: Draft, record: Record, role: str, tags: list[str]) -> Remarks:
    texts = [text for tag in tags for text in record.texts.get(tag, []) if text]
    line = next((record.lines[tag] for tag in tags if tag in record.lines), 0)
    yield from draft.put_names(role, as_inverted(texts), line)


def as_inverted(texts: list[str]) -> list[str]:
    """“Doe, JM” of “Doe JM”, as PubMed has people; one alone may be a body."""
    people = {text: found for text in texts if (found := PUBMED.fullmatch(text))}
    has_others = any("," in text for text in texts if text not in people)
    if sum(text in people for text in texts) < 2 or has_others:
        return texts
    parts = {
        text: [*found["name"].rsplit(" ", 1), found["suffix"]]
        for text, found in people.items()
    }
    return [", ".join(filter(None, parts.get(text, [text]))) for text in texts]


def put_texts(draft: Draft, record: Record, kind: str) -> set[str]:
    """Put what each tag means in works of that kind; gives the tags that were used."""
    used = set()
    for tag, variable in (TAGS | PLACES.get(kind, DEFAULT)).items():
        if tag in LINKS or not variable:
            continue
        tags = (tag, *SYNONYMS.get(tag, ()))
        if tag == "TI":
            tags = (*TITLES, *(("BT",) if kind in WHOLE else ()))
        elif tag == "T2":
            tags = CONTAINERS
        tags = tuple(tag for tag in tags if tag not in used and record.text(tag))
        used |= put_text(draft, record, variable, tags)
    return used


def put_text(
    draft: Draft, record: Record, variable: str, tags: tuple[str, ...]
) -> set[str]:
    """Put the first of the tags, or the name that it shortens."""
    if not tags:
        return set()
    best = tags[0]
    for tag in tags[1:]:
        if is_shortened(record.text(best), record.text(tag)):
            best = tag
    text = record.text(best)
    draft.put(variable, text, record.lines[best])
    if draft.item[variable] != text:
        return set()
    tell_of_others(draft, record, best, variable)
    return {
        tag
        for tag in tags
        if record.text(tag) == text or is_shortened(record.text(tag), text)
    }


def is_shortened(text: str, name: str) -> bool:
    """Whether it is “Public Manag Rev” of “Public Management Review”."""
    words = iter(re.findall(r"\w+", name.lower()))
    return len(text) < len(name) and all(
        any(is_beginning(short, word) for word in words)
        for short in re.findall(r"\w+", text.lower())
    )


def is_beginning(short: str, word: str) -> bool:
    """Whether it has the first letter of the word, and others of it in their order."""
    letters = iter(word)
    return short[0] == word[0] and all(letter in letters for letter in short)


def put_genre(draft: Draft, record: Record, kind: str) -> set[str]:
    """M3 is the kind of work, where it says more than the type, or a DOI."""
    text = record.text("M3")
    words = set(re.findall(r"\w+", text.lower()))
    if bare_doi(text):
        return {"M3"}
    known = KINDS_OF_ARTICLES if kind in ARTICLES else WORDS_OF_TYPES.get(kind, {*()})
    if words and words <= known:
        return set()
    draft.put("genre", text, record.lines.get("M3", 0))
    tell_of_others(draft, record, "M3", "genre")
    return {"M3"}


def put_links(draft: Draft, record: Record) -> set[str]:
    """Put the DOI and the address; a DOI may stand in M3 or be all that a note says."""
    dois = [*record.texts.get("DO", [])]
    dois += [
        text
        for tag in ("M3", "N1")
        for text in record.texts.get(tag, [])
        if bare_doi(text)
    ]
    urls = [text for tag in ("UR", "LK") for text in record.texts.get(tag, [])]
    draft.put("DOI", "\n".join(filter(None, dois)), record.lines.get("DO", 0))
    draft.put("URL", "\n".join(filter(None, urls)), record.lines.get("UR", 0))
    return {"DO", "UR", "LK"}


def put_pages(draft: Draft, record: Record) -> None:
    # One space first: of a long run of it, patterns try every part.
    start, end = (
        pages_in(re.sub("[ \t]+", " ", record.text(tag))) for tag in ("SP", "EP")
    )
    line = record.lines.get("SP", record.lines.get("EP", 0))
    ends = re.split(r" ?[-–—]+ ?", start)
    if not end or end in (start, ends[-1]):
        draft.put("page", start, line)
    elif len(ends) == 2 and end.startswith(f"{ends[0]}-"):
        # In pages that have hyphens themselves: C3-32 to C3-35.
        draft.put("page", f"{start}–{end}", line)
    elif len(ends) > 1:
        draft.put("page", start, line)
        draft.leave_out("page", f"“{shortened(end)}” is another end.", line)
    elif end.startswith(tuple(f"{start}{dash}" for dash in DASHES)):
        draft.put("page", end, line)
    else:
        draft.put("page", "-".join(filter(None, (start, end))), line)


def put_remarks(draft: Draft, record: Record) -> set[str]:
    notes = [text for text in record.texts.get("N1", []) if not bare_doi(text)]
    draft.put("note", " ".join(notes).strip(), record.lines.get("N1", 0))
    remark = record.text("RN")
    if not remark.startswith(CORRECTION):
        return set()
    custom = {"correction": remark.removeprefix(CORRECTION).strip()}
    draft.put("custom", custom, record.lines["RN"])
    return {"RN"}


def put_dates(draft: Draft, record: Record) -> Remarks:
    """Put the most exact date of the year that PY, or else Y1, says."""
    written = dates_in(record)
    dates = {tag: date_in(text)[0] for tag, text in written.items()}
    year = next((date[:1] for date in dates.values() if date), [])
    best = max(
        dates, key=lambda tag: (dates[tag][:1] == year, len(dates[tag])), default=""
    )
    for tag, text in written.items():
        if tag == best:
            yield from draft.put_date("issued", text, record.lines[tag])
        elif dates[tag][:1] != dates[best][:1]:
            words = f"“{shortened(text)}” is another date."
            draft.leave_out("issued", words, record.lines[tag])
    if accessed := record.text("Y2"):
        yield from draft.put_date("accessed", accessed, record.lines["Y2"])


def dates_in(record: Record) -> dict[str, str]:
    """In some files DA has no year, as “MAR 15”, which is that of PY."""
    texts = {tag: record.text(tag) for tag in ("PY", "Y1", "DA")}
    written = {tag: text[:LONGEST_DATE] for tag, text in texts.items() if text}
    day = written.get("DA", "")
    if not YEAR.search(day) and (parts := month_and_day(day)):
        years = (YEAR.search(text) for text in written.values())
        year = next((found[0] for found in years if found), "")
        written["DA"] = f"{year}{parts}"
    return written
