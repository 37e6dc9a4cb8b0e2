import pytest

from references.csl import Work
from references.styles import rendering
from references.styles.bibliographies import find_year_suffixes, render_bibliography
from references.styles.errors import UnknownLocaleError, UnknownStyleError
from references.styles.year_suffixes import added_suffix
from tests.references.styles.csl_factories import item, long_list, person, year


def works(*items):
    return [Work.model_validate(each) for each in items]


def alike(n, **variables):
    """Works by one person in one year, in the order of their titles."""
    by = {"author": [person("Bovaird", "T.")], "issued": year(2012)} | variables
    return works(*(item(f"work-{each}", title=f"{each}", **by) for each in range(n)))


def test_the_order_and_every_work(chapter):
    entries = render_bibliography(chapter, "apa")
    assert sorted(entry.key for entry in entries) == sorted(
        work.key for work in chapter
    )
    assert entries[0].text.startswith("Alford, J. (2009).")


@pytest.mark.parametrize(
    ("style", "locale", "quoted"),
    [
        # It asks for no language, and is American.
        ("modern-language-association", "", "“0.”"),
        ("modern-language-association", "en-GB", "‘0’."),
        ("elsevier-harvard", "", "(Ed.)"),
        ("modern-language-association", "de-DE", "„0“."),
        # It asks for German; what a reader chooses wins.
        ("din-1505-2-alphanumeric", "", "(Hrsg.)"),
        ("din-1505-2-alphanumeric", "en-GB", "(ed.)"),
    ],
)
def test_the_language_is_chosen_or_the_style_s_own(style, locale, quoted):
    made_by = {"author": [person("Bovaird", "T.")], "editor": [person("Meyer", "K.")]}
    journal = {"type": "chapter", "container-title": "Journal"}
    [entry] = render_bibliography(alike(1, **made_by, **journal), style, locale)
    assert quoted in entry.text


@pytest.mark.parametrize("locale", ["xx-XX", "en_GB", "../../etc", "-V", "en-GB:x"])
def test_an_unknown_language_is_refused(locale):
    with pytest.raises(UnknownLocaleError, match="No list can be set"):
        render_bibliography(alike(1), "apa", locale)


def test_an_unknown_style_is_refused():
    with pytest.raises(UnknownStyleError):
        render_bibliography(alike(1), "../../etc")


def test_letters_of_years_are_those_of_the_list():
    letters = find_year_suffixes([*alike(3), *works(item("other"))], "apa")
    assert letters == {"work-0": "a", "work-1": "b", "work-2": "c"}


def test_letters_of_works_without_a_year():
    assert find_year_suffixes(alike(2, issued=None), "apa") == {
        "work-0": "a",
        "work-1": "b",
    }


def test_letters_where_the_style_puts_the_year_last():
    letters = find_year_suffixes(alike(2), "springer-basic-author-date")
    assert letters == {"work-0": "a", "work-1": "b"}


def test_letters_beyond_z():
    letters = find_year_suffixes(alike(28), "apa")
    assert [letters[f"work-{n}"] for n in (9, 25)] != ["", ""]
    assert {len(letter) for letter in letters.values()} == {1, 2}
    assert len(set(letters.values())) == 28


def test_styles_that_number_works_need_no_letters():
    assert find_year_suffixes(alike(2), "nlm-citation-sequence") == {}


def test_nothing_is_set_where_no_two_works_are_alike(monkeypatch):
    monkeypatch.setattr(rendering, "timeout_seconds", lambda n: 0.0)
    assert (
        find_year_suffixes(works(item("a"), item("b", issued=year(2012))), "apa") == {}
    )


def test_letters_of_a_long_list():
    items = long_list(400)
    letters = find_year_suffixes(works(*items), "apa")
    by_key = {
        entry.key: entry.text for entry in render_bibliography(works(*items), "apa")
    }
    years = {each["id"]: each["issued"]["date-parts"][0][0] for each in items}
    assert len(letters) > 40
    assert all(f"({years[key]}{a})" in by_key[key] for key, a in letters.items())


@pytest.mark.parametrize(
    ("plain", "lettered", "letter"),
    [
        ("A. (2012). B", "A. (2012b). B", "b"),
        ("A. (n.d.). B", "A. (n.d.-a). B", "a"),
        ("A. 2012", "A. 2012c", "c"),
        ("A. 2012", "A. 2012", ""),
        ("A. (2012) A. B", "A. (2012a) A. B", "a"),
        ("[A2012] A. 2012", "[A2012b] A. 2012b", "b"),
    ],
)
def test_a_letter_is_what_was_added(plain, lettered, letter):
    assert added_suffix(plain, lettered) == letter
