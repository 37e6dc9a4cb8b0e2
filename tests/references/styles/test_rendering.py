import pytest

from references.styles.errors import UnknownStyleError
from references.styles.locales import DEFAULT_LOCALE, LOCALES
from tests.references.styles.csl_factories import item, person, rendered, text_of, year


def test_entries_have_the_order_of_the_style():
    works = [
        item("b", author=[person("Bovaird", "T.")], issued=year(2012)),
        item("a", author=[person("Alford", "J.")], issued=year(2009)),
    ]
    assert [entry.key for entry in rendered(works, "apa")] == ["a", "b"]
    assert [entry.key for entry in rendered(works, "nlm-citation-sequence")] == [
        "b",
        "a",
    ]


def test_numbers_are_labels_of_entries():
    works = [item("b", title="Second"), item("a", title="First")]
    entries = rendered(works, "vancouver-nlm")
    assert [entry.label for entry in entries] == ["1.", "2."]
    assert entries[0].text.startswith("Second.")


def test_an_empty_list_has_no_entries():
    assert rendered([]) == []


def test_a_style_of_notes_has_no_bibliography():
    with pytest.raises(UnknownStyleError, match="notes only"):
        rendered([item()], "chicago-notes-archive-place-first")


def test_languages_have_different_terms():
    """pandoc silently uses American English for a language without terms."""
    book = item(edition="2", editor=[person("Meyer"), person("Grosser")])
    article = item(type="article-newspaper", issued={"date-parts": [[2020, 5, 2]]})
    texts = {
        locale: text_of(book, locale=locale) + text_of(article, locale=locale)
        for locale in ("en-US", "en-GB", "de-DE", "fr-FR", "zh-CN", "cy-GB")
    }
    assert len(set(texts.values())) == len(texts)
    assert DEFAULT_LOCALE in LOCALES
    assert len(set(LOCALES.values())) == len(LOCALES)
