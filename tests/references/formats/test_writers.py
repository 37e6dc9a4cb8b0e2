"""What holds for every writer."""

import tracemalloc

import pytest

from references.csl import Work
from references.formats import FORMATS
from references.formats.bibtex_fields import BIBLATEX_TYPES
from references.formats.citekeys import with_unique_keys
from references.formats.ris_tags import TYPES
from references.models import Reference
from tests.references.formats.work_strategies import FIXTURES

EACH = pytest.mark.parametrize("name", FORMATS)
# A key alone takes twice as much in a table of those that were written.
BYTES_A_WORK = 50


def many(number):
    for n in range(number):
        work = FIXTURES[n % len(FIXTURES)]
        yield work.model_copy(update={"key": f"{work.key}-{n}"})


def peak(name, number):
    tracemalloc.start()
    try:
        assert sum(map(len, FORMATS[name].write(many(number)))) > number * 50
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@EACH
def test_memory_does_not_grow_with_the_works(name):
    peak(name, 50)
    small, large = 400, 1_600
    assert peak(name, large) < peak(name, small) + BYTES_A_WORK * (large - small)


# Not of XLSX, which is an archive: its directory stands at its end.
@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
def test_the_first_block_is_given_before_the_last_work_is_read(name):
    read = []

    def works():
        for work in many(5_000):
            read.append(work.key)
            yield work

    assert next(FORMATS[name].write(works()))
    assert len(read) < 1_000


@EACH
def test_a_file_of_no_works_is_a_file(name):
    kind = FORMATS[name]
    written = b"".join(kind.write([]))
    assert written or name == "ris"
    if kind.read:
        assert kind.read(written, "a").works == []


def test_a_key_that_stands_twice_is_numbered():
    keys = ("a", "b", "a", "A", "a-2", "a")
    works = [Work(key=key, type="book", title=key) for key in keys]
    assert [(work.key, work.title) for work in with_unique_keys(works)] == [
        ("a", "a"),
        ("b", "b"),
        ("a-2", "a"),
        ("A-3", "A"),
        ("a-2-2", "a-2"),
        ("a-4", "a"),
    ]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_keys_that_would_end_an_entry_are_mended(name):
    work = Work(key="a, b} @c", type="book", title="A")
    assert b"{a-b-c,\n" in b"".join(FORMATS[name].write([work]))


def test_every_type_of_work_has_its_place():
    types = set(Reference.Type.values)
    assert set(BIBLATEX_TYPES) == types
    assert set(TYPES) == types


def test_the_table_has_each_format_once():
    assert list(FORMATS) == [kind.name for kind in FORMATS.values()]
    for kind in FORMATS.values():
        assert kind.name == "xlsx" or "utf-8" in kind.media_type
