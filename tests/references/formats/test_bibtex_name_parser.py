"""Names in BibTeX files as people write them: nobody is invented, and none is lost."""

import pytest

from references.csl import OTHERS, Work
from references.formats import BIBTEX
from references.formats.bibtex_name_parser import UnclearNamesError, names_in
from tests.references.formats.test_bibtex_reader import ENTRY, read, told

DOE, ROE, MOE = ("Doe, J.", "Roe, R.", "Moe, M.")
LISTS = {
    "Doe, J.; Roe, R.": [DOE, ROE],
    "Doe, J.; and Roe, R.; and Moe, M.": [DOE, ROE, MOE],
    "Doe, J. | Roe, R.": [DOE, ROE],
    r"Doe, J. \& Roe, R.": [DOE, ROE],
    "Doe, J., Roe, R., & Moe, M.": [DOE, ROE, MOE],
    "Doe, J., Roe, R.": [DOE, ROE],
    "J. Doe, R. Roe and M. Moe": [DOE, ROE, MOE],
    "J. Doe, R. Roe": [DOE, ROE],
    "Jane Doe, Max Roe, Ann Moe": ["Doe, Jane", "Roe, Max", "Moe, Ann"],
    "J. Doe, Max Roe": [DOE, "Roe, Max"],
    "Doe, Jane, van Roe, Max": ["Doe, Jane", "van|Roe, Max"],
    "Doe JM, Roe R": ["Doe, JM", "Roe, R"],
    "Smith AG, Lee CO, Moe B": ["Smith, AG", "Lee, CO", "Moe, B"],
    "Smith J., Lee C.": ["Smith, J.", "Lee, C."],
    "Doe JM and Roe RB": ["Doe, JM", "Roe, RB"],
    "Smith, AG and Lee, CO": ["Smith, AG", "Lee, CO"],
    "Abel, Ann and": ["Abel, Ann"],
    "and Abel, Ann and and Roe, Max,": ["Abel, Ann", "Roe, Max"],
    "{Doe, Jane and Roe, Max}": ["Doe, Jane", "Roe, Max"],
    "Roe, Max, Jr. and King, Jr., Martin": ["Roe, Max, Jr.", "King, Martin, Jr."],
    "John Doe Jr. and John Doe, Sr.": ["Doe, John, Jr.", "Doe, John, Sr."],
    "García Márquez, Gabriel José": ["García Márquez, Gabriel José"],
    r"Boronat, {\relax Ph}ilippe and {\'E}, A.": ["Boronat, Philippe", "É, A."],
    "Jane {van Doe}": ["van Doe, Jane"],
    "M&uuml;ller, A. and Roe, R.": ["M&uuml;ller, A.", ROE],
    # The way of biblatex.
    "family=Hoven, given=J., prefix=van and Doe, J.": ["van|Hoven, J.", DOE],
    'given="Jean", family={Salle}, suffix=Sr, useprefix=true': ["Salle, Jean, Sr"],
    "given=Plato": ["Plato"],
    "family={{NESTA}}": ["=NESTA"],
    "useprefix=true and Doe, J.": [DOE],
    # Bodies.
    "{{NESTA}} and {Barnes and Noble, Inc.}": ["={NESTA}", "=Barnes and Noble, Inc."],
    "{Doe, Jane}": ["=Doe, Jane"],
    "Barnes, Inc. and Barnes & Noble": ["=Barnes, Inc.", "=Barnes & Noble"],
    "World Health Organization and OECD": ["=World Health Organization", "=OECD"],
    "Siemens AG": ["=Siemens AG"],
    "Department of Health and Doe, J.": ["=Department of Health", DOE],
    "{}": [],
    # There are others.
    "Doe, J. and others": [DOE, "others"],
    "Doe, J. et al.": [DOE, "others"],
    "Doe, J., Roe, R., et al.": [DOE, ROE, "others"],
    "{J. Doe et al.}": [DOE, "others"],
    "Ministry of Justice and others": ["=Ministry of Justice", "others"],
    "Doe, J. and 12 others": [DOE, "others"],
    "Doe, J., Roe, R., 3 more": [DOE, ROE, "others"],
    # What stands beside names is none.
    "Jane Doe (Ed.) and Roe, R. [Hrsg.]": ["Doe, Jane", ROE],
    "Doe, J. <doe@a.example>": [DOE],
    r"Jane Doe$^1$ and Roe\textsuperscript{2,*}, R.": ["Doe, Jane", ROE],
    "Jane Doe* and Ann Roe\u2020": ["Doe, Jane", "Roe, Ann"],
    "Doe, J. and Acme, Inc.": [DOE, "=Acme, Inc."],
    r"Doe, Jane$^{a}$ and Max Roe$^{\dagger}$": ["Doe, Jane", "Roe, Max"],
    r"Jane\thanks{The {x} y} Doe and Roe\footnotemark[1], R.": ["Doe, Jane", ROE],
    r"Jane{\dag} Doe and Roe\textdagger, R.": ["Doe, Jane", ROE],
    "Smith, John (1950-) and Smith, Ann (b. 1960)": ["Smith, John", "Smith, Ann"],
    '"Doe, J." and "Roe, R."': [DOE, ROE],
    "Doe, Jane on behalf of the ABC Study Group": ["Doe, Jane", "=ABC Study Group"],
    "Doe, J., Roe, R., ... Moe, M.": [DOE, ROE, "others", MOE],
    r"Doe, J. and \ldots and Moe, M.": [DOE, "others", MOE],
    "Doe, J., … & Moe, M.": [DOE, "others", MOE],
    "Hans von und zu Stein": ["von und zu|Stein, Hans"],
    # Suffixes.
    "Jane Doe, MD, PhD and Roe, Max, PhD, MSc": [
        *("Doe, Jane, MD, PhD", "Roe, Max, PhD, MSc"),
    ],
    "Doe, , Jr.": ["Doe, Jr."],
    "Doe,Jane,": ["Doe, Jane"],
    # Family names of several words.
    "Ortega y Gasset, José": ["Ortega y Gasset, José"],
    "José Ortega y Gasset": ["Ortega y Gasset, José"],
    "de Cervantes y Saavedra, Miguel": ["de|Cervantes y Saavedra, Miguel"],
    "de la Cruz, Maria": ["de la|Cruz, Maria"],
    "王小明、李四": ["王小明", "李四"],
    "毛泽东 and 李四": ["毛泽东", "李四"],
    # Bodies without braces.
    "Ministry of Health, Kenya": ["=Ministry of Health, Kenya"],
    "University of California, Irvine and Doe, J.": [
        *("=University of California, Irvine", DOE),
    ],
    "Local Government Association, London": ["=Local Government Association, London"],
    "National Institutes of Health": ["=National Institutes of Health"],
    "Friends of the Earth and Doe, J.": ["=Friends of the Earth", DOE],
    "A Trust, B Board, C Group": ["=A Trust", "=B Board", "=C Group"],
    "J. Doe and Meyer": [DOE, "Meyer"],
    "Meyer and Doe JM": ["Meyer", "Doe, JM"],
}
BODY_OR_TWO = "may be one body or two; braces say which."
PARTED = (
    *(
        "Centers for Disease Control and Prevention",
        "Institutes of Health and Medicine",
    ),
    *("Friends of the Earth and Greenpeace", "Health and Safety Executive"),
    *("Jane Doe and Greenpeace", "University of A, B and Public Safety"),
)
ONE_OR_MORE = "may be one name or several, or a body."
GLUED = (
    *("Jane Doe und Max Roe", "Jane Doe with Max Roe", "Jane Doe/Max Roe"),
    *("Doe, Jane for the ABC Group", "Age Concern, London"),
)


