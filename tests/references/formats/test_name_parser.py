"""Names in one line of text: people, organisations, lists, or ambiguous names."""

import pytest

from references.csl import Name
from references.formats.name_parser import invert_name, parse_names


def parse_and_invert(text):
    return [invert_name(Name.model_validate(name)) for name in parse_names(text)]


def parse_literals(text):
    return [name.get("literal") for name in parse_names(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Doe, J.; Roe, R.", ["Doe, J.", "Roe, R."]),
        ("Doe, J.|Roe, R.", ["Doe, J.", "Roe, R."]),
        ("Doe, Jane and Roe, Max", ["Doe, Jane", "Roe, Max"]),
        ("Doe, J and Roe, R and Poe, P", ["Doe, J", "Roe, R", "Poe, P"]),
        ("Doe, J. & Roe, R.", ["Doe, J.", "Roe, R."]),
        ("Doe, J., Roe, R., & Poe, P.", ["Doe, J.", "Roe, R.", "Poe, P."]),
        ("Doe, J., Roe, R.", ["Doe, J.", "Roe, R."]),
        ("Jane Doe, Max Roe, Ann van Abel", ["Doe, Jane", "Roe, Max", "van Abel, Ann"]),
        ("Smith AG, Lee CO, Moe B", ["Smith, AG", "Lee, CO", "Moe, B"]),
        ("Doe E., Roe T.", ["Doe, E", "Roe, T"]),
        ("J. Doe and M. Roe", ["Doe, J.", "Roe, M."]),
        ("Abel, Ann and", ["Abel, Ann"]),
        ("and Abel, Ann", ["Abel, Ann"]),
        ("Doe, J. (Ed.)", ["Doe, J."]),
        ("Doe, Jane; World Bank", ["Doe, Jane", "World Bank"]),
        (
            "Doe, Jane and World Health Organization",
            ["Doe, Jane", "World Health Organization"],
        ),
        ("Doe, J., et al.", ["Doe, J.", "et al."]),
        ("et al.,", ["et al."]),
        ("Doe, J.,", ["Doe, J."]),
        ("Doe, J. and 3 others", ["Doe, J.", "et al."]),
        ("Doe, Jane <doe@a.example>; Roe, R. (ed.)", ["Doe, Jane", "Roe, R."]),
        (
            "Doe, J., Roe, R., ... Abel, A.",
            ["Doe, J.", "Roe, R.", "Abel, A.", "et al."],
        ),
        ("Doe, J., … & Abel, A.", ["Doe, J.", "Abel, A.", "et al."]),
        ("Doe, J.; ...; Abel, A.", ["Doe, J.", "Abel, A.", "et al."]),
        ("Doe, J., ...", ["Doe, J.", "et al."]),
        ("Doe, J. et al. et al.", ["Doe, J.", "et al."]),
        ("Doe, Jane/Roe, Max", ["Doe, Jane", "Roe, Max"]),
        ("Doe, J. on behalf of the ABC Study Group", ["Doe, J.", "ABC Study Group"]),
        ("王小明、李四", ["王小明", "李四"]),
        ("毛泽东\uff1b李四", ["毛泽东", "李四"]),
        ("WHO/UNICEF", ["WHO", "UNICEF"]),
    ],
)
def test_a_line_with_several_names_is_split(text, names):
    assert parse_and_invert(text) == names


@pytest.mark.parametrize(
    ("text", "family", "given", "suffix"),
    [
        ("Smith, AG", "Smith", "AG", None),
        ("Lee, CO", "Lee", "CO", None),
        ("Moe, S. A.", "Moe", "S. A.", None),
        ("Garcia Lopez, S. A.", "Garcia Lopez", "S. A.", None),
        ("Board, J.", "Board", "J.", None),
        ("Doe,J.", "Doe", "J.", None),
        ("Fanning E.", "Fanning", "E.", None),
        ("Ortega y Gasset, José", "Ortega y Gasset", "José", None),
        ("King, M. L., Jr.", "King", "M. L.", "Jr."),
        ("King, Jr., M. L.", "King", "M. L.", "Jr."),
        ("King, M. L., Jr., III", "King", "M. L.", "Jr., III"),
        ("Roe, Max, PhD, MSc", "Roe", "Max", "PhD, MSc"),
        ("Jane Doe, MD, PhD", "Doe", "Jane", "MD, PhD"),
        ("Jane Doe, PhD, MD", "Doe", "Jane", "PhD, MD"),
        ("King, Jr., M. D.", "King", "M. D.", "Jr."),
        ("Roe R, Jr", "Roe", "R", "Jr"),
        ("Jane Doe, Jr.", "Doe", "Jane", "Jr."),
        ("Doe,Jane,", "Doe", "Jane", None),
        ("Smith, John (1950-)", "Smith", "John", None),
        ("Smith, John (b. 1950)", "Smith", "John", None),
        ("王, 小明", "王", "小明", None),
        ("Roe, London", "Roe", "London", None),
        ("Garcia Lopez, María", "Garcia Lopez", "María", None),
    ],
)
def test_people_are_parsed(text, family, given, suffix):
    parts = {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})
    assert parse_names(text) == [parts]


@pytest.mark.parametrize(
    "text",
    [
        *("WHO", "Stadt Kehl", "Siemens AG", "Oxfam GB", "Ernst and Young"),
        *("Barnes and Noble, Inc.", "Marks & Spencer", "Health and Social Care Board"),
        *("Department of Health, Social Services and Public Safety",),
        *("University of California, Irvine", "Department of Health and Social Care"),
        *("Royal Society for the Protection of Birds, The", "World Bank Group, AG"),
        *("Royal College of Nursing, UK", "Care Quality Commission, UK"),
        *("Hans von und zu Stein", "Friends of the Earth and Greenpeace"),
    ],
)
def test_organisations_are_one_name(text):
    assert parse_literals(text) == [text]


def test_a_suffix_may_follow_a_family_name_alone():
    assert parse_names("Doe, , Jr.") == [{"family": "Doe", "suffix": "Jr."}]


def test_a_final_comma_marks_an_organisation():
    assert parse_literals("Barnes and Noble, Booksellers,") == [
        "Barnes and Noble, Booksellers"
    ]
    assert parse_literals(",") == [","]


@pytest.mark.parametrize(
    "text",
    [
        *("Jane Doe and Max Roe", "Smith, J.B. and Jones", "Doe, J.; ;a, b, c, d, e"),
        *("Energy, Climate and Transport", "A, b, C, d, E, f, G et al."),
        *("Age Concern, London", "Jane Doe with Max Roe", "Jane Doe/Max Roe"),
        *("Jane Doe und Max Roe", "Doe, Jane for the ABC Group", "김철수, 박영희"),
        *(
            "김철수, 박영희, 이영수, 최민수",
            "Doe, J., Roe, R., Jr.",
            "A, B, C, D, E, ...",
        ),
    ],
)
def test_an_ambiguous_text_gives_no_names(text):
    assert parse_names(text) == []
