"""Texts name terms by their labels and works by their authors, as readers know them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.content.conftest import entries

FIXTURES = settings.BASE_DIR / "fixtures"
# Words that coders use among themselves; readers see cases, not codes.
FOR_CODERS = re.compile(
    r"\b(code(?! of conduct)|codes|coded|coding|heading only|scheme|scope note)\b"
    r"|COFOG|^Use ",
    re.IGNORECASE,
)
QUOTED = re.compile("“(.+?)”")


# Keys whose values are addresses, citekeys or slugs.
NO_TEXTS = {"id", "slug", "ref", "url", "sources", "further_sources", "unread"}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key == "sources" and part and isinstance(part[0], dict):
                yield from (source["locator"] or "" for source in part)
            elif key not in NO_TEXTS:
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


SCHEMES, SHEETS = entries("codebook"), entries("initiatives")
WORKS = json.loads((FIXTURES / "references.csl.json").read_text())
KEYS = {work["id"] for work in WORKS}
TERMS = [term for scheme in SCHEMES for term in scheme["terms"]]
LABELS = {term["label"] for term in TERMS}
# Slugs that are also English words, such as co-design.
WORDS = {"free-riding", "peer-support", *(label.lower() for label in LABELS)}
SLUGS = {term["slug"] for term in TERMS if "-" in term["slug"]} - WORDS


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["slug"])
def test_a_note_names_other_terms_by_their_labels(term):
    note = term["scope_note"] or ""
    named = set(QUOTED.findall(note))
    assert named <= LABELS - {term["label"]}
    assert not set(re.findall(r"[a-z]+(?:-[a-z]+)+", note)) & SLUGS


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["slug"])
def test_the_texts_of_a_term_use_no_words_of_coders(term):
    texts = [term["label"], term["definition"], term["scope_note"] or ""]
    for text in (*texts, *term["questions"]):
        assert not FOR_CODERS.search(text), text
    assert all(question.endswith("?") for question in term["questions"])


def test_no_label_occurs_twice():
    names = [
        name.casefold()
        for term in TERMS
        for name in (term["label"], *term.get("synonyms", []))
    ]
    assert sorted(set(names)) == sorted(names)


def test_the_description_of_a_scheme_uses_no_words_of_coders():
    for scheme in SCHEMES:
        description = scheme["scheme"]["description"]
        assert not re.search(r"\bcode\b|scope note", description, re.IGNORECASE)


def words_of(texts):
    return {word for text in texts for word in re.findall(r"[a-z0-9-]+", text.lower())}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet["slug"])
def test_a_case_names_works_by_author_and_year(sheet):
    assert not words_of(texts(sheet)) & KEYS


def test_notes_on_works_name_others_by_author_and_year():
    notes = [work.get("note", "") for work in WORKS]
    corrections = [work.get("custom", {}).get("correction", "") for work in WORKS]
    assert not words_of(notes + corrections) & KEYS


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet["slug"])
def test_a_place_names_no_part_twice(sheet):
    place = sheet["place"]
    assert (place["note"] or ".").endswith(".")
    names = f"{place['locality']}, {place['region']}".split(", ")
    assert len(set(names)) == len(names)
