"""Decodes files that may be saved in any of the usual encodings."""

import codecs
import re
from contextlib import suppress

from casebase.content.parsed_file import ErrorDetail

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    # UTF-32 comes before UTF-16, because its mark starts with that of UTF-16.
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Surrogates, to which Python decodes bytes that aren't UTF-8.
UNDECODED_BYTES = re.compile("[\udc80-\udcff]+")

# The comment by which JabRef, BibDesk and editors declare a BibTeX file's encoding.
ENCODING_COMMENT = re.compile(
    rb"^[ \t]*%.{0,80}?\b(?:en)?coding\b[ \t]*[:=]?[ \t]*([\w .:()-]{1,60})",
    re.IGNORECASE | re.MULTILINE,
)
# Bytes at the start of a file that are searched for the comment.
COMMENT_BYTES = 2_000
ENCODING_ALIASES = {"mac os roman": "mac-roman", "iso latin 1": "latin-1"}
ENCODING_ALIASES |= {"iso latin 9": "iso8859-15", "windows latin 1": "cp1252"}
# Python's other codecs don't return text, or decompress data.
TEXT_CODECS = re.compile(
    r"(?:gb2312|gbk|gb18030|big5|big5hkscs|shift_jis|euc_\w+|johab|tis-620)"
    r"|(?:mac-\w+|iso8859-\d+|cp\d+|koi8-\w)"
)


def decode_file(raw: bytes, path: str) -> tuple[str, list[ErrorDetail]]:
    """Return the text, with “\\n” between lines, and warnings about its encoding.

    A file that isn't UTF-8 is decoded as its first lines declare. Without a
    declaration, bytes that aren't UTF-8 are decoded as Windows-1252, the most frequent
    other encoding; bytes that it lacks become surrogates.
    """
    encoding = detect_encoding(raw)
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    text = raw.decode(encoding, errors)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    warnings = []
    if not encoding.startswith("utf") and "\ufffd" in text:
        sentence = f"The file declares {encoding}, but this is not {encoding}."
        warnings.append(build_warning(path, text, text.index("\ufffd"), sentence))
    if found := UNDECODED_BYTES.search(text):
        sentence = "This is not saved as UTF-8; it is read as Windows-1252."
        warnings.append(build_warning(path, text, found.start(), sentence))
        text = UNDECODED_BYTES.sub(decode_windows_1252, text)
    return text, warnings


def build_warning(path: str, text: str, position: int, sentence: str) -> ErrorDetail:
    line = text.count("\n", 0, position) + 1
    advice = "Check that its characters are right."
    return ErrorDetail(path, line, "", f"{sentence} {advice}")


def detect_encoding(raw: bytes) -> str:
    """Return the encoding by the byte order mark, zero bytes, or the declaration."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            return encoding
    # In UTF-16 without a mark every other byte of an ASCII letter is zero: of most of
    # the text, or at least of the first two letters, such as “TY”, “@b” and “[{”.
    start = raw[:400]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        n_zeros = start[first::2].count(0)
        starts_in_ascii = start[first:4:2] == b"\0\0" and all(start[1 - first : 4 : 2])
        if starts_in_ascii or (len(start) > 3 and n_zeros > len(start) // 3):
            return encoding
    declared = find_declared_encoding(raw[:COMMENT_BYTES])
    return declared if declared and not is_utf_8(raw) else "utf-8"


def find_declared_encoding(start: bytes) -> str:
    """Return the text encoding that a comment declares: “gbk”, “mac-roman”, or “”."""
    for found in ENCODING_COMMENT.finditer(start):
        words = found[1].decode("ascii", "replace").lower()
        # BibDesk writes “Western (Mac OS Roman)”.
        name = words.partition("(")[2].partition(")")[0] or words.strip(" .:()-")
        with suppress(LookupError):
            alias = ENCODING_ALIASES.get(name, name.removeprefix("x-"))
            codec = codecs.lookup(alias).name
            if TEXT_CODECS.fullmatch(codec):
                return codec
    return ""


def is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def decode_windows_1252(found: re.Match[str]) -> str:
    raw = found[0].encode("utf-8", "surrogateescape")
    return raw.decode("cp1252", "surrogateescape")
