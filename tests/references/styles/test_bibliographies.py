import pytest

from references.csl import Work
from references.styles import rendering
from references.styles.bibliographies import find_year_suffixes, render_bibliography
from references.styles.errors import UnknownLocaleError, UnknownStyleError
from references.styles.year_suffixes import added_suffix
from tests.references.styles.csl_factories import item, long_list, person, year


def works(*items):
    return [Work.model_validate(each) for each in items]


def similar_works(n, **variables):
    """Return works by one person in one year, in the order of their titles."""
    by = {"author": [person("Bovaird", "T.")], "issued": year(2012)} | variables
    return works(*(item(f"work-{each}", title=f"{each}", **by) for each in range(n)))


def test_every_work_has_an_entry_in_the_order_of_the_style(chapter):
    entries = render_bibliography(chapter, "apa")
    assert sorted(entry.key for entry in entries) == sorted(
        work.key for work in chapter
    )
    assert entries[0].text.startswith("Alford, J. (2009).")


@pytest.mark.parametrize(
    ("style", "locale", "quoted"),
    [
        # The style has no default locale and is American.
        ("modern-language-association", "", "“0.”"),
        ("modern-language-association", "en-GB", "‘0’."),
        ("elsevier-harvard", "", "(Ed.)"),
        ("modern-language-association", "de-DE", "„0“."),
        # The default locale is German; the locale that a reader chooses replaces it.
        ("din-1505-2-alphanumeric", "", "(Hrsg.)"),
        ("din-1505-2-alphanumeric", "en-GB", "(ed.)"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_default(style, locale, quoted):
    made_by = {"author": [person("Bovaird", "T.")], "editor": [person("Meyer", "K.")]}
    journal = {"type": "chapter", "container-title": "Journal"}
    [entry] = render_bibliography(similar_works(1, **made_by, **journal), style, locale)
    assert quoted in entry.text


@pytest.mark.parametrize("locale", ["xx-XX", "en_GB", "../../etc", "-V", "en-GB:x"])
def test_an_unknown_language_is_an_error(locale):
    with pytest.raises(UnknownLocaleError, match="No list can be set"):
        render_bibliography(similar_works(1), "apa", locale)


def test_an_unknown_style_is_an_error():
    with pytest.raises(UnknownStyleError):
        render_bibliography(similar_works(1), "../../etc")


def test_year_suffixes_are_those_of_the_list():
    suffixes = find_year_suffixes([*similar_works(3), *works(item("other"))], "apa")
    assert suffixes == {"work-0": "a", "work-1": "b", "work-2": "c"}


def test_undated_works_have_suffixes():
    assert find_year_suffixes(similar_works(2, issued=None), "apa") == {
        "work-0": "a",
        "work-1": "b",
    }


def test_suffixes_are_found_if_the_year_comes_last():
    suffixes = find_year_suffixes(similar_works(2), "springer-basic-author-date")
    assert suffixes == {"work-0": "a", "work-1": "b"}


def test_suffixes_after_z_have_two_letters():
    suffixes = find_year_suffixes(similar_works(28), "apa")
    assert [suffixes[f"work-{n}"] for n in (9, 25)] != ["", ""]
    assert {len(suffix) for suffix in suffixes.values()} == {1, 2}
    assert len(set(suffixes.values())) == 28


def test_styles_that_number_works_have_no_suffixes():
    assert find_year_suffixes(similar_works(2), "nlm-citation-sequence") == {}


def test_nothing_is_rendered_if_no_works_are_similar(monkeypatch):
    monkeypatch.setattr(rendering, "timeout_seconds", lambda n: 0.0)
    assert (
        find_year_suffixes(works(item("a"), item("b", issued=year(2012))), "apa") == {}
    )


def test_a_long_list_has_suffixes(short_parts):
    items = long_list(160)
    suffixes = find_year_suffixes(works(*items), "apa")
    by_key = {
        entry.key: entry.text for entry in render_bibliography(works(*items), "apa")
    }
    years = {each["id"]: each["issued"]["date-parts"][0][0] for each in items}
    assert len(suffixes) > 12
    assert all(
        f"({years[key]}{suffix})" in by_key[key] for key, suffix in suffixes.items()
    )


@pytest.mark.parametrize(
    ("plain", "suffixed", "suffix"),
    [
        ("A. (2012). B", "A. (2012b). B", "b"),
        ("A. (n.d.). B", "A. (n.d.-a). B", "a"),
        ("A. 2012", "A. 2012c", "c"),
        ("A. 2012", "A. 2012", ""),
        ("A. (2012) A. B", "A. (2012a) A. B", "a"),
        ("[A2012] A. 2012", "[A2012b] A. 2012b", "b"),
    ],
)
def test_a_suffix_is_the_text_that_was_added(plain, suffixed, suffix):
    assert added_suffix(plain, suffixed) == suffix
