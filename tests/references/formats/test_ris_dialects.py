"""The meaning of tags in RIS files of different programs, in any order."""

import pytest

from references.formats import RIS
from references.formats.name_parser import invert_name


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
    "lines",
    [
        ["JA  - J Pub Manag", "JF  - Journal of Public Management"],
        ["JF  - Journal of Public Management", "JA  - J. Pub. Manag."],
        ["JO  - J Pub Mgmt", "T2  - Journal of Public Management"],
        ["J2  - J Pub Manag", "T2  - Journal of Public Management"],
        ["JO  - Journal of Public Management"],
        ["BT  - Journal of Public Management"],
    ],
)
def test_the_full_name_of_a_journal_is_preferred(lines):
    assert read_variables(*lines) == {"container-title": "Journal of Public Management"}


def test_another_name_of_a_journal_is_reported():
    result = read("TY  - JOUR\nTI  - A\nJO  - J\nT2  - Second\nER  - ")
    assert result.works[0].container_title == "J"
    assert message_texts(result) == ["a.ris:1: Works have no field for: T2."]


def test_tags_before_the_type_belong_to_the_record():
    text = (
        "Provider: X\nID  - a\nAU  - Doe, J.\nTY  - BOOK\nTI  - A\nER  - \n"
        "AU  - Roe, R.\nTY  - BOOK\nTI  - B\nER  - \nTI  - C\nER  - "
    )
    result = read(text)
    assert [(w.key, w.title, w.type) for w in result.works] == [
        ("a", "A", "book"),
        ("roe-nd", "B", "book"),
        ("c-nd", "C", "document"),
    ]
    assert message_texts(result) == ["a.ris:11: type: This record has no type (TY)."]


@pytest.mark.parametrize(
    ("ris_type", "text", "item"),
    [
        ("JOUR", "doi:10.1000/x", {"DOI": "10.1000/x"}),
        ("JOUR", "https://doi.org/10.1000/x", {"DOI": "10.1000/x"}),
        ("JOUR", "Journal Article", {}),
        ("CHAP", "Book Chapter", {}),
        ("JOUR", "Stall description", {"genre": "Stall description"}),
        ("RPRT", "Research Report", {"genre": "Research Report"}),
        ("RPRT", "Report", {}),
        ("RPRT", "Thesis", {"genre": "Thesis"}),
        ("THES", "Thesis", {}),  # codespell:ignore thes
        ("THES", "PhD thesis", {"genre": "PhD thesis"}),  # codespell:ignore thes
        ("CHAP", "Book Section", {}),
        ("ELEC", "Web Page", {}),
        ("BLOG", "Blog", {"genre": "Blog"}),
    ],
)
def test_m3_is_a_genre_unless_it_repeats_the_type(ris_type, text, item):
    assert read_variables(f"M3  - {text}", ris_type=ris_type) == item
    both = read_variables(f"M3  - {text}", "DO  - 10.1000/x", ris_type=ris_type)
    assert both == item | {"DOI": "10.1000/x"}


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["PY  - 2016", "Y1  - 2016/10/19"], [2016, 10, 19]),
        (["Y1  - 2016/10/19", "PY  - 2016///"], [2016, 10, 19]),
        (["PY  - 2016", "DA  - 2016/10//", "Y1  - 2016/10/19/"], [2016, 10, 19]),
    ],
)
def test_the_most_exact_date_is_read(lines, parts):
    assert read_variables(*lines) == {"issued": {"date-parts": [parts]}}


