"""RIS files of other programs."""

import pytest

from references.formats import RIS


def read(text):
    return RIS.read(text if isinstance(text, bytes) else text.encode(), "a.ris")


def message_texts(result):
    return [str(message) for message in result.messages]


def read_variables(*lines, ris_type="JOUR"):
    record = "\n".join([f"TY  - {ris_type}", "TI  - A", *lines, "ER  - "])
    (work,) = read(record).works
    item = work.to_csl()
    return {name: item[name] for name in item if name not in ("id", "title", "type")}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("AU  - van Eijk, C.", {"family": "Eijk", "non-dropping-particle": "van"}),
        ("A1  - Goethe, C. von", {"family": "Goethe", "dropping-particle": "von"}),
        ("AU  - King, C., Jr., III", {"family": "King", "suffix": "Jr., III"}),
    ],
)
def test_names_of_people_are_parsed(line, name):
    (author,) = read_variables(line)["author"]
    assert author == name | {"given": "C."}


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("AU  - Stadt Kehl", "Stadt Kehl"),
        ("AU  - Stadt Kehl,", "Stadt Kehl"),
        ("AU  - Barnes and Noble, Inc.", "Barnes and Noble, Inc."),
        ("A2  - University of California, Irvine,", "University of California, Irvine"),
    ],
)
def test_names_of_organisations_are_kept_whole(line, body):
    (names,) = read_variables(line).values()
    assert names == [{"literal": body}]


@pytest.mark.parametrize("tag", ["ED", "A2", "A3"])
def test_editors_are_read_from_several_tags(tag):
    assert read_variables(f"{tag}  - Meyer, G.") == {
        "editor": [{"family": "Meyer", "given": "G."}]
    }


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["PY  - 2014", "DA  - 2014/05/21/"], [2014, 5, 21]),
        (["DA  - 2014/05//", "PY  - 2014"], [2014, 5]),
        (["Y1  - 2014///"], [2014]),
        (["DA  - 2014/00/00/"], [2014]),
        (["DA  - 2014-05-21"], [2014, 5, 21]),
        (["DA  - 2014/05/21/10:20:30"], [2014, 5, 21]),
        (["PY  - 2014", "DA  - MAY"], [2014, 5]),
        (["PY  - 2014", "DA  - MAY 21"], [2014, 5, 21]),
    ],
)
def test_dates_are_read(lines, parts):
    assert read_variables(*lines) == {"issued": {"date-parts": [parts]}}


def test_the_year_of_a_season_is_read():
    result = read("TY  - NEWS\nTI  - A\nDA  - Spring 2014\nER  - ")
    assert result.works[0].issued == (2014, None, None)
    assert message_texts(result) == [
        "a.ris:3: issued: The date “Spring 2014” is imported as 2014."
    ]


def test_the_month_before_a_season_is_read():
    result = read("TY  - NEWS\nTI  - A\nDA  - 2014/05//Spring\nER  - ")
    assert result.works[0].issued == (2014, 5, None)
    assert message_texts(result) == [
        "a.ris:3: issued: The date “2014/05//Spring” is imported as May 2014."
    ]


@pytest.mark.parametrize(("ris_type", "tag"), [("CHAP", "A2"), ("BOOK", "A3")])
def test_editors_of_a_series_are_left_out(ris_type, tag):
    series = {"A2": "A3", "A3": "A2"}[tag]
    lines = [
        f"TY  - {ris_type}",
        "TI  - A",
        f"{series}  - B, C.",
        f"{tag}  - Meyer, G.",
    ]
    result = read("\n".join([*lines, "ER  - "]))
    assert [name.family for name in result.works[0].editor] == ["Meyer"]
    assert message_texts(result) == [f"a.ris:1: Works have no field for: {series}."]


def test_the_type_decides_what_tags_mean():
    assert read_variables("T2  - S", ris_type="RPRT") == {"collection-title": "S"}
    assert read_variables("T2  - M", "C3  - P", ris_type="CONF") == {
        "container-title": "P",
        "event-title": "M",
    }
    assert read_variables("JO  - J", "T2  - Second") == {"container-title": "J"}