def line_of(name):
    """family, given, suffix; or =body"""
    if "literal" in name:
        return "others" if name["literal"] == OTHERS.literal else f"={name['literal']}"
    parts = [name.get(part, "") for part in ("family", "given", "suffix")]
    particle = name.get("non-dropping-particle")
    return (f"{particle}|" if particle else "") + ", ".join(filter(None, parts))


@pytest.mark.parametrize(("latex", "people"), LISTS.items())
def test_lists_of_names(latex, people):
    assert [line_of(name) for name in names_in(latex)] == [
        person.replace("={NESTA}", "=NESTA") for person in people
    ]


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        ("Doe, Jane, Roe", "“Doe, Jane, Roe” is no list of names."),
        (
            "University of X, Department of Y, City, Country",
            "“University of X, Department of Y, City, Country” is no list of names.",
        ),
        ("Doe, J., A. B., Roe", "“Doe, J., A. B., Roe” is no list of names."),
        (
            "Department of Health and Social Care",
            "“Department of Health and Social Care” may be one body or two; "
            "braces say which.",
        ),
        (
            "Barnes and Noble, Inc.",
            "“Barnes and Noble, Inc.” may be one body or two; braces say which.",
        ),
        (
            "Smith, Ann and Sons Ltd",
            "“Smith, Ann and Sons Ltd” may be one body or two; braces say which.",
        ),
        (
            "Jane Doe, Max Roe, and Ann Abel",
            "“Jane Doe, Max Roe” may be one person or two; part people with “and”.",
        ),
        *((latex, f"“{latex}” {BODY_OR_TWO}") for latex in PARTED),
        *((latex, f"“{latex}” {ONE_OR_MORE}") for latex in GLUED),
        ("김철수, 박영희", "“김철수, 박영희” is no list of names."),
        ("xdata=key-author-1", "“xdata=key-author-1” stands for a name elsewhere."),
    ],
)
def test_of_an_unclear_list_nobody_is_taken_and_it_is_told(latex, reason):
    with pytest.raises(UnclearNamesError) as raised:
        names_in(latex)
    assert str(raised.value) == reason
    reading = read(ENTRY % f"author = {{{latex}}}")
    assert reading.works[0].author == []
    assert told(reading) == [f"a.bib:3: left out: author of “A” (k-1): {reason}"]


