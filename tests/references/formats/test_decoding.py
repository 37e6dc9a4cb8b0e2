"""Files in encodings other than UTF-8, and the encodings that they declare."""

import pytest

from references.formats import BIBTEX
from references.formats.decoding import decode_file

READ_AS_WINDOWS_1252 = "This is not saved as UTF-8; it is read as Windows-1252."


@pytest.mark.parametrize(
    ("comment", "codec", "words"),
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
        # The file was converted to UTF-8 later.
        ("% Encoding: GBK", "utf-8", "合作生产"),
    ],
)
def test_the_declared_encoding_is_used(comment, codec, words):
    raw = f"{comment}\n@book{{a-2014, title={{{words}}}}}".encode(codec)
    result = BIBTEX.read(raw, "a.bib")
    assert [work.title for work in result.works] == [words]
    assert result.messages == []


@pytest.mark.parametrize("name", ["UTF-8", "zlib", "rot13", "unheard-of", "hex", ""])
def test_a_declaration_that_is_not_a_text_encoding_is_ignored(name):
    text, [message] = decode_file(
        f"% Encoding: {name}\nGröße".encode("cp1252"), "a.bib"
    )
    assert text.endswith("\nGröße")
    assert message.line == 2
    assert message.sentence.startswith(READ_AS_WINDOWS_1252)


def test_bytes_outside_the_declared_encoding_are_reported():
    text, [message] = decode_file(b"% Encoding: GBK\n\nA \xff B", "a.bib")
    assert text.endswith("A \ufffd B")
    assert str(message).startswith(
        "a.bib:3: The file declares gbk, but this is not gbk."
    )


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("word", ["Συμπαραγωγή", "Совместное", "共同生産", "Gemeinsam"])
def test_utf_16_is_detected_without_a_byte_order_mark(codec, word):
    title = " ".join([word] * 40)
    for before in (
        "",
        "Words before it, which are plain, as many as there are of it.\n",
    ):
        raw = f"{before}@book{{a-2014, title={{{title}}}}}".encode(codec)
        assert BIBTEX.read(raw, "a.bib").works[0].title == title


def test_single_zero_bytes_do_not_make_utf_16():
    assert decode_file(b"@b\0\0ok{Gr\xc3\xb6\xc3\x9fe", "a.bib") == (
        "@b\0\0ok{Größe",
        [],
    )
    assert decode_file(b"@\0", "a.bib") == ("@\0", [])
