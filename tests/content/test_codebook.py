"""The texts of the codebook are for readers: they name terms by their labels."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

FOLDER = settings.BASE_DIR / "fixtures/codebook"
# Words between those who code; a reader meets cases, not codes.
FOR_CODERS = re.compile(
    r"\b(code(?! of conduct)|codes|coded|coding|heading only|scheme|scope note)\b"
    r"|COFOG|^Use ",
    re.IGNORECASE,
)
QUOTED = re.compile("“(.+?)”")


def schemes():
    return [yaml.safe_load(Path(file).read_text()) for file in FOLDER.iterdir()]


TERMS = [term for scheme in schemes() for term in scheme["terms"]]
LABELS = {term["label"] for term in TERMS}
# Words of the language as well: co-design, self-efficacy.
WORDS = {"free-riding", "peer-support", *(label.lower() for label in LABELS)}
SLUGS = {term["slug"] for term in TERMS if "-" in term["slug"]} - WORDS


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["slug"])
def test_a_note_names_other_terms_by_their_labels(term):
    note = term["scope_note"] or ""
    named = set(QUOTED.findall(note))
    assert named <= LABELS - {term["label"]}
    assert not set(re.findall(r"[a-z]+(?:-[a-z]+)+", note)) & SLUGS


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["slug"])
def test_a_term_speaks_to_readers(term):
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


def test_a_scheme_speaks_to_readers():
    for scheme in schemes():
        description = scheme["scheme"]["description"]
        assert not re.search(r"\bcode\b|scope note", description, re.IGNORECASE)
