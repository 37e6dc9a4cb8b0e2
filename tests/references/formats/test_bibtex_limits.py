"""BibTeX files that unfold to far more than they are are stopped before they do."""

import tracemalloc

import pytest

from references.formats import bibtex_reader
from references.formats.bibtex_strings import LONGEST_VALUE
from tests.references.formats.test_bibtex_reader import read, told

TOO_LONG = "With its @strings it is too long; up to 200,000 signs are taken."
TOO_MUCH = "The @strings and parents of this file add too much."


def doubling(first, n_times):
    """a1 is two times a0, a2 two times a1 …"""
    lines = [f"@string{{a0 = {{{first}}}}}"]
    lines += [f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, n_times)]
    return "\n".join(lines)


def entry(fields, key="k"):
    return f"\n@misc{{{key}, title = {{A}}, {fields}}}"


FILES = {
    "doubling": (doubling("x" * 1_000, 40) + entry("publisher = a39"), TOO_LONG),
    "doubling nothing": (doubling("", 40) + entry("publisher = a39"), TOO_LONG),
    "doubling backwards": (
        entry("publisher = a39") + "\n".join(doubling("x", 40).splitlines()[::-1]),
        TOO_LONG,
    ),
    "tenfold": (
        "@string{a0 = {x}}\n"
        + "\n".join(
            f"@string{{a{n} = {'#'.join([f'a{n - 1}'] * 10)}}}" for n in range(1, 9)
        )
        + entry("publisher = a8"),
        TOO_LONG,
    ),
    "one field": (entry(f"publisher = {{{'x' * 300_000}}}"), TOO_LONG),
    "pieces": (entry("publisher = " + " # ".join(["{xxxxx}"] * 50_000)), TOO_LONG),
    "many fields": (
        f"@string{{a = {{{'x' * 150_000}}}}}"
        + "".join(entry("publisher = a", f"k{n}") for n in range(50)),
        TOO_MUCH,
    ),
    "children of a long parent": (
        f"@book{{p, title = {{{'x' * 150_000}}}}}"
        + "".join(
            f"\n@incollection{{k{n}, title = {{A}}, crossref = {{p}}}}"
            for n in range(50)
        ),
        TOO_MUCH,
    ),
}


@pytest.mark.parametrize(("text", "reason"), FILES.values(), ids=FILES)
def test_what_unfolds_too_far_is_left_out_before_it_does(text, reason):
    tracemalloc.start()
    reading = read(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any(sentence.endswith(reason) for sentence in told(reading))
    assert reading.works[-1].title == "A"
    assert reading.works[-1].publisher is None
    assert peak < 60_000_000


def test_others_in_the_file_are_read():
    text = doubling("x", 40) + entry("publisher = a39") + entry("publisher = a2", "l")
    assert [work.publisher for work in read(text).works] == [None, "xxxx"]


@pytest.mark.parametrize(
    ("strings", "publisher"),
    [
        ("@string{a = a}", None),
        ("@string{a = b # {x}}@string{b = a # {y}}", "yx"),
        ("@string{a = {x} # a # {y}}", "xy"),
        ("@string{b = {Late}}@string{a = b # { one}}", "Late one"),
    ],
)
def test_a_string_that_is_part_of_itself_is_passed_over_there(strings, publisher):
    (work,) = read(entry("publisher = a") + strings).works
    assert work.publisher == publisher


def test_a_chain_of_strings_of_any_length_is_followed():
    strings = "".join(f"@string{{a{n} = a{n + 1}}}\n" for n in range(2_000))
    text = f"{strings}@string{{a2000 = {{End}}}}{entry('publisher = a0')}"
    assert read(text).works[0].publisher == "End"


def test_deep_braces_are_read():
    text = entry(f"publisher = {{{'{' * 50_000}End{'}' * 50_000}}}")
    assert read(text).works[0].publisher == "End"


def test_a_work_of_thousands_of_authors_is_read():
    names = " and ".join(f"Doe{n}, J." for n in range(5_000))
    assert len(names) < LONGEST_VALUE
    assert len(read(entry(f"author = {{{names}}}")).works[0].author) == 5_000


@pytest.mark.parametrize(
    ("limit", "text"),
    [("MOST_BLOCKS", "@a{" * 50), ("MOST_FIELDS", f"@misc{{k,{'a={},' * 50}}}")],
)
def test_a_file_of_too_many_pieces_is_refused_before_it_is_parted(
    monkeypatch, limit, text
):
    monkeypatch.setattr(bibtex_reader, limit, 40)
    sentence = "The file has more entries or fields than are read at once; divide it."
    assert told(read(text)) == [f"a.bib:1: {sentence}"]


def test_what_is_told_of_names_stays_short():
    many = ", ".join(f"field{n} = {{x}}, field{n} = {{y}}" for n in range(1_000))
    reading = read(entry(f"{many}, {'z' * 5_000} = {{x}}"))
    assert all(len(sentence) < 500 for sentence in told(reading))
    assert any("and 981 more." in sentence for sentence in told(reading))
