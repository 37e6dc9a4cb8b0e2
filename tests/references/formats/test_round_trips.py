"""A work comes back from a file as it was, but for the losses of its format."""

import pytest
from hypothesis import given, settings

from references.formats import FORMATS
from tests.references.formats.work_strategies import FIXTURES, WORKS

READABLE_FORMATS = [each for each in FORMATS.values() if each.read]
EVERY_READABLE_FORMAT = pytest.mark.parametrize(
    "work_format", READABLE_FORMATS, ids=lambda each: each.name
)


def write_and_read(work_format, *works):
    raw = b"".join(work_format.write(works))
    return work_format.read(raw, f"a.{work_format.extension}")


@EVERY_READABLE_FORMAT
@settings(deadline=None)
@given(work=WORKS)
def test_any_work_survives_a_round_trip(work_format, work):
    result = write_and_read(work_format, work)
    messages = [str(message) for message in result.messages]
    # In RIS commas and “and” separate names, so some random names are ambiguous.
    expected = ("the limit is 20", "it is unclear who is meant", "is listed twice")
    expected += ("“et al.” has no name before it", "is not a name; it is left out")
    expected += ("names nobody", "read as one person")
    assert [words for words in messages if not any(map(words.count, expected))] == []
    assert result.works == [work_format.round_trip(work)]


@EVERY_READABLE_FORMAT
def test_all_fixtures_survive_a_round_trip(work_format):
    result = write_and_read(work_format, *FIXTURES)
    assert result.messages == []
    assert result.works == [work_format.round_trip(work) for work in FIXTURES]
    assert len(result.works) > 400


@EVERY_READABLE_FORMAT
@pytest.mark.parametrize("pages", ["12-12", "1–1-:", "1—2-3", "12-20", "C3-32", "1--2"])
def test_odd_pages_survive_a_round_trip(work_format, pages):
    work = FIXTURES[0].model_copy(update={"page": pages})
    result = write_and_read(work_format, work)
    assert result.messages == []
    assert [each.page for each in result.works] == [pages]
