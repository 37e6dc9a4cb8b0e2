"""Entries of BibTeX files with a comma too many or too few, or without a key."""

import pytest

from references.formats import bibtex_repair
from references.formats.bibtex_repair import fields_in
from tests.references.formats.test_bibtex_reader import read, told

COMMAS = "Its commas are put right, or its key is missing; please check."


@pytest.mark.parametrize(
    ("entry", "item"),
    [
        ("@book{k, title={T} volume=2}", {"volume": "2"}),
        ("@book{k, title={T}volume=2}", {"volume": "2"}),
        (
            '@book{k, title="T" volume=2 note={x = {y}}}',
            {"volume": "2", "note": "x = y"},
        ),
        ("@book{k, volume=2 title={T}}", {"volume": "2"}),
        ("@book{k, title={T},, volume=2}", {"volume": "2"}),
        ("@book{k,, title={T}\n,,}", {}),
        ("@book(k, title={T},, note={a, (b)})", {"note": "a, (b)"}),
        (
            '@book{k, title={T},, note="a, {b}", volume=2}',
            {"note": "a, b", "volume": "2"},
        ),
        ("@book{k title={T}, volume=2}", {"volume": "2"}),
        (r"@book{k, title={T},, note={50\% \{ a}}", {"note": "50% { a"}),
    ],
)
def test_commas_are_put_right(entry, item):
    reading = read(entry)
    assert [work.to_csl() for work in reading.works] == [
        {"id": "k", "type": "book", "title": "T"} | item
    ]
    assert f"a.bib:1: k: {COMMAS}" in told(reading)


def test_an_entry_without_a_key_is_read():
    reading = read(
        "@misc{z-1, title={Z}}\n@book{\n  title={T},\n  volume={v%s}}" % ("2" * 40)
    )
    assert [work.title for work in reading.works] == ["Z", "T"]
    assert told(reading) == [
        f"a.bib:2: {COMMAS}",
        "a.bib:4: left out: volume of “T” (line 2): it has 41 signs, and 30 fit.",
    ]


@pytest.mark.parametrize(
    ("field", "note"),
    [
        ("note = {a = b}", "a = b"),
        ('note = "a" # " b=c"', "a b=c"),
        ("note = {a} {b = c}", "a} {b = c"),
        ("note = a b", "a b"),
        ("note = =", "="),
    ],
)
def test_other_signs_of_equality_stay(field, note):
    reading = read(f"@book{{k-1, title={{T}}, {field}}}")
    assert reading.works[0].note == note.replace("} {", " ")
    assert not any(COMMAS in sentence for sentence in told(reading))


@pytest.mark.parametrize(
    "entry",
    [
        "@book{k, title}",
        "@book{k, title={T},, note={a\n@b}}",
        "@book{k, title={T},, note={a}",
        "@book{k, title={T},, note}",
        "@book{=,",
    ],
)
def test_what_is_not_plain_is_told(entry):
    reading = read(f"{entry}\n@misc{{good-1, title={{Good}}}}")
    assert "This entry can’t be read" in told(reading)[0]


def test_an_entry_without_an_end_is_not_mended():
    assert read("@book{k, title={T},, note={a}").works == []


def test_only_so_much_is_mended(monkeypatch):
    monkeypatch.setattr(bibtex_repair, "MOST_MENDED", 50)
    entries = "".join(f"@book{{k{n}, title={{T{n}}},, volume={n}}}\n" for n in range(5))
    reading = read(entries)
    assert [work.title for work in reading.works] == ["T0", "T1"]
    assert told(reading)[-1].startswith("a.bib:5: This entry can’t be read")


@pytest.mark.parametrize("value", ["{a = b", '"a = b', "{a {= b}"])
def test_a_text_without_an_end_stays_as_it_is(value):
    assert [*fields_in("note", value)] == [("note", value)]


def test_fields_without_any_comma_are_parted_up_to_a_number():
    fields = "".join(f" f{n} = {n}" for n in range(20_000))
    reading = read(f"@book{{k-1, title = {{T}} {fields}}}")
    assert f"a.bib:1: k-1: {COMMAS}" in told(reading)


def test_a_file_of_broken_entries_ends():
    assert read("@a{b,,\n" * 40_000).works == []
