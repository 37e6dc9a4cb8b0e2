"""Lists of names in BibTeX files: no author is invented, and none is lost."""

import pytest

from references.csl import OTHERS, Work
from references.formats import BIBTEX
from references.formats.bibtex_name_parser import AmbiguousNamesError, parse_name_list
from tests.references.formats.test_bibtex_reader import ENTRY, message_texts, read

DOE, ROE, MOE = ("Doe, J.", "Roe, R.", "Moe, M.")
NAME_LISTS = {
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
    # Names with keys, as in biblatex.
    "family=Hoven, given=J., prefix=van and Doe, J.": ["van|Hoven, J.", DOE],
    'given="Jean", family={Salle}, suffix=Sr, useprefix=true': ["Salle, Jean, Sr"],
    "given=Plato": ["Plato"],
    "family={{NESTA}}": ["=NESTA"],
    "useprefix=true and Doe, J.": [DOE],
    # Organisations.
    "{{NESTA}} and {Barnes and Noble, Inc.}": ["={NESTA}", "=Barnes and Noble, Inc."],
    "{Doe, Jane}": ["=Doe, Jane"],
    "Barnes, Inc. and Barnes & Noble": ["=Barnes, Inc.", "=Barnes & Noble"],
    "World Health Organization and OECD": ["=World Health Organization", "=OECD"],
    "Siemens AG": ["=Siemens AG"],
    "Department of Health and Doe, J.": ["=Department of Health", DOE],
    "{}": [],
    # Incomplete lists.
    "Doe, J. and others": [DOE, "others"],
    "Doe, J. et al.": [DOE, "others"],
    "Doe, J., Roe, R., et al.": [DOE, ROE, "others"],
    "{J. Doe et al.}": [DOE, "others"],
    "Ministry of Justice and others": ["=Ministry of Justice", "others"],
    "Doe, J. and 12 others": [DOE, "others"],
    "Doe, J., Roe, R., 3 more": [DOE, ROE, "others"],
    # Text beside names.
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
    # Organisations without braces.
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
ONE_OR_TWO = "may be one organisation or two; put each organisation in braces."
AMBIGUOUS_ORGANIZATIONS = (
    *(
        "Centers for Disease Control and Prevention",
        "Institutes of Health and Medicine",
    ),
    *("Friends of the Earth and Greenpeace", "Health and Safety Executive"),
    *("Jane Doe and Greenpeace", "University of A, B and Public Safety"),
)
ONE_OR_MORE = "may be one name, several, or an organisation."
AMBIGUOUS_NAMES = (
    *("Jane Doe und Max Roe", "Jane Doe with Max Roe", "Jane Doe/Max Roe"),
    *("Doe, Jane for the ABC Group", "Age Concern, London"),
)


def format_name(name):
    """Return “particle|family, given, suffix”, “=organisation” or “others”."""
    if "literal" in name:
        return "others" if name["literal"] == OTHERS.literal else f"={name['literal']}"
    parts = [name.get(part, "") for part in ("family", "given", "suffix")]
    particle = name.get("non-dropping-particle")
    return (f"{particle}|" if particle else "") + ", ".join(filter(None, parts))


@pytest.mark.parametrize(("latex", "people"), NAME_LISTS.items())
def test_lists_of_names_are_parsed(latex, people):
    assert [format_name(name) for name in parse_name_list(latex)] == [
        person.replace("={NESTA}", "=NESTA") for person in people
    ]


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        ("Doe, Jane, Roe", "“Doe, Jane, Roe” is not a list of names."),
        (
            "University of X, Department of Y, City, Country",
            "“University of X, Department of Y, City, Country” is not a list of names.",
        ),
        ("Doe, J., A. B., Roe", "“Doe, J., A. B., Roe” is not a list of names."),
        (
            "Department of Health and Social Care",
            f"“Department of Health and Social Care” {ONE_OR_TWO}",
        ),
        (
            "Barnes and Noble, Inc.",
            f"“Barnes and Noble, Inc.” {ONE_OR_TWO}",
        ),
        (
            "Smith, Ann and Sons Ltd",
            f"“Smith, Ann and Sons Ltd” {ONE_OR_TWO}",
        ),
        (
            "Jane Doe, Max Roe, and Ann Abel",
            "“Jane Doe, Max Roe” may be one person or two; separate people with “and”.",
        ),
        *((latex, f"“{latex}” {ONE_OR_TWO}") for latex in AMBIGUOUS_ORGANIZATIONS),
        *((latex, f"“{latex}” {ONE_OR_MORE}") for latex in AMBIGUOUS_NAMES),
        ("김철수, 박영희", "“김철수, 박영희” is not a list of names."),
        (
            "xdata=key-author-1",
            "“xdata=key-author-1” refers to a name that is defined elsewhere.",
        ),
    ],
)
def test_an_ambiguous_list_is_left_out_and_reported(latex, reason):
    with pytest.raises(AmbiguousNamesError) as raised:
        parse_name_list(latex)
    assert str(raised.value) == reason
    result = read(ENTRY % f"author = {{{latex}}}")
    assert result.works[0].author == []
    assert message_texts(result) == [
        f"a.bib:3: left out: author of “A” (k-1): {reason}"
    ]


PLACEHOLDER_NAMES = ["Anonymous", "n.a.", "No Author", "{N/A}", "N/A", "s.n.", "n.d."]
PLACEHOLDER_NAMES += ["-", "?", "123", "Staff", "Staff Writer"]


@pytest.mark.parametrize("latex", PLACEHOLDER_NAMES)
def test_placeholder_names_are_left_out(latex):
    result = read(ENTRY % f"author = {{{latex} and Doe, J.}}")
    assert [name.family for name in result.works[0].author] == ["Doe"]
    words = latex.strip("{}")
    assert message_texts(result) == [
        f"a.bib:3: left out: author of “A” (k-1): “{words}” names nobody."
    ]


def test_a_name_that_may_be_two_is_read_as_one_and_reported():
    result = read(ENTRY % "author = {Jane Doe, Max Roe}")
    assert result.works[0].author[0].family == "Jane Doe"
    assert message_texts(result) == [
        "a.bib:3: author: “Jane Doe, Max Roe” is read as one person; "
        "if these are two people, separate them with “and” or “;”."
    ]


def test_names_that_look_like_several_are_written_in_braces():
    names = [{"family": "Plato"}, {"family": "Zeno"}, {"family": "A/B", "given": "C."}]
    names += [{"family": "Age Concern", "given": "London"}]
    names += [{"family": "Poe", "given": "A.", "non-dropping-particle": "d’"}]
    work = Work.model_validate(
        {"id": "a", "type": "book", "title": "A", "author": names}
    )
    assert read(b"".join(BIBTEX.write([work]))).works == [work]


def test_placeholder_names_are_written_in_braces():
    work = {"id": "a", "type": "book", "title": "A", "author": [{"family": "N.N."}]}
    written = b"".join(BIBTEX.write([Work.model_validate(work)]))
    assert b"author = {{N.N.}, {}}" in written


def test_text_beside_names_is_reported():
    result = read(ENTRY % "author = {Doe, J. <a@b.example> and Roe, R. (Ed.)}")
    assert message_texts(result) == [
        "a.bib:3: author: “<a@b.example> (Ed.)” is not a name; it is left out."
    ]
