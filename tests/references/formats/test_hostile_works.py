"""Files that are made to take much time or memory are read up to a limit."""

import json

import pytest

from references.csl import OTHERS
from references.formats import BIBTEX, CSL_JSON, RIS, reader
from tests.references.formats.timing import is_linear

RECORD = "TY  - BOOK\nTI  - A\n%s\nER  - "


def message_text(work_format, text):
    result = work_format.read(text.encode(), "a")
    assert len(result.works) <= 3
    return " ".join(str(message) for message in result.messages)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("AU  - " + "a, b; " * 50_000, "author of “A” (line 1)"),
        ("AU  - " + "," * 200_000, "author of “A” (line 1)"),
        ("DA  - " + "9" * 100_000, "is not a date."),
        ("PY  - 2014\nY2  - " + "9" * 100_000, "is not a date."),
        ("DO  - 10.1000/" + "." * 100_000, "a DOI can’t have 100,008 characters."),
        ("UR  - https://a.example" + " " * 100_000 + "x", "a web address can’t have"),
        ("M3  - " + "doi " * 50_000, "have no field for: M3."),
        ("SP  - " + "-" * 100_000 + "x", ""),
        ("KW  - a\n" * 20_000, "a record can have up to 20,000 lines."),
        (
            "N1  - " + "<i " * 400_000,
            "it has 1,199,999 characters; the limit is 1,000,000.",
        ),
        ("N1  - a\n" + "b\n" * 30_000, ""),
    ],
)
def test_a_very_long_field_is_left_out_in_time(line, words):
    assert words in message_text(RIS, RECORD % line)


def test_too_many_names_are_left_out():
    names = "AU  - a, b\n" * 9_000 + "AU  - c, d; e, f\n" * 600
    assert "names are more than the limit" not in message_text(RIS, RECORD % names)
    item = '[{"title": "A", "author": [%s]}]'
    names = ",".join(f'{{"family": "a{n}"}}' for n in range(10_001))
    assert "10,001 names are more than the limit." in message_text(
        CSL_JSON, item % names
    )


def test_too_large_files_are_rejected(monkeypatch):
    monkeypatch.setattr(reader, "MAX_LINES", 9)
    assert "The file is longer than 9 lines" in message_text(RIS, "\n" * 10)
    assert "The file is longer than 9 lines" in message_text(CSL_JSON, "\r" * 10)
    monkeypatch.setattr("references.formats.csl_json_reader.MAX_JSON_PARTS", 3)
    assert "This file has more data than the limit" in message_text(
        CSL_JSON, "[" + "{}," * 9
    )


def test_entries_above_the_limit_are_left_out(monkeypatch):
    monkeypatch.setattr(reader, "MAX_ENTRIES", 2)
    words = message_text(RIS, (RECORD % "PB  - B" + "\n") * 5)
    assert "a:9: Entries after the first 2 are left out. Divide the file." in words


@pytest.mark.parametrize("text", ['[{"title": "A", "x": ' + "[" * 90_000, "[" * 90_000])
def test_too_deeply_nested_json_is_reported(text):
    assert "The JSON can’t be read (maximum recursion depth" in message_text(
        CSL_JSON, text
    )


RUNS = [" ", ",", "a ", "A. ", "A", "¹", "(", "and ", ";", "et al. ", "A,", "- ", "/"]
RUNS += [" and Sons", "PhD, ", "Jr., ", "毛", "... "]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("shape", ["%s", "a%sb", "Doe, J%s", "A. %s!", "{A%s x} and b"])
def test_very_long_names_are_parsed_in_linear_time(run, shape):
    texts = [shape % (run * (length // len(run))) for length in (2_000, 16_000)]
    assert is_linear(read_name, texts)


def read_name(text):
    """Read the text as a name, with every reader."""
    message_text(BIBTEX, f"@misc{{k, title = {{A}}, author = {{{text}}}}}")
    message_text(RIS, RECORD % f"AU  - {text}")
    people = [text, {"family": text}, {"literal": text}, {"family": "a", "given": text}]
    message_text(CSL_JSON, json.dumps([{"title": "A", "author": people}]))


@pytest.mark.parametrize("n_times", [1, 2, 5_000])
def test_repeated_et_al_is_read_once(n_times):
    text = "Doe, J. " + "et al. " * n_times
    bibtex = f"@misc{{k, title = {{A}}, author = {{{text}}}}}"
    item = json.dumps([{"title": "A", "author": text}])
    for work_format, file in ((BIBTEX, bibtex), (RIS, RECORD % f"AU  - {text}")):
        (work,) = work_format.read(file.encode(), "a").works
        assert [name.family or name.literal for name in work.author] == [
            "Doe",
            "others",
        ]
    (work,) = CSL_JSON.read(item.encode(), "a").works
    assert work.author[1:] == [OTHERS]
