"""Files in other encodings than UTF-8, and what they say of themselves."""

import pytest

from references.formats import BIBTEX
from references.formats.decoding import decoded

WESTERN = "This is not saved as UTF-8, and is read as Windows-1252."


@pytest.mark.parametrize(
    ("said", "codec", "words"),
    [
        ("% Encoding: GBK", "gbk", "合作生产"),
        ("% Encoding: GB18030", "gb18030", "合作生产"),
        ("%% Saved with string encoding Western (Mac OS Roman) ", "mac-roman", "Größe"),
        ("%% Saved with string encoding Western (ISO Latin 1)", "latin-1", "Größe"),
        ("% Encoding: x-MacRoman", "mac-roman", "Größe"),
        ("% This file was made by hand.\n% Encoding: ISO8859_1", "latin-1", "Größe"),
        ("% !TeX encoding = ISO-8859-2", "iso8859-2", "Łódź"),
        ("% Encoding: ISO-8859-15", "iso8859-15", "5 €"),
        ("% -*- coding: koi8-r -*-", "koi8-r", "Привет"),
        ("% Encoding: windows-1250", "cp1250", "Łódź"),
        ("% Encoding: SJIS", "shift_jis", "共同生産"),
        # It became UTF-8 since.
        ("% Encoding: GBK", "utf-8", "合作生产"),
    ],
)
def test_what_a_file_says_of_itself_is_heeded(said, codec, words):
    raw = f"{said}\n@book{{a-2014, title={{{words}}}}}".encode(codec)
    reading = BIBTEX.read(raw, "a.bib")
    assert [work.title for work in reading.works] == [words]
    assert reading.refusals == []


@pytest.mark.parametrize("name", ["UTF-8", "zlib", "rot13", "unheard-of", "hex", ""])
def test_what_is_no_encoding_of_texts_is_passed_over(name):
    text, [told] = decoded(f"% Encoding: {name}\nGröße".encode("cp1252"), "a.bib")
    assert text.endswith("\nGröße")
    assert told.line == 2
    assert told.sentence.startswith(WESTERN)


def test_what_is_none_of_the_encoding_is_told():
    text, [told] = decoded(b"% Encoding: GBK\n\nA \xff B", "a.bib")
    assert text.endswith("A \ufffd B")
    assert str(told).startswith("a.bib:3: Not all of this is gbk, as the file says")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("word", ["Συμπαραγωγή", "Совместное", "共同生産", "Gemeinsam"])
def test_utf_16_is_known_without_a_mark_whatever_its_letters(codec, word):
    title = " ".join([word] * 40)
    for before in (
        "",
        "Words before it, which are plain, as many as there are of it.\n",
    ):
        raw = f"{before}@book{{a-2014, title={{{title}}}}}".encode(codec)
        assert BIBTEX.read(raw, "a.bib").works[0].title == title


def test_a_sign_of_zero_makes_no_utf_16():
    assert decoded(b"@b\0\0ok{Gr\xc3\xb6\xc3\x9fe", "a.bib") == ("@b\0\0ok{Größe", [])
    assert decoded(b"@\0", "a.bib") == ("@\0", [])