def test_a_date_of_another_year_is_reported():
    result = read("TY  - JOUR\nTI  - A\nPY  - 2016\nDA  - 2015/12/01\nER  - ")
    assert result.works[0].issued == (2016, None, None)
    assert message_texts(result) == [
        "a.ris:4: left out: issued of “A” (line 1): “2015/12/01” is another date."
    ]


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (["SP  - 12-20", "EP  - 20"], "12-20"),
        (["SP  - 12", "EP  - 12-20"], "12-20"),
        (["SP  - 12", "EP  - 12"], "12"),
        (["SP  - 12", "EP  - 20"], "12-20"),
        (["EP  - -0050"], "0050"),
        (["SP  - pp. 12-19"], "12-19"),
        (["SP  - C3-32–C3-35", "EP  - C3-35"], "C3-32–C3-35"),
        (["SP  - C3-32", "EP  - C3-35"], "C3-32–C3-35"),
        (["SP  - 12", "EP  - 12 – 20"], "12 – 20"),
        (["SP  - 12   -  20", "EP  - 20"], "12 - 20"),
        ([f"SP  - 1{' ' * 200_000}x"], "1 x"),
    ],
)
def test_pages_are_read(lines, pages):
    assert read_variables(*lines) == {"page": pages}


def test_a_different_last_page_is_left_out():
    result = read("TY  - JOUR\nTI  - A\nSP  - 12-20\nEP  - 25\nER  - ")
    assert result.works[0].page == "12-20"
    assert message_texts(result) == [
        "a.ris:3: left out: page of “A” (line 1): “25” is a different last page."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ty  - jour\nti  - A\nau  - Doe, J.\ner  - ",
        "ER  - \n\nER  - \nTY  - JOUR\nTI  - A\nAU  - Doe, J.\nER  - ",
        "  TY  - JOUR\n  TI  - A\n  AU  - Doe, J.\n  ER  - ",
        "TY\t-\tJOUR\nTI\t-\tA\nAU\t-\tDoe, J.\nER\t-",
        "TY  – JOUR\nTI  – A\nAU  – Doe, J.\nER  –",
        "TY - JOUR\rTI - A\rA1 - Doe, J.\rER -",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_tags_are_read_in_every_form(text, encoding):
    result = read(text.encode(encoding))
    (work,) = result.works
    assert (work.title, work.author[0].family, work.type) == (
        "A",
        "Doe",
        "article-journal",
    )
    assert message_texts(result) == []


def test_text_that_looks_like_a_tag_stays_text():
    result = read("TY  - JOUR\nTI  - From here\nto - there\nUK - Ireland\nER  - ")
    assert result.works[0].title == "From here to - there UK - Ireland"


def test_a_second_publisher_is_left_out():
    result = read("TY  - BOOK\nTI  - A\nPB  - B\nPB  - C\nPB  - B\nER  - ")
    assert result.works[0].publisher == "B"
    assert message_texts(result) == [
        "a.ris:3: left out: publisher of “A” (line 1): “C” is a second value."
    ]


@pytest.mark.parametrize(
    ("tag", "texts", "message"),
    [
        ("PY", ["2014", "2013"], "issued of “A” (line 1): “2013” is a second value."),
        (
            "DA",
            ["2014/05", "2013"],
            "issued of “A” (line 1): “2013” is a second value.",
        ),
        ("Y2", ["2014", "2013"], "accessed of “A” (line 1): “2013” is a second value."),
        ("LA", ["de", "fr"], "language of “A” (line 1): “fr” is a second value."),
        ("SP", ["1", "5"], "page of “A” (line 1): “5” is a second value."),
        ("EP", ["1", "5"], "page of “A” (line 1): “5” is a second value."),
        ("ID", ["a", "b"], "id of “A” (a): “b” is a second value."),
        ("M3", ["Poster", "Talk"], "genre of “A” (line 1): “Talk” is a second value."),
    ],
)
def test_a_second_value_is_reported(tag, texts, message):
    lines = [f"{tag}  - {text}" for text in (*texts, texts[0], "")]
    result = read("\n".join(["TY  - RPRT", "TI  - A", *lines, "ER  - "]))
    assert message_texts(result) == [f"a.ris:3: left out: {message}"]


def test_bt_is_the_title_of_a_book_without_another():
    assert read("TY  - BOOK\nBT  - B\nER  - ").works[0].to_csl() == {
        **{"id": "b-nd", "type": "book", "title": "B"}
    }
    result = read("TY  - BOOK\nTI  - A\nBT  - B\nER  - ")
    assert result.works[0].collection_title == "B"


def test_c1_of_an_article_is_not_the_place_of_an_event():
    result = read("TY  - JOUR\nTI  - A\nC1  - Univ York, England\nER  - ")
    assert result.works[0].event_place is None
    assert message_texts(result) == ["a.ris:1: Works have no field for: C1."]


def test_a_second_number_is_reported():
    result = read("TY  - JOUR\nTI  - A\nM1  - 4\nC7  - 123\nER  - ")
    assert result.works[0].number == "4"
    assert message_texts(result) == ["a.ris:1: Works have no field for: C7."]


@pytest.mark.parametrize(
    ("lines", "item"),
    [
        (["UR  - https://a.example", "UR  - 10.1000/x"], {"URL": "https://a.example"}),
        (
            ["LK  - https://a.example", "N1  - doi:10.1000/x"],
            {"URL": "https://a.example"},
        ),
    ],
)
def test_dois_are_found_in_urls_and_notes(lines, item):
    assert read_variables(*lines) == item | {"DOI": "10.1000/x"}


def test_performers_are_not_editors():
    result = read("TY  - VIDEO\nTI  - A\nA3  - Meyer, G.\nER  - ")
    assert result.works[0].editor == []
    assert message_texts(result) == ["a.ris:1: Works have no field for: A3."]


def test_names_in_the_form_of_pubmed_are_people():
    item = read_variables("AU  - Doe JM", "AU  - van Eijk C")
    assert [name["given"] for name in item["author"]] == ["JM", "C"]
    assert read_variables("AU  - Oxfam GB")["author"] == [{"literal": "Oxfam GB"}]


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (
            ["Doe J", "Roe AB", "World Health Organization"],
            ["Doe, J", "Roe, AB", "World Health Organization"],
        ),
        (
            ["Doe J", "Roe R, Jr", "Poe RB 3rd"],
            ["Doe, J", "Roe, R, Jr", "Poe, RB, 3rd"],
        ),
        (
            ["Doe J", "World Health Organization"],
            ["Doe J", "World Health Organization"],
        ),
        (["Doe, J.", "Oxfam GB", "Siemens AG"], ["Doe, J.", "Oxfam GB", "Siemens AG"]),
    ],
)
def test_names_in_the_form_of_pubmed_may_be_mixed_with_organisations(names, people):
    record = "\n".join(f"AU  - {name}" for name in names)
    (work,) = read(f"TY  - JOUR\nTI  - A\n{record}\nER  - ").works
    assert list(map(invert_name, work.author)) == people


