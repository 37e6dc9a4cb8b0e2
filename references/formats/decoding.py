"""Bytes of a file as text, in whichever of the usual encodings it was saved."""

import codecs
import re
from contextlib import suppress

from casebase.content.parsed_file import ErrorDetail

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


# What the first lines of a BibTeX file say of it: JabRef, BibDesk, editors.
SAID = re.compile(
    rb"^[ \t]*%.{0,80}?\b(?:en)?coding\b[ \t]*[:=]?[ \t]*([\w .:()-]{1,60})",
    re.IGNORECASE | re.MULTILINE,
)
FIRST_BYTES = 2_000
NAMES = {"mac os roman": "mac-roman", "iso latin 1": "latin-1"}
NAMES |= {"iso latin 9": "iso8859-15", "windows latin 1": "cp1252"}
# Python has other codecs as well, which make no text, or much of little.
TEXTS = re.compile(
    r"(?:gb2312|gbk|gb18030|big5|big5hkscs|shift_jis|euc_\w+|johab|tis-620)"
    r"|(?:mac-\w+|iso8859-\d+|cp\d+|koi8-\w)"
)


def decoded(raw: bytes, path: str) -> tuple[str, list[ErrorDetail]]:
    """The text with lines ended by “\\n”, and what is to be told of its encoding.

    What is no UTF-8 is read as its first lines say. If they say nothing, bytes that
    are no UTF-8 are taken for Windows-1252, in which most other files are; those that
    are none of it either stay lone surrogates.
    """
    encoding = encoding_of(raw)
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    text = raw.decode(encoding, errors)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    told = []
    if not encoding.startswith("utf") and "\ufffd" in text:
        sentence = f"Not all of this is {encoding}, as the file says of itself."
        told.append(doubt(path, text, text.index("\ufffd"), sentence))
    if found := STRANGE.search(text):
        sentence = "This is not saved as UTF-8, and is read as Windows-1252."
        told.append(doubt(path, text, found.start(), sentence))
        text = STRANGE.sub(as_windows_1252, text)
    return text, told


def doubt(path: str, text: str, at: int, sentence: str) -> ErrorDetail:
    line = text.count("\n", 0, at) + 1
    return ErrorDetail(path, line, "", f"{sentence} See whether its signs are right.")


def encoding_of(raw: bytes) -> str:
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            return encoding
    # Of UTF-16 without a mark, every other byte of plain letters is zero: of most, or
    # at least of the two that a file begins with, as “TY”, “@b” and “[{”.
    start = raw[:400]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        n_zeros = start[first::2].count(0)
        is_plain = start[first:4:2] == b"\0\0" and all(start[1 - first : 4 : 2])
        if is_plain or (len(start) > 3 and n_zeros > len(start) // 3):
            return encoding
    named = encoding_said(raw[:FIRST_BYTES])
    return named if named and not is_utf_8(raw) else "utf-8"


def encoding_said(start: bytes) -> str:
    """The encoding that a comment names, if it is one of texts: “gbk”, “mac-roman”."""
    for found in SAID.finditer(start):
        words = found[1].decode("ascii", "replace").lower()
        # BibDesk writes “Western (Mac OS Roman)”.
        name = words.partition("(")[2].partition(")")[0] or words.strip(" .:()-")
        with suppress(LookupError):
            codec = codecs.lookup(NAMES.get(name, name.removeprefix("x-"))).name
            if TEXTS.fullmatch(codec):
                return codec
    return ""


def is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def as_windows_1252(found: re.Match[str]) -> str:
    raw = found[0].encode("utf-8", "surrogateescape")
    return raw.decode("cp1252", "surrogateescape")
