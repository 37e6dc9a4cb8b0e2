"""CSL-JSON files that other programs wrote."""

import json

import pytest

from references.formats import CSL_JSON
from references.formats import reader as limits
from references.formats.name_parser import OTHERS_CSL


def read(text):
    return CSL_JSON.read(text if isinstance(text, bytes) else text.encode(), "a.json")


def told(reading):
    return [str(refusal) for refusal in reading.refusals]


def of(**item):
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
def test_dates_in_all_their_writings(issued, parts):
    reading = of(issued=issued)
    assert reading.works[0].to_csl()["issued"] == {"date-parts": [parts]}
    assert reading.refusals == []


@pytest.mark.parametrize(
    ("issued", "taken"),
    [
        (
            {"date-parts": [[2014], [2015]]},
            "Of the date “2014 and more”, 2014 is taken.",
        ),
        ({"date-parts": [[2014]], "circa": True}, "Of the date “2014 and more”, 2014"),
        ({"date-parts": []}, "left out: issued of “A” (a): it is no date."),
        (7, "left out: issued of “A” (a): it is no date."),
    ],
)
def test_of_other_dates_what_can_be_taken_is(issued, taken):
    reading = of(issued=issued)
    assert len(reading.works) == 1
    assert taken in told(reading)[0]


def test_parts_of_names_that_print_are_kept():
    name = {"family": "Meyer", "given": "", "isInstitution": False}
    (work,) = of(author=[name, {}], editor={"literal": "B"}).works
    assert work.to_csl()["author"] == [{"family": "Meyer"}]
    assert work.to_csl()["editor"] == [{"literal": "B"}]


def test_older_names_and_visible_keys_are_taken():
    reading = of(**{"event": "E", "citation-key": "meyer-2014", "custom": {"x": 1}})
    assert reading.works[0].to_csl() == {
        **{"id": "meyer-2014", "type": "book", "title": "A", "event-title": "E"}
    }
    assert told(reading) == []


def test_numbers_and_texts_in_odd_places_are_told_of():
    reading = of(DOI=7, author=7, title=8, publisher=True, volume=9.5)
    assert reading.works[0].to_csl() == {
        **{"id": "a", "type": "book", "title": "8", "volume": "9.5"}
    }
    assert told(reading) == [
        "a.json:1: left out: publisher of “8” (a): it is no text.",
        "a.json:1: left out: DOI of “8” (a): “7” is no DOI.",
        "a.json:1: left out: author of “8” (a): “7”: A person has a family name, "
        "a body a literal name.",
    ]


def test_keys_may_be_numbers_or_addresses():
    (work,) = of(id=7).works
    assert work.key == "a-nd"
    (work,) = of(id="http://a.example/items/A").works
    assert work.key == "a-nd"


@pytest.mark.parametrize(
    ("language", "code"),
    [("de-CH", "de-CH"), ("ger", "de"), ("German", "de"), ("gsw", "gsw")],
)
def test_languages_by_code_or_name(language, code):
    assert of(language=language).works[0].language == code


def test_variables_we_have_no_place_for_are_told_of():
    assert told(of(abstract="B", custom=7)) == [
        "a.json:1: Works here have no place for: abstract."
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
                "a.json:4: No JSON from here on (Expecting ':' delimiter).",
            ],
        ),
    ],
)
def test_good_items_are_kept_and_bad_ones_told_by_line(text, keys, sentences):
    reading = read(text)
    assert [work.key for work in reading.works] == keys
    for sentence, start in zip(told(reading), sentences, strict=False):
        assert sentence.startswith(start)
    assert reading.refusals


@pytest.mark.parametrize("name", ["csl-json", "bibtex", "ris"])
def test_files_larger_than_we_take_are_refused(name, monkeypatch):
    from references.formats import FORMATS

    monkeypatch.setattr(limits, "MAX_BYTES", 2_000_000)
    reading = FORMATS[name].read(b" " * 2_000_001, "a")
    assert told(reading) == ["a:1: The file is larger than 2 MB; is it the right one?"]


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
def test_names_in_all_their_writings(author, names):
    reading = of(author=author)
    assert reading.works[0].to_csl().get("author") == names
    assert told(reading) == []


@pytest.mark.parametrize(
    ("author", "reason"),
    [
        ("Jane Doe and Max Roe", "who is meant can’t be told."),
        (
            [{"family": "Doe", "given": "Jane and Max Roe"}],
            "who is meant can’t be told.",
        ),
        ([{"family": "Doe and Roe"}], "“Doe and Roe”: who is meant can’t be told."),
        ([{"family": "Jane Doe and Max Roe"}], "who is meant can’t be told."),
        ([{"family": ", et al."}], "Others stand here without a name"),
        ([{"family": "Doe", "given": "J., Roe"}], "who is meant can’t be told."),
        ([{"family": "n.a."}], "“n.a.” names nobody."),
        ([{"foo": 1}], "There is no such key here."),
        ([{"family": ["Doe"]}], "This should be text."),
        ([["Doe", "Jane"]], "A person has a family name"),
    ],
)
def test_names_that_are_none_are_told_of(author, reason):
    reading = of(author=author)
    assert reading.works[0].author == []
    assert reason in told(reading)[0]


@pytest.mark.parametrize(
    ("kind", "right"),
    [
        ("journal-article", "article-journal"),
        ("legal-case", "legal_case"),
        ("Motion_Picture", "motion_picture"),
    ],
)
def test_types_in_other_writings(kind, right):
    reading = of(type=kind)
    assert (reading.works[0].type, told(reading)) == (right, [])


@pytest.mark.parametrize("issued", [{"date-parts": [2014]}, 2014])
def test_years_alone_are_dates(issued):
    assert of(issued=issued).works[0].issued == (2014, None, None)
    assert of(issued={"date-parts": [[None]]}).works[0].issued is None


def test_titles_in_lists_are_titles():
    reading = of(**{"title": ["A"], "container-title": ["J", "K"]})
    assert (reading.works[0].title, reading.works[0].container_title) == ("A", "J")
    assert told(reading) == [
        "a.json:1: left out: container-title of “A” (a): “K” is a second one."
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
def test_lists_of_other_programs_are_taken(text, encoding):
    (work,) = read(text.encode(encoding)).works
    assert (work.key, work.title) == ("a", "A")


def test_figures_stay_as_they_are_written():
    figure = "9" * 5_000
    reading = read(
        f'[{{"title": "A", "edition": 1.10, "note": {figure}, "issue": NaN}}]'
    )
    (work,) = reading.works
    assert (work.edition, work.note, work.issue) == ("1.10", figure, None)
    assert told(reading) == [
        "a.json:1: left out: issue of “A” (line 1): it is no text."
    ]


def test_of_a_variable_that_stands_twice_the_first_is_taken():
    reading = read('[{"title": "A",\n"title": "B"}]')
    assert reading.works[0].title == "A"
    assert told(reading) == ["a.json:1: The first of several is taken of: title."]


def test_what_crossref_answers_is_a_work():
    message = {"title": ["A"], "type": "journal-article", "DOI": "10.1000/x"}
    reading = read(json.dumps({"status": "ok", "message": message}))
    assert [work.to_csl() for work in reading.works] == [
        {"id": "a-nd", "type": "article-journal", "title": "A", "DOI": "10.1000/x"}
    ]
