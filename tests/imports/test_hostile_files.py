"""Malicious zips and sheets."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.content.parsed_file import InvalidFileError
from casebase.desk.imports.archives import Limits, pack, unpack
from casebase.desk.imports.packed_sheets import (
    LIMITS,
    MAX_PARTS,
    map_sheets,
    read_sheets,
)
from tests.imports.importer import error_lines

SMALL = Limits(max_files=3, max_file_bytes=1_000, max_total_bytes=1_500)


def refusals(raw, limits=SMALL):
    with pytest.raises(InvalidFileError) as refused:
        list(unpack(raw, limits, "a.zip"))
    return [f"{r.path}: {r.sentence}" for r in refused.value.errors]


def zipped(name, content=b"slug: a", **entry):
    """Return a zip of one file, with these attributes of its entry."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        for attribute, value in entry.items():
            setattr(info, attribute, value)
        archive.writestr(
            info, content, entry.get("compress_type", zipfile.ZIP_DEFLATED)
        )
    return packed.getvalue()


def test_packed_files_are_unpacked():
    files = [("a.yaml", b"slug: a"), ("a.yaml", b"slug: b"), ("c.yaml", b"")]
    names = ["a.yaml", "2-a.yaml", "c.yaml"]
    unpacked = unpack(pack(files), SMALL, "a.zip")
    assert list(unpacked) == list(zip(names, [raw for _, raw in files], strict=True))


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../a.yaml", "b/../../a.yaml", "..\\a.yaml", "C:\\a.yaml"]
)
def test_paths_outside_the_zip_are_refused(name):
    # As Windows would write it, which the library does not do.
    raw = zipped(name.replace("\\", "|")).replace(b"|", b"\\")
    assert refusals(raw) == [f"{name}: This path leads out of the zip; change it."]


def test_links_are_refused():
    raw = zipped("a.yaml", b"/etc/passwd", external_attr=0o120777 << 16)
    assert refusals(raw) == ["a.yaml: This is a link; replace it with the file."]


def test_encrypted_files_are_refused():
    raw = bytearray(zipped("a.yaml"))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + flags] |= 1
    assert refusals(bytes(raw)) == [
        "a.yaml: This file is encrypted; remove its password."
    ]


def test_other_compression_methods_are_refused():
    raw = zipped("a.yaml", compress_type=zipfile.ZIP_LZMA)
    assert refusals(raw) == [
        "a.yaml: This compression method is not supported; pack the zip again."
    ]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    raw = zipped("a.yaml", b"\0" * 100_000_000)
    assert len(raw) < 100_000
    read = []
    whole = zipfile.ZipExtFile.read
    monkeypatch.setattr(
        zipfile.ZipExtFile,
        "read",
        lambda file, n=-1: read.append(n) or whole(file, n),
    )
    assert refusals(raw) == ["a.yaml: The file is larger than 0.001 MB."]
    assert read == [1_001]


def test_the_number_and_total_size_of_files_are_limited():
    raw = pack((f"{n}.yaml", b"x" * 800) for n in range(3))
    assert refusals(raw) == ["a.zip: Unpacked, this is more than 0.0015 MB."]
    raw = pack((f"{n}.yaml", b"") for n in range(4))
    assert refusals(raw) == ["a.zip: There are more than 3 files in this zip."]


def test_a_zip_with_a_wrong_size_is_refused():
    raw = bytearray(zipped("a.yaml", b"slug: a " * 50))
    entry = raw.index(b"PK\x01\x02")
    assert struct.unpack_from("<I", raw, entry + 24) == (400,)
    struct.pack_into("<I", raw, entry + 24, 8)
    assert refusals(bytes(raw)) == ["a.zip: This zip can’t be read; pack it again."]


def test_a_zip_of_zips_is_refused(importer):
    inner = pack([("a.yaml", b"slug: a")])
    preview = importer.preview("cases", ("a.zip", pack([("b.zip", inner)])))
    assert error_lines(preview) == [
        "b.zip:1: This is not a sheet; sheets end in .yaml."
    ]


@given(st.binary(max_size=300), st.integers(0, 400))
def test_random_bytes_do_not_break_the_reader(noise, at):
    good = pack([("a.yaml", b"slug: a"), ("b.yaml", b"slug: b" * 20)])
    for raw in (noise, good[:at] + noise + good[at + len(noise) :]):
        try:
            assert all(content for _, content in unpack(raw, SMALL, "a.zip"))
        except InvalidFileError:
            continue