def test_pages_notes_and_dois_are_read():
    lines = ["SP  - 3", "EP  - 5", "N1  - One", "N1  - two", "DO  - doi: 10.1000/a"]
    assert read_variables(*lines, "RN  - Mine.") == {
        **{"page": "3-5", "note": "One two", "DOI": "10.1000/a"}
    }
    assert read_variables("SP  - e12") == {"page": "e12"}


def test_unknown_types_are_documents():
    (work,) = read("TY  - NEW\nTI  - A\nER  - ").works
    assert work.type == "document"


def test_a_line_without_a_tag_continues_the_last_one():
    result = read("TY  - JOUR\n\nTI  - A long\ntitle\n\nT2  - B\nER  - \n")
    assert (result.works[0].title, result.messages) == ("A long title", [])


def test_single_spaces_and_carriage_returns_are_read():
    result = read("\ufeffTY - JOUR\r\nTI -A\r\nER -\r\n")
    assert [work.title for work in result.works] == ["A"]


BROKEN = """Words before.
TY  - JOUR
TI  - First
AU  - Meyer, G.
AU  - Meyer, G.
KW  - care
UK  - none
ER  -
TY  - JOUR
AU  - Nobody, N.
ER  -
TY  - JOUR
TI  - Nul \0
ER  -
TY  - JOUR
TI  - Stra\udcdfe
ER  -
TY  - JOUR
ID  - Meyer:2014
TI  - Without an end
TY  - JOUR
TI  - Last"""


def test_good_records_are_imported_and_bad_ones_reported_by_line():
    result = read(BROKEN.encode("utf-8", "surrogateescape"))
    assert [work.key for work in result.works] == [
        *("meyer-nd", "nul-nd", "strasse-nd", "without-an-end-nd", "last-nd")
    ]
    assert message_texts(result) == [
        "a.ris:2: Works have no field for: KW, UK.",
        "a.ris:4: author: This name is listed twice; it is imported once.",
        "a.ris:9: This entry has no title; it is left out.",
        "a.ris:16: This is not saved as UTF-8; it is read as Windows-1252. "
        "Check that its characters are right.",
        "a.ris:18: This record has no end (ER); it is imported as it is.",
        "a.ris:19: id: The key “Meyer:2014” becomes “without-an-end-nd” here.",
        "a.ris:21: This record has no end (ER); it is imported as it is.",
    ]


def test_an_empty_file_is_reported():
    assert message_texts(read("")) == ["a.ris:1: There is no record in this file."]


def test_records_without_keys_get_citekeys():
    names = "AU  - Meyer, G.\nAU  - Grosser, B.\nPY  - 2014"
    record = f"TY  - JOUR\nTI  - A\n{names}\nER  - \n"
    more = record.replace("PY", "ED  - E, E.\nAU  - Löffler, E.\nPY")
    assert [work.key for work in read(record * 2 + more).works] == [
        *("meyer-grosser-2014", "meyer-grosser-2014-2", "meyer-et-al-2014")
    ]


@pytest.mark.parametrize(
    ("ris_type", "tag", "variable"),
    [
        ("RPRT", "SN", "number"),
        ("RPRT", "M1", "number"),
        ("JOUR", "C7", "number"),
        ("CASE", "SV", "number"),
        ("CASE", "PB", "authority"),
        ("CPAPER", "CY", "event-place"),
        ("CPAPER", "C1", "publisher-place"),
        ("BOOK", "CY", "publisher-place"),
    ],
)
def test_tags_have_the_meaning_of_endnote(ris_type, tag, variable):
    assert read_variables(f"{tag}  - 4a", ris_type=ris_type) == {variable: "4a"}


def test_a_tag_without_a_meaning_in_the_type_is_reported():
    result = read("TY  - BOOK\nTI  - A\nSN  - 978-3-030-55508-5\nER  - ")
    assert message_texts(result) == ["a.ris:1: Works have no field for: SN."]
