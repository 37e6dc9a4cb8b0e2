"""Tests that a long list rendered in parts is the same as one rendered as a whole."""

import re

import pytest

from references.styles import rendering
from references.styles.errors import RenderError
from references.styles.list_splitting import MIN_PART_WORKS, split_list
from references.styles.pandoc_styles import load_for_pandoc
from references.styles.style_catalogue import get_style
from tests.references.styles.csl_factories import (
    item,
    long_list,
    person,
    rendered,
    year,
)

COMPARES_NAMES = ["apa", "chicago-author-date", "springer-socpsych-author-date"]


@pytest.mark.parametrize("style", COMPARES_NAMES)
def test_a_list_in_parts_equals_the_list_as_a_whole(monkeypatch, short_parts, style):
    works = long_list(160)
    in_parts = rendered(works, style)
    monkeypatch.setattr(rendering, "MAX_UNSPLIT_WORKS", 160)
    whole = rendered(works, style)
    assert in_parts == whole
    assert sum(bool(re.search(r"\b201\d[a-z]\b", entry.text)) for entry in whole) > 12


def test_progress_is_reported(short_parts):
    reported = []
    rendered(long_list(160), report=reported.append)
    assert len(reported) > 2
    assert reported == sorted(reported)
    assert reported[-1] == 160


def test_a_part_that_fails_fails_the_list(monkeypatch):
    monkeypatch.setattr(rendering, "timeout_seconds", lambda n: 0.001)
    with pytest.raises(RenderError):
        rendered(long_list(301))


@pytest.mark.parametrize(
    ("style", "is_splittable"),
    [
        *((style, True) for style in COMPARES_NAMES),
        # They compare only works that look the same, and are fast.
        ("harvard-cite-them-right", False),
        ("modern-language-association", False),
        # They number works and compare nothing.
        ("nlm-citation-sequence", False),
        ("din-1505-2-alphanumeric", False),
    ],
)
def test_styles_that_compare_names_are_rendered_in_parts(style, is_splittable):
    assert load_for_pandoc(get_style(style)).is_splittable == is_splittable


def test_every_work_is_in_one_part():
    works = long_list(1_000)
    parts = list(split_list(works))
    assert sorted(work["id"] for part in parts for work in part) == sorted(
        work["id"] for work in works
    )
    assert all(len(part) >= MIN_PART_WORKS for part in parts[:-1])


@pytest.mark.parametrize(
    "together",
    [
        [
            item(author=[person("Eijk", **{"non-dropping-particle": "van"})]),
            item(author=[person("van Eijk"), person("Alford")]),
            item(editor=[person("VAN EIJK")]),
        ],
        [item(author=[{"literal": "BBC"}]), item(author=[person("BBC")])],
        [
            item(title="zeal", issued=year(2017)),
            item(title="apart", issued={"date-parts": [[2017, 5]]}),
        ],
        [item(title="zeal"), item(title="apart")],
    ],
)
def test_similar_works_stay_in_one_part(together):
    crowd = [item(author=[person(f"Name {n}")]) for n in range(1_000)]
    works = [*together, *crowd]
    numbered = [work | {"id": f"{n:04}"} for n, work in enumerate(works)]
    ids = {f"{n:04}" for n in range(len(together))}
    [part] = [
        part for part in split_list(numbered) if ids & {work["id"] for work in part}
    ]
    assert ids <= {work["id"] for work in part}