def sheet_refusals(text):
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InvalidFileError) as refused:
        read_sheets(pack([("a.yaml", raw)]), "a.zip")
    return [str(refusal) for refusal in refused.value.errors]


LAUGHS = "a: &a [x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LAUGHS, "a.yaml:1: Anchors and aliases (& and *) are not taken."),
        (
            "a: !!python/object/apply:os.system [ls]",
            "a.yaml:1: Tags (!) are not taken.",
        ),
        ("a: " + "[" * 30 + "]" * 30, "a.yaml:1: Lists are nested too deeply here."),
        ("a: [" + "1," * 400_000 + "]", "a.yaml:1: This is more than any sheet says."),
        ("a: " + "x" * 1_000_001, "a.yaml:1: The file is larger than 1 MB."),
        ("slug: a\0", "a.yaml:1: There is a NUL character in the file."),
        ("slug: ü".encode("latin-1"), "a.yaml:1: The file is not saved as UTF-8."),
        ("slug: a".encode("utf-16"), "a.yaml:1: The file is not saved as UTF-8."),
        ("scheme: a", "a.yaml:1: This is a codebook file; load_content takes these."),
        ("- a", "a.yaml:1: The file should begin with a key: “slug:”."),
    ],
    ids=range(10),
)
def test_invalid_sheets_are_refused(text, message):
    assert sheet_refusals(text) == [message]


def test_a_deeply_nested_sheet_is_refused():
    [message] = sheet_refusals("a: " + "[" * 900_000)
    assert message.startswith("a.yaml:1: The YAML can’t be read from here on")


def test_a_zip_without_sheets_is_refused():
    with pytest.raises(InvalidFileError, match="There is no sheet in it"):
        read_sheets(pack([(".DS_Store", b"x")]), "a.zip")


def test_too_many_values_in_all_sheets_are_refused(monkeypatch):
    monkeypatch.setattr("casebase.desk.imports.packed_sheets.MAX_PARTS", 3)
    raw = pack([("a.yaml", b"slug: a\nb: 1"), ("b.yaml", b"slug: b")])
    with pytest.raises(InvalidFileError, match="divide the files"):
        read_sheets(raw, "a.zip")


def test_a_small_zip_may_not_have_many_values():
    text = f"slug: a\na: [{'[],' * 9_000}]".encode()
    raw = pack((f"{n}.yaml", text) for n in range(50))
    assert len(raw) < 10_000
    with pytest.raises(InvalidFileError, match="divide the files"):
        read_sheets(raw, "a.zip")


def test_the_limits_allow_a_thousand_sheets():
    assert LIMITS.max_files >= 1_000
    assert LIMITS.max_total_bytes >= 1_000 * 30_000
    files = sorted(Path("fixtures/initiatives").glob("*.yaml"))
    raw = pack((file.name, file.read_bytes()) for file in files)
    assert len(read_sheets(raw, "a")) == len(files)
    n_parts = sum(map_sheets(lambda parsed: len(parsed.lines), raw, "a"))
    assert n_parts / len(files) * 1_000 <= MAX_PARTS


def test_the_largest_sheets_are_read():
    """They have about as many values as a sheet may have."""
    finding = "- id: f{n}\n  statement: In {n} towns people do as {m} others.\n"
    text = "".join(finding.format(n=n, m=n * n % 997) for n in range(3_900))
    raw = pack((f"{n}.yaml", f"slug: a{n}\nf:\n{text}".encode()) for n in range(5))
    assert sum(map_sheets(lambda parsed: len(parsed.lines), raw, "a.zip")) > 58_000


HOSTILE = "</td><script>alert(1)</script>{{ 7|add:7 }}"


def test_markup_in_a_file_is_escaped(importer, sheet):
    replacements = [
        ("statement: A whole system", f"statement: '{HOSTILE} A whole system")
    ]
    replacements += [
        ("can be changed.", "can be changed.'"),
        ("kind: lesson", "kind: outcome"),
    ]
    files = [(f"{HOSTILE}.yaml".replace("/", "_"), sheet(*replacements))]
    for page in (
        importer.preview("cases", *files),
        importer.preview("cases", ("a.yaml", f"'{HOSTILE}': 1\nslug: b")),
    ):
        assert b"<script>alert" not in page.content
        assert b"&lt;script&gt;alert(1)" in page.content
        assert b"{{ 7|add:7 }}" in page.content