NBIB = """PMID- 1
OWN - NLM
TI  - Care of
      AIDS- and mid-career PMC-carers
FAU - Doe, Jane
AU  - Doe J
LID - 10.1000/x [doi]

PMID- 2
TI  - B
AU  - Roe R
AU  - Poe P
"""


def test_tags_of_pubmed_are_read():
    first, second = read(NBIB).works
    assert first.title == "Care of AIDS- and mid-career PMC-carers"
    assert list(map(invert_name, first.author)) == ["Doe, Jane"]
    assert second.title == "B"
    assert list(map(invert_name, second.author)) == ["Roe, R", "Poe, P"]
    (work,) = read("TY  - JOUR\nTI  - A\nPMID  - 1\nPMID- 2\nER  - ").works
    assert work.title == "A"


def test_an_ambiguous_name_is_left_out():
    result = read("TY  - BOOK\nTI  - A\nAU  - Jane Doe and Max Roe\nER  - ")
    assert result.works[0].author == []
    assert message_texts(result) == [
        "a.ris:3: left out: author of “A” (line 1): “Jane Doe and Max Roe”: it is "
        "unclear who is meant."
    ]


def test_an_unknown_type_is_reported():
    assert message_texts(read("TY  - NEW\nTI  - A\nER  - ")) == [
        "a.ris:1: left out: type of “A” (line 1): “NEW”: is not known."
    ]
