"""BibTeX files that expand to many times their size are read up to a limit."""

import tracemalloc

import pytest

from references.formats import bibtex_reader
from references.formats.bibtex_strings import MAX_VALUE_LENGTH
from tests.references.formats.test_bibtex_reader import message_texts, read

TOO_LONG = "With its @strings it is too long; the limit is 200,000 characters."
TOO_MUCH = "The @strings and parent entries of this file add too much text."


def build_doubling_strings(first, n_times):
    """Return @strings in which a1 is a0 twice, a2 is a1 twice, and so on."""
    lines = [f"@string{{a0 = {{{first}}}}}"]
    lines += [f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, n_times)]
    return "\n".join(lines)


def build_entry(fields, key="k"):
    return f"\n@misc{{{key}, title = {{A}}, {fields}}}"


FILES = {
    "doubling": (
        build_doubling_strings("x" * 1_000, 40) + build_entry("publisher = a39"),
        TOO_LONG,
    ),
    "doubling nothing": (
        build_doubling_strings("", 40) + build_entry("publisher = a39"),
        TOO_LONG,
    ),
    "doubling backwards": (
        build_entry("publisher = a39")
        + "\n".join(build_doubling_strings("x", 40).splitlines()[::-1]),
        TOO_LONG,
    ),
    "tenfold": (
        "@string{a0 = {x}}\n"
        + "\n".join(
            f"@string{{a{n} = {'#'.join([f'a{n - 1}'] * 10)}}}" for n in range(1, 9)
        )
        + build_entry("publisher = a8"),
        TOO_LONG,
    ),
    "one field": (build_entry(f"publisher = {{{'x' * 300_000}}}"), TOO_LONG),
    "pieces": (
        build_entry("publisher = " + " # ".join(["{xxxxx}"] * 50_000)),
        TOO_LONG,
    ),
    "many fields": (
        f"@string{{a = {{{'x' * 150_000}}}}}"
        + "".join(build_entry("publisher = a", f"k{n}") for n in range(50)),
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
def test_a_value_that_expands_too_far_is_left_out_in_time(text, reason):
    tracemalloc.start()
    result = read(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any(sentence.endswith(reason) for sentence in message_texts(result))
    assert result.works[-1].title == "A"
    assert result.works[-1].publisher is None
    assert peak < 60_000_000


def test_other_entries_of_the_file_are_read():
    text = (
        build_doubling_strings("x", 40)
        + build_entry("publisher = a39")
        + build_entry("publisher = a2", "l")
    )
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
def test_a_string_inside_itself_is_skipped(strings, publisher):
    (work,) = read(build_entry("publisher = a") + strings).works
    assert work.publisher == publisher


def test_a_long_chain_of_strings_is_followed():
    strings = "".join(f"@string{{a{n} = a{n + 1}}}\n" for n in range(2_000))
    text = f"{strings}@string{{a2000 = {{End}}}}{build_entry('publisher = a0')}"
    assert read(text).works[0].publisher == "End"


def test_deeply_nested_braces_are_read():
    text = build_entry(f"publisher = {{{'{' * 50_000}End{'}' * 50_000}}}")
    assert read(text).works[0].publisher == "End"


def test_a_work_with_thousands_of_authors_is_read():
    names = " and ".join(f"Doe{n}, J." for n in range(5_000))
    assert len(names) < MAX_VALUE_LENGTH
    assert len(read(build_entry(f"author = {{{names}}}")).works[0].author) == 5_000


@pytest.mark.parametrize(
    ("limit", "text"),
    [("MAX_BLOCKS", "@a{" * 50), ("MAX_FIELDS", f"@misc{{k,{'a={},' * 50}}}")],
)
def test_a_file_with_too_many_entries_or_fields_is_rejected_unparsed(
    monkeypatch, limit, text
):
    monkeypatch.setattr(bibtex_reader, limit, 40)
    sentence = "The file has more entries or fields than are read at once; divide it."
    assert message_texts(read(text)) == [f"a.bib:1: {sentence}"]


def test_messages_about_field_names_stay_short():
    many = ", ".join(f"field{n} = {{x}}, field{n} = {{y}}" for n in range(1_000))
    result = read(build_entry(f"{many}, {'z' * 5_000} = {{x}}"))
    assert all(len(sentence) < 500 for sentence in message_texts(result))
    assert any("and 981 more." in sentence for sentence in message_texts(result))
