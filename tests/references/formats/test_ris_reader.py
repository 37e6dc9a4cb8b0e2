"""RIS files that other programs wrote."""

import pytest

from references.formats import RIS


def read(text):
    return RIS.read(text if isinstance(text, bytes) else text.encode(), "a.ris")


def told(reading):
    return [str(refusal) for refusal in reading.refusals]


def variables(*lines, kind="JOUR"):
    record = "\n".join([f"TY  - {kind}", "TI  - A", *lines, "ER  - "])
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
def test_names_of_people(line, name):
    (author,) = variables(line)["author"]
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
def test_names_of_bodies(line, body):
    (names,) = variables(line).values()
    assert names == [{"literal": body}]


@pytest.mark.parametrize("tag", ["ED", "A2", "A3"])
def test_editors_have_several_tags(tag):
    assert variables(f"{tag}  - Meyer, G.") == {
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
def test_dates(lines, parts):
    assert variables(*lines) == {"issued": {"date-parts": [parts]}}


def test_a_date_in_words_gives_its_year():
    reading = read("TY  - NEWS\nTI  - A\nDA  - Spring 2014\nER  - ")
    assert reading.works[0].issued == (2014, None, None)
    assert told(reading) == [
        "a.ris:3: issued: Of the date “Spring 2014”, 2014 is taken."
    ]


def test_of_a_date_with_a_season_the_month_is_taken():
    reading = read("TY  - NEWS\nTI  - A\nDA  - 2014/05//Spring\nER  - ")
    assert reading.works[0].issued == (2014, 5, None)
    assert told(reading) == [
        "a.ris:3: issued: Of the date “2014/05//Spring”, May 2014 is taken."
    ]


@pytest.mark.parametrize(("kind", "tag"), [("CHAP", "A2"), ("BOOK", "A3")])
def test_editors_of_a_series_are_left_out(kind, tag):
    series = {"A2": "A3", "A3": "A2"}[tag]
    lines = [f"TY  - {kind}", "TI  - A", f"{series}  - B, C.", f"{tag}  - Meyer, G."]
    reading = read("\n".join([*lines, "ER  - "]))
    assert [name.family for name in reading.works[0].editor] == ["Meyer"]
    assert told(reading) == [f"a.ris:1: Works here have no place for: {series}."]


def test_tags_mean_what_the_type_says():
    assert variables("T2  - S", kind="RPRT") == {"collection-title": "S"}
    assert variables("T2  - M", "C3  - P", kind="CONF") == {
        "container-title": "P",
        "event-title": "M",
    }
    assert variables("JO  - J", "T2  - Second") == {"container-title": "J"}


def test_pages_notes_and_dois():
    lines = ["SP  - 3", "EP  - 5", "N1  - One", "N1  - two", "DO  - doi: 10.1000/a"]
    assert variables(*lines, "RN  - Mine.") == {
        **{"page": "3-5", "note": "One two", "DOI": "10.1000/a"}
    }
    assert variables("SP  - e12") == {"page": "e12"}


def test_unknown_types_are_documents():
    (work,) = read("TY  - NEW\nTI  - A\nER  - ").works
    assert work.type == "document"


def test_continued_lines_belong_to_their_tag():
    reading = read("TY  - JOUR\n\nTI  - A long\ntitle\n\nT2  - B\nER  - \n")
    assert (reading.works[0].title, reading.refusals) == ("A long title", [])


def test_one_space_and_carriage_returns_are_read_too():
    reading = read("\ufeffTY - JOUR\r\nTI -A\r\nER -\r\n")
    assert [work.title for work in reading.works] == ["A"]


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


def test_good_records_are_kept_and_bad_ones_told_by_line():
    reading = read(BROKEN.encode("utf-8", "surrogateescape"))
    assert [work.key for work in reading.works] == [
        *("meyer-nd", "nul-nd", "strasse-nd", "without-an-end-nd", "last-nd")
    ]
    assert told(reading) == [
        "a.ris:2: Works here have no place for: KW, UK.",
        "a.ris:4: author: A name stands here twice; it is taken once.",
        "a.ris:9: This entry has no title; it is left out.",
        "a.ris:16: This is not saved as UTF-8, and is read as Windows-1252. See "
        "whether its signs are right.",
        "a.ris:18: This record has no end (ER); it is taken as it stands.",
        "a.ris:19: id: The key “Meyer:2014” becomes “without-an-end-nd” here.",
        "a.ris:21: This record has no end (ER); it is taken as it stands.",
    ]


def test_an_empty_file_says_so():
    assert told(read("")) == ["a.ris:1: There is no record in this file."]


def test_records_without_keys_get_ours():
    names = "AU  - Meyer, G.\nAU  - Grosser, B.\nPY  - 2014"
    record = f"TY  - JOUR\nTI  - A\n{names}\nER  - \n"
    more = record.replace("PY", "ED  - E, E.\nAU  - Löffler, E.\nPY")
    assert [work.key for work in read(record * 2 + more).works] == [
        *("meyer-grosser-2014", "meyer-grosser-2014-2", "meyer-et-al-2014")
    ]


@pytest.mark.parametrize(
    ("kind", "tag", "variable"),
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
def test_tags_have_the_meaning_that_endnote_gives_them(kind, tag, variable):
    assert variables(f"{tag}  - 4a", kind=kind) == {variable: "4a"}


def test_a_tag_that_means_nothing_in_a_type_is_told_of():
    reading = read("TY  - BOOK\nTI  - A\nSN  - 978-3-030-55508-5\nER  - ")
    assert told(reading) == ["a.ris:1: Works here have no place for: SN."]
