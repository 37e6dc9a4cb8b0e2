"""Whatever a format does not say it loses comes back from it."""

import pytest
from hypothesis import given, settings

from references.formats import FORMATS
from tests.references.formats.work_strategies import FIXTURES, WORKS

READ = [kind for kind in FORMATS.values() if kind.read]


def there_and_back(kind, *works):
    return kind.read(b"".join(kind.write(works)), f"a.{kind.extension}")


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.name)
@settings(deadline=None)
@given(work=WORKS)
def test_a_work_is_the_same_there_and_back(kind, work):
    reading = there_and_back(kind, work)
    told = [str(refusal) for refusal in reading.refusals]
    # In RIS commas and “and” part names, so that of random ones some can't be told.
    strange = ("and 20 fit", "who is meant can’t be told", "stands here twice")
    strange += ("Others stand here without a name", "is no name; it is left out")
    strange += ("names nobody", "taken for one person")
    assert [words for words in told if not any(map(words.count, strange))] == []
    assert reading.works == [kind.held(work)]


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.name)
def test_all_works_we_have_are_the_same_there_and_back(kind):
    reading = there_and_back(kind, *FIXTURES)
    assert reading.refusals == []
    assert reading.works == [kind.held(work) for work in FIXTURES]
    assert len(reading.works) > 400