WORDS_FOR_NOBODY = ["Anonymous", "n.a.", "No Author", "{N/A}", "N/A", "s.n.", "n.d."]
WORDS_FOR_NOBODY += ["-", "?", "123", "Staff", "Staff Writer"]


@pytest.mark.parametrize("latex", WORDS_FOR_NOBODY)
def test_words_for_nobody_are_left_out(latex):
    reading = read(ENTRY % f"author = {{{latex} and Doe, J.}}")
    assert [name.family for name in reading.works[0].author] == ["Doe"]
    words = latex.strip("{}")
    assert told(reading) == [
        f"a.bib:3: left out: author of “A” (k-1): “{words}” names nobody."
    ]


def test_a_name_that_may_be_two_is_one_as_its_comma_says_and_told():
    reading = read(ENTRY % "author = {Jane Doe, Max Roe}")
    assert reading.works[0].author[0].family == "Jane Doe"
    assert told(reading) == [
        "a.bib:3: author: “Jane Doe, Max Roe” is taken for one person; "
        "if these are two, part them with “and” or “;”."
    ]


def test_people_that_look_like_several_are_written_in_braces():
    names = [{"family": "Plato"}, {"family": "Zeno"}, {"family": "A/B", "given": "C."}]
    names += [{"family": "Age Concern", "given": "London"}]
    names += [{"family": "Poe", "given": "A.", "non-dropping-particle": "d’"}]
    work = Work.model_validate(
        {"id": "a", "type": "book", "title": "A", "author": names}
    )
    assert read(b"".join(BIBTEX.write([work]))).works == [work]


def test_what_stands_beside_names_is_told():
    reading = read(ENTRY % "author = {Doe, J. <a@b.example> and Roe, R. (Ed.)}")
    assert told(reading) == [
        "a.bib:3: author: “<a@b.example> (Ed.)” is no name; it is left out."
    ]
