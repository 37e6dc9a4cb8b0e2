"""Types of works of CSL, by other spellings and by their names at Crossref."""

from references.models import Reference

# Some programs write hyphens: “legal-case” instead of “legal_case”.
CSL_TYPES: dict[str, str]
CSL_TYPES = {value.replace("_", "-"): value for value in Reference.Type.values}
# https://api.crossref.org/types
CROSSREF_TYPES = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "book-series": "book",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "dissertation": "thesis",
    "posted-content": "article",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "dataset": "dataset",
    "database": "dataset",
    "standard": "standard",
    "peer-review": "review",
    "journal": "periodical",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
}
