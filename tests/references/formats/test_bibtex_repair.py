"""BibTeX entries with missing or superfluous commas, or without a key."""

import pytest

from references.formats import bibtex_repair
from references.formats.bibtex_repair import split_fields
from tests.references.formats.test_bibtex_reader import message_texts, read
from tests.references.formats.timing import is_linear

COMMAS_CORRECTED = "Its commas were corrected, or its key is missing; please check."


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
def test_commas_are_corrected(entry, item):
    result = read(entry)
    assert [work.to_csl() for work in result.works] == [
        {"id": "k", "type": "book", "title": "T"} | item
    ]
    assert f"a.bib:1: k: {COMMAS_CORRECTED}" in message_texts(result)


def test_an_entry_without_a_key_is_read():
    result = read(
        "@misc{z-1, title={Z}}\n@book{\n  title={T},\n  volume={v%s}}" % ("2" * 40)
    )
    assert [work.title for work in result.works] == ["Z", "T"]
    assert message_texts(result) == [
        f"a.bib:2: {COMMAS_CORRECTED}",
        "a.bib:4: left out: volume of “T” (line 2): it has 41 characters; "
        "the limit is 30.",
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
def test_an_equals_sign_in_a_value_stays(field, note):
    result = read(f"@book{{k-1, title={{T}}, {field}}}")
    assert result.works[0].note == note.replace("} {", " ")
    assert not any(COMMAS_CORRECTED in sentence for sentence in message_texts(result))


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
def test_an_unclear_entry_is_reported(entry):
    result = read(f"{entry}\n@misc{{good-1, title={{Good}}}}")
    assert "This entry can’t be read" in message_texts(result)[0]


def test_an_entry_without_an_end_is_not_repaired():
    assert read("@book{k, title={T},, note={a}").works == []


def test_repairs_stop_at_the_limit(monkeypatch):
    monkeypatch.setattr(bibtex_repair, "MAX_REPAIRED_LENGTH", 50)
    entries = "".join(f"@book{{k{n}, title={{T{n}}},, volume={n}}}\n" for n in range(5))
    result = read(entries)
    assert [work.title for work in result.works] == ["T0", "T1"]
    assert message_texts(result)[-1].startswith("a.bib:5: This entry can’t be read")


@pytest.mark.parametrize("value", ["{a = b", '"a = b', "{a {= b}"])
def test_a_text_without_an_end_is_not_split(value):
    assert [*split_fields("note", value)] == [("note", value)]


def test_fields_without_commas_are_split_up_to_the_limit():
    fields = "".join(f" f{n} = {n}" for n in range(20_000))
    result = read(f"@book{{k-1, title = {{T}} {fields}}}")
    assert f"a.bib:1: k-1: {COMMAS_CORRECTED}" in message_texts(result)


def test_a_file_of_broken_entries_is_read_in_linear_time():
    assert read("@a{b,,\n" * 10).works == []
    assert is_linear(read, ["@a{b,,\n" * number for number in (2_000, 16_000)])
