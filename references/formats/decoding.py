"""Bytes of a file as text, in whichever of the usual encodings it was saved."""

import codecs
import re

from casebase.content.written import Refusal

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    # Before UTF-16, whose mark begins this one.
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Bytes that are no UTF-8 are decoded to these.
STRANGE = re.compile("[\udc80-\udcff]+")


def decoded(raw: bytes, path: str) -> tuple[str, list[Refusal]]:
    """The text with lines ended by “\\n”, and what is to be told of its encoding.

    Bytes that are no UTF-8 are taken for Windows-1252, in which most other files are;
    those that are none of it either stay lone surrogates.
    """
    encoding = encoding_of(raw)
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    text = raw.decode(encoding, errors)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    told = []
    if found := STRANGE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        sentence = "This is not saved as UTF-8, and is read as Windows-1252."
        told.append(
            Refusal(path, line, "", f"{sentence} See whether its signs are right.")
        )
        text = STRANGE.sub(as_windows_1252, text)
    return text, told


def encoding_of(raw: bytes) -> str:
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            return encoding
    # Of UTF-16 without a mark, every other byte of plain letters is zero.
    start = raw[:400]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) > 3 and start[first::2].count(0) > len(start) // 3:
            return encoding
    return "utf-8"


def as_windows_1252(found: re.Match[str]) -> str:
    raw = found[0].encode("utf-8", "surrogateescape")
    return raw.decode("cp1252", "surrogateescape")
