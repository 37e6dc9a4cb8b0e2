"""CSL-JSON files of other programs."""

import json

import pytest

from references.formats import CSL_JSON
from references.formats import reader as limits
from references.formats.name_parser import OTHERS_CSL


def read(text):
    return CSL_JSON.read(text if isinstance(text, bytes) else text.encode(), "a.json")


def message_texts(result):
    return [str(message) for message in result.messages]


def read_item(**item):
    return read(json.dumps([{"id": "a", "type": "book", "title": "A"} | item]))


@pytest.mark.parametrize(
    ("issued", "parts"),
    [
        ({"date-parts": [["2014", "5"]]}, [2014, 5]),
        ({"raw": "2014-05-21"}, [2014, 5, 21]),
        ({"literal": "2014"}, [2014]),
        ("2014-05", [2014, 5]),
        ({"year": 2014}, [2014]),
        ({"year": "2014", "month": "May", "day": 21}, [2014, 5, 21]),
        ({"date-time": "2014-05-21T10:00:00Z"}, [2014, 5, 21]),
    ],
)
def test_dates_are_read_in_every_form(issued, parts):
    result = read_item(issued=issued)
    assert result.works[0].to_csl()["issued"] == {"date-parts": [parts]}
    assert result.messages == []


@pytest.mark.parametrize(
    ("issued", "message"),
    [
        (
            {"date-parts": [[2014], [2015]]},
            "The date “2014 and more” is imported as 2014.",
        ),
        (
            {"date-parts": [[2014]], "circa": True},
            "The date “2014 and more” is imported as 2014.",
        ),
        ({"date-parts": []}, "left out: issued of “A” (a): it is not a date."),
        (7, "left out: issued of “A” (a): it is not a date."),
    ],
)
def test_an_inexact_date_is_imported_in_part_and_reported(issued, message):
    result = read_item(issued=issued)
    assert len(result.works) == 1
    assert message in message_texts(result)[0]


def test_printed_parts_of_names_are_kept():
    name = {"family": "Meyer", "given": "", "isInstitution": False}
    (work,) = read_item(author=[name, {}], editor={"literal": "B"}).works
    assert work.to_csl()["author"] == [{"family": "Meyer"}]
    assert work.to_csl()["editor"] == [{"literal": "B"}]


def test_former_variable_names_and_visible_keys_are_read():
    result = read_item(
        **{"event": "E", "citation-key": "meyer-2014", "custom": {"x": 1}}
    )
    assert result.works[0].to_csl() == {
        **{"id": "meyer-2014", "type": "book", "title": "A", "event-title": "E"}
    }
    assert message_texts(result) == []


def test_values_of_the_wrong_type_are_converted_or_reported():
    result = read_item(DOI=7, author=7, title=8, publisher=True, volume=9.5)
    assert result.works[0].to_csl() == {
        **{"id": "a", "type": "book", "title": "8", "volume": "9.5"}
    }
    assert message_texts(result) == [
        "a.json:1: left out: publisher of “8” (a): it is not text.",
        "a.json:1: left out: DOI of “8” (a): “7” is not a DOI.",
        "a.json:1: left out: author of “8” (a): “7”: A person has a family name, "
        "a body a literal name.",
    ]


def test_keys_may_be_numbers_or_urls():
    (work,) = read_item(id=7).works
    assert work.key == "a-nd"
    (work,) = read_item(id="http://a.example/items/A").works
    assert work.key == "a-nd"


@pytest.mark.parametrize(
    ("language", "code"),
    [("de-CH", "de-CH"), ("ger", "de"), ("German", "de"), ("gsw", "gsw")],
)
def test_languages_are_read_by_code_or_name(language, code):
    assert read_item(language=language).works[0].language == code


def test_unknown_variables_are_reported():
    assert message_texts(read_item(abstract="B", custom=7)) == [
        "a.json:1: Works have no field for: abstract."
    ]


@pytest.mark.parametrize(
    ("text", "keys", "sentences"),
    [
        ("[", [], ["a.json:1: The list of works has no end."]),
        (
            "{}",
            [],
            ["a.json:1: The JSON can’t be read (the file should be a list of works)."],
        ),
        ("[" * 100_000, [], ["a.json:1: The JSON can’t be read ("]),
        (
            '[\n{"id": "a",\n"title": 7, "type": "book"},\n7]',
            ["a"],
            ["a.json:4: This entry has no title; it is left out."],
        ),
        (
            '[{"id": "a", "type": "book", "title": "A"},\n{"id": "b", "type": "book"},'
            '\n{"id": "c", "type": "book", "title": "\\ud800"},\n{"id" x',
            ["a"],
            [
                "a.json:2: This entry has no title; it is left out.",
                "a.json:3: left out: title of the work in c: it is not saved as UTF-8.",
                "a.json:3: This entry has no title; it is left out.",
                "a.json:4: The JSON is invalid from here on (Expecting ':' delimiter).",
            ],
        ),
    ],
)
def test_good_items_are_imported_and_bad_ones_reported_by_line(text, keys, sentences):
    result = read(text)
    assert [work.key for work in result.works] == keys
    for sentence, start in zip(message_texts(result), sentences, strict=False):
        assert sentence.startswith(start)
    assert result.messages


