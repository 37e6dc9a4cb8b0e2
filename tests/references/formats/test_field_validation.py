"""One bad field of an entry is left out and told of; the work stays."""

import json

import pytest

from references.formats import BIBTEX, CSL_JSON, RIS
from references.formats.field_validation import fit

LONG = "7" * 40
GOOD = {"id": "a-2014", "type": "book", "title": "A"}


def of(**item):
    return CSL_JSON.read(json.dumps([GOOD | item]).encode(), "a.json")


def told(reading):
    return [str(refusal) for refusal in reading.refusals]


def left(reading, name):
    (work,) = reading.works
    assert work.title == "A"
    return work.to_csl().get(name)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (BIBTEX, "@book{a-2014, title={A},\nvolume={%s}}"),
        (RIS, "TY  - BOOK\nID  - a-2014\nTI  - A\nVL  - %s\nER  - "),
        (CSL_JSON, '[{"id": "a-2014", "type": "book", "title": "A",\n"volume": %s}]'),
    ],
)
def test_every_format_keeps_the_work_and_names_work_and_field(kind, text):
    reading = kind.read((text % LONG).encode(), "a")
    assert left(reading, "volume") is None
    [sentence] = told(reading)
    assert "left out: volume of “A” (a-2014): it has 40 signs, and 30 fit." in sentence


@pytest.mark.parametrize(
    ("name", "value", "kept", "reason"),
    [
        ("type", "novel", "document", "“novel”: is not known."),
        ("publisher", "P" * 251, None, "it has 251 signs, and 250 fit."),
        ("publisher", [7], None, "it is no text."),
        ("publisher", float("nan"), None, "it is no text."),
        ("publisher", ["P", "Q"], "P", "“Q” is a second one."),
        ("publisher", "Nul\0", "Nul", None),
        ("publisher", None, None, None),
        ("publisher", "", None, None),
        ("publisher", "  ", None, None),
        ("note", "N" * 10_000, "N" * 10_000, None),
        (
            "URL",
            "https://exa mple.org",
            None,
            "“https://exa mple.org” is no web address.",
        ),
        ("URL", "https://-.-/", None, "“https://-.-/”: Enter a valid URL."),
        ("issued", {"date-parts": [[2014, 2, 30]]}, {"date-parts": [[2014, 2]]}, ""),
        ("issued", "soon", None, "“soon” is no date."),
        ("issued", [], None, "it is no date."),
        ("language", "Plain", None, "“Plain” is not known."),
        ("custom", {"chapter-position": 7_000}, None, "“7000”"),
        ("custom", {"former-keys": ["A b"]}, None, "“A b”"),
        ("custom", {"correction": 7}, None, "This should be text."),
    ],
)
def test_what_does_not_fit_is_left_out(name, value, kept, reason):
    reading = of(**{name: value})
    assert left(reading, name) == kept
    if reason:
        (sentence,) = told(reading)
        assert sentence.startswith("a.json:1: left out: ")
        assert reason in sentence
    else:
        assert len(told(reading)) == (reason == "")


def test_of_names_each_is_judged_alone():
    names = [
        {"family": "Meyer", "given": "G.\0"},
        {"family": "F" * 101},
        {"suffix": "Only"},
        {"family": "\ud800"},
        7,
        {"family": "Grosser"},
    ]
    reading = of(author=names)
    assert left(reading, "author") == [
        {"family": "Meyer", "given": "G."},
        {"family": "Grosser"},
    ]
    words = "left out: author of “A” (a-2014): "
    assert [sentence.partition(words)[2] for sentence in told(reading)] == [
        f"“{'F' * 59}…”: it has 101 signs, and 100 fit.",
        "“Only”: A person has a family name, a body a literal name.",
        "“\ufffd”: it is not saved as UTF-8.",
        "“7”: A person has a family name, a body a literal name.",
    ]


def test_a_title_too_long_is_shortened_and_kept_in_the_note():
    title = "Word " * 130 + "end"
    reading = of(title=title, note="N.")
    (work,) = reading.works
    assert len(work.title) <= 600
    assert work.title.endswith("Word…")
    assert work.note == f"N.\nTitle: {title}"
    assert "title of “Word" in told(reading)[0]


@pytest.mark.parametrize("title", [" " * 700, f"<i>{' ' * 700}</i>"])
def test_white_space_is_no_title(title):
    reading = of(title=title)
    assert reading.works == []
    assert told(reading) == ["a.json:1: This entry has no title; it is left out."]


def test_white_space_before_a_long_title_is_no_beginning_of_it():
    assert of(title=f"{' ' * 700}{'word ' * 200}").works[0].title[:5] == "word "


def test_an_entry_without_a_title_tells_of_nothing_else():
    reading = CSL_JSON.read(b'[{"id": "a", "type": "novel", "volume": true}]', "a")
    assert reading.works == []
    assert told(reading) == ["a:1: This entry has no title; it is left out."]


def test_others_beside_whom_nobody_is_left_are_left_out():
    assert (
        left(of(author=[{"family": "F" * 101}, {"literal": "others"}]), "author")
        is None
    )
    names = [{"family": "F"}, {"literal": "et al."}]
    assert left(of(author=names), "author") == [{"family": "F"}, {"literal": "others"}]


def test_a_key_that_is_no_text_becomes_ours():
    reading = of(id="\ud800")
    assert [work.key for work in reading.works] == ["a-nd"]


def test_whatever_a_reader_puts_fits():
    item = GOOD | {"issued": {"date-parts": [[2014, 1, 2, 3]]}, "strange": 7}
    assert list(fit(item)) == [
        (
            "issued",
            "This should be date-parts: [[2014]], [[2014, 5]], [[2014, 5, 21]].",
        ),
        ("strange", "There is no such key here."),
    ]
    assert item == GOOD
