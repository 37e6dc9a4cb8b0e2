"""An invalid field of an entry is left out and reported; the work is imported."""

import json

import pytest

from references.formats import BIBTEX, CSL_JSON, RIS
from references.formats.field_validation import clean_item

LONG = "7" * 40
GOOD = {"id": "a-2014", "type": "book", "title": "A"}


def read_item(**item):
    return CSL_JSON.read(json.dumps([GOOD | item]).encode(), "a.json")


def message_texts(result):
    return [str(message) for message in result.messages]


def read_variable(result, name):
    (work,) = result.works
    assert work.title == "A"
    return work.to_csl().get(name)


@pytest.mark.parametrize(
    ("work_format", "text"),
    [
        (BIBTEX, "@book{a-2014, title={A},\nvolume={%s}}"),
        (RIS, "TY  - BOOK\nID  - a-2014\nTI  - A\nVL  - %s\nER  - "),
        (CSL_JSON, '[{"id": "a-2014", "type": "book", "title": "A",\n"volume": %s}]'),
    ],
)
def test_every_format_keeps_the_work_and_reports_the_field(work_format, text):
    result = work_format.read((text % LONG).encode(), "a")
    assert read_variable(result, "volume") is None
    [sentence] = message_texts(result)
    assert (
        "left out: volume of “A” (a-2014): it has 40 characters; the limit is 30."
        in sentence
    )


@pytest.mark.parametrize(
    ("name", "value", "expected", "reason"),
    [
        ("type", "novel", "document", "“novel”: is not known."),
        ("publisher", "P" * 251, None, "it has 251 characters; the limit is 250."),
        ("publisher", [7], None, "it is not text."),
        ("publisher", float("nan"), None, "it is not text."),
        ("publisher", ["P", "Q"], "P", "“Q” is a second value."),
        ("publisher", "Nul\0", "Nul", None),
        ("publisher", None, None, None),
        ("publisher", "", None, None),
        ("publisher", "  ", None, None),
        ("note", "N" * 10_000, "N" * 10_000, None),
        (
            "URL",
            "https://exa mple.org",
            None,
            "“https://exa mple.org” is not a web address.",
        ),
        ("URL", "https://-.-/", None, "“https://-.-/”: Enter a valid URL."),
        ("issued", {"date-parts": [[2014, 2, 30]]}, {"date-parts": [[2014, 2]]}, ""),
        ("issued", "soon", None, "“soon” is not a date."),
        ("issued", [], None, "it is not a date."),
        ("language", "Plain", None, "“Plain” is not known."),
        ("custom", {"chapter-position": 7_000}, None, "“7000”"),
        ("custom", {"former-keys": ["A b"]}, None, "“A b”"),
        ("custom", {"correction": 7}, None, "This should be text."),
    ],
)
def test_invalid_values_are_left_out(name, value, expected, reason):
    result = read_item(**{name: value})
    assert read_variable(result, name) == expected
    if reason:
        (sentence,) = message_texts(result)
        assert sentence.startswith("a.json:1: left out: ")
        assert reason in sentence
    else:
        assert len(message_texts(result)) == (reason == "")


def test_each_name_is_validated_alone():
    names = [
        {"family": "Meyer", "given": "G.\0"},
        {"family": "F" * 101},
        {"suffix": "Only"},
        {"family": "\ud800"},
        7,
        {"family": "Grosser"},
    ]
    result = read_item(author=names)
    assert read_variable(result, "author") == [
        {"family": "Meyer", "given": "G."},
        {"family": "Grosser"},
    ]
    words = "left out: author of “A” (a-2014): "
    assert [sentence.partition(words)[2] for sentence in message_texts(result)] == [
        f"“{'F' * 59}…”: it has 101 characters; the limit is 100.",
        "“Only”: A person has a family name, a body a literal name.",
        "“\ufffd”: it is not saved as UTF-8.",
        "“7”: A person has a family name, a body a literal name.",
    ]


def test_a_long_title_is_shortened_and_added_to_the_note():
    title = "Word " * 130 + "end"
    result = read_item(title=title, note="N.")
    (work,) = result.works
    assert len(work.title) <= 600
    assert work.title.endswith("Word…")
    assert work.note == f"N.\nTitle: {title}"
    assert "title of “Word" in message_texts(result)[0]


@pytest.mark.parametrize("title", [" " * 700, f"<i>{' ' * 700}</i>"])
def test_white_space_is_not_a_title(title):
    result = read_item(title=title)
    assert result.works == []
    assert message_texts(result) == [
        "a.json:1: This entry has no title; it is left out."
    ]


def test_white_space_before_a_long_title_is_removed():
    assert read_item(title=f"{' ' * 700}{'word ' * 200}").works[0].title[:5] == "word "


def test_an_entry_without_a_title_has_no_other_message():
    result = CSL_JSON.read(b'[{"id": "a", "type": "novel", "volume": true}]', "a")
    assert result.works == []
    assert message_texts(result) == ["a:1: This entry has no title; it is left out."]


def test_et_al_without_a_name_is_left_out():
    assert (
        read_variable(
            read_item(author=[{"family": "F" * 101}, {"literal": "others"}]), "author"
        )
        is None
    )
    names = [{"family": "F"}, {"literal": "et al."}]
    assert read_variable(read_item(author=names), "author") == [
        {"family": "F"},
        {"literal": "others"},
    ]


def test_an_invalid_key_is_replaced():
    result = read_item(id="\ud800")
    assert [work.key for work in result.works] == ["a-nd"]


def test_anything_a_reader_sets_is_validated():
    item = GOOD | {"issued": {"date-parts": [[2014, 1, 2, 3]]}, "strange": 7}
    assert list(clean_item(item)) == [
        (
            "issued",
            "This should be date-parts: [[2014]], [[2014, 5]], [[2014, 5, 21]].",
        ),
        ("strange", "There is no such key."),
    ]
    assert item == GOOD
