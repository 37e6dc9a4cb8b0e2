"""When two works, and two names, look alike: rules on texts, with no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.desk.duplicates.normalized_records import normalize_name, normalize_work
from casebase.desk.duplicates.similarity_rules import (
    SAME_DOI,
    SAME_TITLE,
    WINDOW,
    find_similar_names,
    find_similar_works,
)

LONG = "Co-production in practice: lessons of five neighbourhoods"
texts = st.text(alphabet="abcö -12", max_size=12)


def normalized(key, doi, title, year, surnames, options=None):
    options = options or {}
    bodies = options.get("bodies", ())
    names = [normalize_name(0, surname, "", "", "") for surname in surnames]
    names += [normalize_name(0, "", "", "", body) for body in bodies]
    known = {name: value for name, value in options.items() if name != "bodies"}
    return normalize_work(key, doi, title, year, authors=names, **known)


def works_alike(one, other):
    records = [normalized(key, *each) for key, each in enumerate([one, other])]
    return find_similar_works(records).get((0, 1), "")


def names_alike(one, other):
    records = [normalize_name(key, *each) for key, each in enumerate([one, other])]
    return find_similar_names(records).get((0, 1), "")


# Works


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("10.1/X", "One", 2001, []), ("10.1/x", "Two", 2002, []), "same DOI"),
        (("", LONG, 2014, []), ("", LONG, 2014, []), "same title and year"),
        (("", LONG, None, []), ("", LONG, None, []), "same title and year"),
        (
            ("", LONG, 2014, ["Meyer"]),
            ("", LONG.upper().replace("-", ""), 2014, ["Meyer", "Grosser"]),
            "same title and year",
        ),
        (("", LONG, 2014, ["Meyer"]), ("", LONG, 2014, ["Grosser"]), ""),
        (("", LONG, 2014, ["Alford"]), ("", LONG, 2014, ["Aldford"]), SAME_TITLE),
        (
            ("", LONG, 2014, ["Meyer"]),
            ("", LONG, 2014, [], {"bodies": ["City of Weyhe"]}),
            SAME_TITLE,
        ),
        (
            ("", "Preface", 2014, ["Meyer"]),
            ("", "Preface", 2014, [], {"bodies": ["City of Weyhe"]}),
            "",
        ),
        (("", "About us", None, []), ("", "About us", None, []), ""),
        (
            ("", "About us", None, ["Meyer"]),
            ("", "About us", None, ["Meyer"]),
            SAME_TITLE,
        ),
        (
            ("", LONG, 2014, []),
            ("", LONG.replace("practice", "practise"), 2014, []),
            "almost the same title",
        ),
        (
            ("", LONG, 2014, []),
            ("", LONG.replace("Co-", "Ko-"), 2014, []),
            "almost the same title",
        ),
        (("", LONG, 2014, []), ("", LONG, 2015, []), ""),
        (("", LONG, 2014, []), ("", LONG, None, []), ""),
        (("", f"{LONG} 1", 2014, []), ("", f"{LONG} 2", 2014, []), ""),
        (("", "Bürger", 2014, []), ("", "Buerger in Wien", 2014, []), ""),
        (("", "Preface", 2014, []), ("", "Preface", 2014, []), "same title and year"),
        (("", "Preface", 2014, ["Meyer"]), ("", "Preface", 2014, ["Grosser"]), ""),
        (
            ("", "Preface", 2014, ["Löffler", "Bovaird"]),
            ("", "Preface", 2014, ["Loeffler"]),
            "same title and year",
        ),
    ],
)
def test_works_are_alike_by_doi_or_by_title_and_year(one, other, why):
    assert works_alike(one, other) == works_alike(other, one) == why


CHAPTER, BOOK, PAPER = ({"kind": k} for k in ("chapter", "book", "article-journal"))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("10.1/x", "Trust", 2014, [], CHAPTER), ("10.1/x", "All", 2014, [], BOOK), ""),
        (
            ("10.1/x", "Trust", 2014, [], CHAPTER),
            ("10.1/x", "Time", 2014, [], CHAPTER),
            "",
        ),
        (
            ("10.1/x", "Trust: A view", 2014, [], CHAPTER),
            ("10.1/x", "Trust", 2014, [], CHAPTER),
            SAME_DOI,
        ),
        (("10.1/x", "Trust", 2014, [], PAPER), ("10.1/x", "T", 2014, []), SAME_DOI),
        (("", LONG, 2014, [], CHAPTER), ("", LONG, 2014, [], BOOK), ""),
        (("", LONG, 2014, [], CHAPTER), ("", LONG, 2014, [], PAPER), SAME_TITLE),
    ],
)
def test_a_chapter_is_not_its_book(one, other, why):
    assert works_alike(one, other) == works_alike(other, one) == why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"numbering": ["1", "", ""]}, {"numbering": ["2", "", ""]}, ""),
        ({"numbering": ["2nd", "", ""]}, {"numbering": ["2ND", "", ""]}, SAME_TITLE),
        ({"numbering": ["", "3", "1"]}, {"numbering": ["", "3", "2"]}, ""),
        ({"numbering": ["", "3", ""]}, {"numbering": ["", "4", ""]}, ""),
        ({"numbering": ["2", "", ""]}, {"numbering": ["", "", ""]}, SAME_TITLE),
        ({"container": "Journal of Trust"}, {"container": "Handbook of Time"}, ""),
        ({"container": "Journal of Trust"}, {"container": ""}, SAME_TITLE),
        (
            {"container": "Journal of Trust"},
            {"container": "Journal of trusts"},
            SAME_TITLE,
        ),
    ],
)
def test_numbers_and_journals_tell_editorials_apart(one, other, why):
    pair = [("", "Editorial", 2014, ["Meyer"], each) for each in (one, other)]
    assert works_alike(*pair) == works_alike(*reversed(pair)) == why


def test_a_long_title_may_stand_in_two_places():
    places = [{"container": "Journal of Trust"}, {"container": "Handbook of Time"}]
    pair = [("", LONG, 2014, ["Meyer"], place) for place in places]
    assert works_alike(*pair) == SAME_TITLE


# Names: family, given, suffix, or the literal one of a body


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Loeffler", "E.", "", ""), ("Löffler", "E.", "", "")),
        (("Loeffler", "E.", "", ""), ("Löffler", "Elke", "", "")),
        (("Loeffler", "", "", ""), ("Löffler", "Elke", "", "")),
        (("Osborne", "S. P.", "", ""), ("Osborne", "S.", "", "")),
        (("Flemig", "S.-S.", "", ""), ("Flemig", "Sophie", "", "")),
        (("Brix", "JL", "", ""), ("Brix", "J. L.", "", "")),
        (("Ryzin", "G. G.", "", ""), ("RYZIN", "Gregg", "", "")),
        (("", "", "", "Nesta"), ("", "", "", "NESTA")),
        (
            ("", "", "", "Kreis für Brücken"),
            ("", "", "", "Kreis fur Bruecken"),
        ),
        (
            ("", "", "", "Ministry of Health and Care"),
            ("", "", "", "Ministry of Heath and Care"),
        ),
    ],
)
def test_two_spellings_of_a_name_are_alike(one, other):
    assert names_alike(one, other)
    assert names_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Loeffler", "E.", "", ""), ("Löffler", "M.", "", "")),
        (("Loeffler", "Elke", "", ""), ("Löffler", "Eva", "", "")),
        (("Osborne", "S. P.", "", ""), ("Osborne", "S. M.", "", "")),
        (("King", "M. L.", "Jr.", ""), ("King", "M. L.", "", "")),
        (("Meyer", "E.", "", ""), ("Mayer", "E.", "", "")),
        (("Nesta", "", "", ""), ("", "", "", "Nesta")),
        (("", "", "", "Ministry of Health"), ("", "", "", "Ministry of Finance")),
    ],
)
def test_other_names_are_not(one, other):
    assert not names_alike(one, other)


# Many records


def test_however_many_are_the_same_each_is_compared_with_few():
    records = [normalize_work(key, "", LONG, 2014) for key in range(100)]
    pairs = find_similar_works(records)
    assert all(one < other for one, other in pairs)
    assert len(pairs) < 100 * WINDOW * 2
    assert {key for pair in pairs for key in pair} == set(range(100))


@given(st.lists(st.tuples(texts, texts, st.none() | st.just(2014)), max_size=12))
def test_to_ask_of_one_is_to_ask_of_all_and_choose(rows):
    records = [
        normalize_work(key, doi, title, year)
        for key, (doi, title, year) in enumerate(rows)
    ]
    every = find_similar_works(records)
    assert find_similar_works(records, {0}) == {
        pair: why for pair, why in every.items() if 0 in pair
    }
