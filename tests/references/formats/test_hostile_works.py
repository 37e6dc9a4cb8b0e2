"""Files of works that were made to take time or memory are read up to a limit."""

import json

import pytest

from references.csl import OTHERS
from references.formats import BIBTEX, CSL_JSON, RIS, reader

RECORD = "TY  - BOOK\nTI  - A\n%s\nER  - "


def told(kind, text):
    found = kind.read(text.encode(), "a")
    assert len(found.works) <= 3
    return " ".join(str(refusal) for refusal in found.refusals)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("AU  - " + "a, b; " * 50_000, "author of “A” (line 1)"),
        ("AU  - " + "," * 200_000, "author of “A” (line 1)"),
        ("DA  - " + "9" * 100_000, "is no date."),
        ("PY  - 2014\nY2  - " + "9" * 100_000, "is no date."),
        ("DO  - 10.1000/" + "." * 100_000, "no DOI has 100,008 signs."),
        ("UR  - https://a.example" + " " * 100_000 + "x", "no web address has"),
        ("M3  - " + "doi " * 50_000, "have no place for: M3."),
        ("SP  - " + "-" * 100_000 + "x", ""),
        ("KW  - a\n" * 20_000, "a record has 20,000 lines at most."),
        ("N1  - " + "<i " * 400_000, "it has 1,199,999 signs, and 1,000,000 fit."),
        ("N1  - a\n" + "b\n" * 30_000, ""),
    ],
)
def test_a_record_without_end_costs_what_it_says_and_no_work(line, words):
    assert words in told(RIS, RECORD % line)


def test_names_without_end_are_left_out():
    names = "AU  - a, b\n" * 9_000 + "AU  - c, d; e, f\n" * 600
    assert "names are more than we take" not in told(RIS, RECORD % names)
    item = '[{"title": "A", "author": [%s]}]'
    names = ",".join(f'{{"family": "a{n}"}}' for n in range(10_001))
    assert "10,001 names are more than we take." in told(CSL_JSON, item % names)


def test_files_of_more_than_we_take_are_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_LINES", 9)
    assert "The file is longer than 9 lines" in told(RIS, "\n" * 10)
    assert "The file is longer than 9 lines" in told(CSL_JSON, "\r" * 10)
    monkeypatch.setattr("references.formats.csl_json_reader.MOST_PARTS", 3)
    assert "There is more in this file than we take" in told(CSL_JSON, "[" + "{}," * 9)


def test_entries_above_the_limit_are_left_out(monkeypatch):
    monkeypatch.setattr(reader, "MOST_ENTRIES", 2)
    words = told(RIS, (RECORD % "PB  - B" + "\n") * 5)
    assert (
        "a:9: What follows the first 2 entries is left out. Divide the file." in words
    )


@pytest.mark.parametrize("text", ['[{"title": "A", "x": ' + "[" * 90_000, "[" * 90_000])
def test_what_is_nested_without_end_ends_the_file(text):
    assert "The JSON can’t be read (maximum recursion depth" in told(CSL_JSON, text)


RUNS = [" ", ",", "a ", "A. ", "A", "¹", "(", "and ", ";", "et al. ", "A,", "- ", "/"]
RUNS += [" and Sons", "PhD, ", "Jr., ", "毛", "... "]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("shape", ["%s", "a%sb", "Doe, J%s", "A. %s!", "{A%s x} and b"])
def test_names_without_end_end(run, shape):
    """What costs the square of its length would take minutes here."""
    text = shape % (run * (60_000 // len(run)))
    assert len(text) > 50_000
    told(BIBTEX, f"@misc{{k, title = {{A}}, author = {{{text}}}}}")
    told(RIS, RECORD % f"AU  - {text}")
    people = [text, {"family": text}, {"literal": text}, {"family": "a", "given": text}]
    told(CSL_JSON, json.dumps([{"title": "A", "author": people}]))


@pytest.mark.parametrize("n_times", [1, 2, 5_000])
def test_et_al_many_times_is_said_once(n_times):
    text = "Doe, J. " + "et al. " * n_times
    bibtex = f"@misc{{k, title = {{A}}, author = {{{text}}}}}"
    item = json.dumps([{"title": "A", "author": text}])
    for kind, file in ((BIBTEX, bibtex), (RIS, RECORD % f"AU  - {text}")):
        (work,) = kind.read(file.encode(), "a").works
        assert [name.family or name.literal for name in work.author] == [
            "Doe",
            "others",
        ]
    (work,) = CSL_JSON.read(item.encode(), "a").works
    assert work.author[1:] == [OTHERS]