@pytest.mark.parametrize("name", ["csl-json", "bibtex", "ris"])
def test_too_large_files_are_rejected(name, monkeypatch):
    from references.formats import FORMATS

    monkeypatch.setattr(limits, "MAX_BYTES", 2_000_000)
    result = FORMATS[name].read(b" " * 2_000_001, "a")
    assert message_texts(result) == [
        "a:1: The file is larger than 2 MB; is it the right one?"
    ]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ([{"name": "WHO"}], [{"literal": "WHO"}]),
        (["Doe, J.", "WHO"], [{"family": "Doe", "given": "J."}, {"literal": "WHO"}]),
        ("Doe, J.", [{"family": "Doe", "given": "J."}]),
        ([{"given": "Plato"}], [{"family": "Plato"}]),
        ([{"firstName": "J.", "lastName": "Doe"}], [{"family": "Doe", "given": "J."}]),
        ([{"family": "WHO", "isInstitution": True}], [{"literal": "WHO"}]),
        (
            [{"family": "Doe, J.; Roe, R."}],
            [{"family": "Doe", "given": "J."}, {"family": "Roe", "given": "R."}],
        ),
        (
            [{"literal": "Barnes, Noble; and Inc."}],
            [{"literal": "Barnes, Noble; and Inc."}],
        ),
        ([{"family": "", "given": ""}, None], None),
        ([{"family": "Doe et al."}], [{"family": "Doe"}, {"literal": "others"}]),
        ([{"literal": "A Group et al."}], [{"literal": "A Group"}, OTHERS_CSL]),
        ([{"family": "Doe, Jane"}], [{"family": "Doe", "given": "Jane"}]),
        ([{"literal": "Doe, Jane"}], [{"family": "Doe", "given": "Jane"}]),
        (
            [{"given": "J., Roe, R.", "family": "Doe"}],
            [{"family": "Doe", "given": "J."}, {"family": "Roe", "given": "R."}],
        ),
        (
            [{"family": "King", "given": "M., Jr."}],
            [{"family": "King", "given": "M.", "suffix": "Jr."}],
        ),
        ([{"literal": "毛泽东; 李四"}], [{"literal": "毛泽东"}, {"literal": "李四"}]),
        ([{"family": "Ortega y Gasset"}], [{"family": "Ortega y Gasset"}]),
        ([{"family": "J. Doe"}], [{"family": "J. Doe"}]),
        *(
            ([{"literal": body}], [{"literal": body}])
            for body in ("University of A, Irvine", "Age Concern, London", "A and B")
        ),
        ([{"family": "Board of A and B"}], [{"family": "Board of A and B"}]),
    ],
)
def test_names_are_read_in_every_form(author, names):
    result = read_item(author=author)
    assert result.works[0].to_csl().get("author") == names
    assert message_texts(result) == []


@pytest.mark.parametrize(
    ("author", "reason"),
    [
        ("Jane Doe and Max Roe", "it is unclear who is meant."),
        (
            [{"family": "Doe", "given": "Jane and Max Roe"}],
            "it is unclear who is meant.",
        ),
        ([{"family": "Doe and Roe"}], "“Doe and Roe”: it is unclear who is meant."),
        ([{"family": "Jane Doe and Max Roe"}], "it is unclear who is meant."),
        ([{"family": ", et al."}], "“et al.” has no name before it"),
        ([{"family": "Doe", "given": "J., Roe"}], "it is unclear who is meant."),
        ([{"family": "n.a."}], "“n.a.” names nobody."),
        ([{"foo": 1}], "There is no such key."),
        ([{"family": ["Doe"]}], "This should be text."),
        ([["Doe", "Jane"]], "A person has a family name"),
    ],
)
def test_invalid_names_are_reported(author, reason):
    result = read_item(author=author)
    assert result.works[0].author == []
    assert reason in message_texts(result)[0]


@pytest.mark.parametrize(
    ("written_type", "csl_type"),
    [
        ("journal-article", "article-journal"),
        ("legal-case", "legal_case"),
        ("Motion_Picture", "motion_picture"),
    ],
)
def test_types_are_read_in_every_spelling(written_type, csl_type):
    result = read_item(type=written_type)
    assert (result.works[0].type, message_texts(result)) == (csl_type, [])


@pytest.mark.parametrize("issued", [{"date-parts": [2014]}, 2014])
def test_a_year_alone_is_a_date(issued):
    assert read_item(issued=issued).works[0].issued == (2014, None, None)
    assert read_item(issued={"date-parts": [[None]]}).works[0].issued is None


def test_the_first_title_of_a_list_is_read():
    result = read_item(**{"title": ["A"], "container-title": ["J", "K"]})
    assert (result.works[0].title, result.works[0].container_title) == ("A", "J")
    assert message_texts(result) == [
        "a.json:1: left out: container-title of “A” (a): “K” is a second value."
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "a", "title": "A"}',
        '{\n"items": [{"id": "a", "title": "A"}], "x": 1}',
        '{"config": {"x": [1]}, "items": [{"id": "a", "title": "A"}]}',
        '[{"id": "a", "title": "A"},]',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lists_of_other_programs_are_read(text, encoding):
    (work,) = read(text.encode(encoding)).works
    assert (work.key, work.title) == ("a", "A")


def test_numbers_stay_as_they_are_written():
    figure = "9" * 5_000
    result = read(
        f'[{{"title": "A", "edition": 1.10, "note": {figure}, "issue": NaN}}]'
    )
    (work,) = result.works
    assert (work.edition, work.note, work.issue) == ("1.10", figure, None)
    assert message_texts(result) == [
        "a.json:1: left out: issue of “A” (line 1): it is not text."
    ]


def test_the_first_value_of_a_repeated_variable_counts():
    result = read('[{"title": "A",\n"title": "B"}]')
    assert result.works[0].title == "A"
    assert message_texts(result) == [
        "a.json:1: These are repeated, and only the first is imported: title."
    ]


def test_an_answer_of_crossref_is_read():
    message = {"title": ["A"], "type": "journal-article", "DOI": "10.1000/x"}
    result = read(json.dumps({"status": "ok", "message": message}))
    assert [work.to_csl() for work in result.works] == [
        {"id": "a-nd", "type": "article-journal", "title": "A", "DOI": "10.1000/x"}
    ]
