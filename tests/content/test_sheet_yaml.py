"""Every value that is written is read unchanged, by our reader and by PyYAML."""

from pathlib import Path

import yaml
from hypothesis import example, given, strategies

from initiatives.sheet_yaml import parse_yaml, read_yaml, write_yaml

ODD = ["no", "1e3", "2014-05", "2014-05-12", "null", "~", "", "012", "0x1f", "12:30"]
SIGNS = " \n\r\t#:'\"-?[]{},&*!|>%@`=ab1e.\x85\u2028\ufeff\x07😀"
signs = strategies.text(alphabet=SIGNS)
prose = strategies.lists(signs, min_size=1, max_size=60).map(" ".join)
texts = strategies.text() | signs | prose | strategies.sampled_from(ODD)
numbers = strategies.integers(-(10**17), 10**17) | strategies.floats(
    allow_nan=False, allow_infinity=False
)
values = strategies.recursive(
    texts | numbers | strategies.none() | strategies.booleans(),
    lambda inner: (
        strategies.lists(inner)
        | strategies.dictionaries(strategies.sampled_from("abc"), inner)
    ),
)


def read(text):
    return parse_yaml(text, "a.yaml")


@given(values)
@example("x" * 200)
@example("A long text: " + "with a colon " * 20)
@example("Two paragraphs\n\nof a text")
def test_a_written_value_is_read_unchanged(value):
    assert read(write_yaml({"key": value})).value == {"key": value}


@given(texts)
def test_pyyaml_reads_our_texts_as_texts(text):
    assert yaml.safe_load(write_yaml({"key": text})) == {"key": text}


def test_unquoted_words_mean_what_they_mean_in_json():
    parsed = read(
        "no: no\nday: 2014-05-12\ntime: 12:30\noctal: 012\nnull: null\nnothing:\n"
        "whole: -12\nfraction: 0.5\nlarge: 1e3\nquoted: '12'\nyes: true\n"
    )
    assert parsed.value == {
        **{"no": "no", "day": "2014-05-12", "time": "12:30", "octal": "012"},
        **{"null": None, "nothing": None, "whole": -12, "fraction": 0.5},
        **{"large": 1000.0, "quoted": "12", "yes": True},
    }


def test_every_part_has_its_line():
    parsed = read("slug: a\nlist:\n  - ref: b\n    via: c\n  - [d,\n     e]\n")
    assert parsed.lines == {
        **{(): 1, ("slug",): 1, ("list",): 2},
        **{("list", 0): 3, ("list", 0, "ref"): 3, ("list", 0, "via"): 4},
        **{("list", 1): 5, ("list", 1, 0): 5, ("list", 1, 1): 6},
    }


SHEET = """\
name: 'Weyhe: a case'
note: null
statement: >-
  Patrols began in spring 2008 and were still running. Patrols began in spring 2008 and were still running. Patrols
  began in spring 2008 and were still running.
tags: [night-time, 'no']
figure:
  value: 805
  share: 0.5
url: https://example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
sources:
  - ref: a-2014
"""  # noqa: E501


def test_a_sheet_looks_like_one_written_by_hand():
    statement = "Patrols began in spring 2008 and were still running."
    value = {
        "name": "Weyhe: a case",
        "note": None,
        "statement": " ".join([statement] * 3),
        "tags": ["night-time", "no"],
        "figure": {"value": 805.0, "share": 0.5},
        "url": "https://example.org/" + "a" * 88,
        "sources": [{"ref": "a-2014"}],
    }
    assert write_yaml(value) == SHEET


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path):
    path = Path(tmp_path / "a.yaml")
    path.write_bytes(b"\xef\xbb\xbfslug: a\r\n")
    assert read_yaml(path).value == {"slug": "a"}
