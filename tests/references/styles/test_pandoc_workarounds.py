"""Tests of our workarounds for pandoc. Each test fails without its workaround."""

from xml.etree import ElementTree

import pytest

from references.styles.pandoc_styles import NEVER_SHORTENED, enable_et_al
from tests.references.styles.csl_factories import item, person, rendered, text_of, year


def test_editors_precede_their_label():
    chapter = item(
        type="chapter",
        author=[person("Sheehy", "J.")],
        editor=[person("Meyer", "K. H."), person("Østergård", "Å.")],
        **{"container-title": "Handbook"},
    )
    for style in ("nlm-citation-sequence", "american-medical-association"):
        text = text_of(chapter, style)
        assert "Meyer KH, Østergård Å, " in text
        assert "In, " not in text


def test_suffixes_follow_the_order_of_the_list():
    """Springer's basic style sorts by author and year only, so these two are equal."""
    works = [
        item(key, title=title, author=[person("Bovaird", "T.")], issued=year(2012))
        for key, title in [("z-first", "Widening"), ("a-second", "Deepening")]
    ]
    entries = rendered(works, "springer-basic-author-date")
    assert [entry.key for entry in entries] == ["z-first", "a-second"]
    assert ["2012a" in entries[0].text, "2012b" in entries[1].text] == [True, True]


def test_a_season_is_printed():
    autumn = {"date-parts": [[2010]], "season": 3}
    article = item(type="article-magazine", issued=autumn)
    assert "(2010, Autumn)" in text_of(article)


def test_a_version_with_a_hyphen_is_not_a_range():
    text = text_of(item(type="software", version="1.1-35"))
    assert "(Version 1.1\u201135)" in text


def test_a_dependent_style_is_rendered_like_its_parent():
    works = [item(author=[person("Alford", "J.")], issued=year(2009))]
    parent = rendered(works, "nlm-citation-sequence")
    assert rendered(works, "vancouver-nlm") == parent


def test_a_language_changes_quotes_and_dates():
    web = item(
        type="webpage",
        author=[{"literal": "BBC"}],
        accessed={"date-parts": [[2020, 5, 2]]},
        URL="https://example.org/a",
        title="Libraries",
    )
    article = item(type="article-journal", **{"container-title": "Journal"})
    style = "harvard-cite-them-right"
    assert "Accessed: 2 May 2020" in text_of(web, style, "en-GB")
    assert "May 2, 2020" in text_of(web, style, "en-US")
    assert "‘Together’" in text_of(article, style, "en-GB")
    assert "“Together.”" in text_of(article, style, "en-US")


def test_small_capitals_are_lower_case_in_plain_text():
    [entry] = rendered([item(author=[person("Sánchez", "P. A.")])], "din-1505-2")
    assert entry.text.startswith("Sánchez, P. A.")
    assert '<span class="smallcaps">Sánchez' in entry.html


def test_notes_on_the_record_are_not_cited():
    """This style prints notes."""
    noted = item(note="Title taken from the address.", custom={"correction": "No."})
    text = text_of(noted, "apa-annotated-bibliography")
    assert "address" not in text
    assert "Together" in text


def test_a_chapter_of_an_unknown_book_has_no_in():
    """Without editors and a book, “In” would have nothing after it."""
    chapter = item(type="chapter", publisher="Springer", issued=year(2014))
    style = "springer-socpsych-author-date"
    assert text_of(chapter, style) == "Together. (2014). Springer."
    within = chapter | {"container-title": "Handbook"}
    assert text_of(within, style) == "Together. (2014). In Handbook. Springer."


def test_a_term_in_a_choice_stays():
    """This style prints “n.d.” for an undated work from a <choose>."""
    undated = item(author=[person("Alford", "J.")])
    assert "n.d." in text_of(undated, "oxford-journals-scimed-author-date")


def test_initials_are_joined_if_the_style_does_so():
    works = [person("Flemig", "S.-S."), {"literal": "A.-B. Trust"}]
    for role in ("author", "editor"):
        text = text_of(item(**{role: works}), "nlm-citation-sequence")
        assert text.startswith("Flemig SS, A.-B. Trust")
    assert text_of(item(author=works)).startswith("Flemig, S.-S., & A.-B. Trust")


WEB = {
    "type": "webpage",
    "author": [person("Beck", "P.")],
    "URL": "https://x.example/a",
}
READ = {"accessed": {"date-parts": [[2020, 5, 2]]}}


@pytest.mark.parametrize(
    ("style", "unread", "read"),
    [
        (
            "apa",
            "https://x.example/a",
            "Retrieved 2 May 2020, from https://x.example/a",
        ),
        (
            "apa-6th-edition",
            "Retrieved from https://x.example/a",
            "Retrieved 2 May 2020, from https://x.example/a",
        ),
    ],
)
def test_styles_print_retrieved_only_with_a_date(style, unread, read):
    assert text_of(item(**WEB), style) == f"Beck, P. (n.d.). Together. {unread}"
    assert text_of(item(**WEB, **READ), style) == f"Beck, P. (n.d.). Together. {read}"


def test_a_rule_that_would_not_shorten_begins_later():
    root = ElementTree.Element("style")
    rule = {"et-al-min": "3", "et-al-use-first": "3"}
    part = ElementTree.SubElement(root, "bibliography", rule)
    enable_et_al(root)
    assert part.get("et-al-min") == "4"
    assert root.get("et-al-min") == str(NEVER_SHORTENED)
