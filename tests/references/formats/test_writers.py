"""Rules for every writer."""

import tracemalloc

import pytest

from references.csl import Work
from references.formats import FORMATS
from references.formats.bibtex_fields import BIBLATEX_ENTRY_TYPES
from references.formats.citekeys import make_citekeys_unique
from references.formats.ris_tags import RIS_TYPES
from references.models import Reference
from tests.references.formats.work_strategies import FIXTURES

EVERY_FORMAT = pytest.mark.parametrize("name", FORMATS)
# A writer that kept the key of every work would take twice as much.
MAX_BYTES_PER_WORK = 50


def generate_works(number):
    """Yield works that are written fast, but fill blocks by their long notes."""
    work = Work(key="a", type="book", title="A", note="note " * 80)
    for n in range(number):
        yield work.model_copy(update={"key": f"{FIXTURES[n % 100].key}-{n}"})


def measure_peak_memory(name, number):
    tracemalloc.start()
    try:
        # XLSX is compressed: the notes are all the same.
        assert sum(map(len, FORMATS[name].write(generate_works(number)))) > number * 40
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@EVERY_FORMAT
def test_memory_does_not_grow_with_the_number_of_works(name):
    measure_peak_memory(name, 50)
    small, large = 400, 1_600
    assert measure_peak_memory(name, large) < measure_peak_memory(
        name, small
    ) + MAX_BYTES_PER_WORK * (large - small)


# XLSX is an archive with its directory at the end, so it is written as a whole.
@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
def test_the_first_block_is_written_before_the_last_work_is_read(name):
    read = []

    def works():
        for work in generate_works(5_000):
            read.append(work.key)
            yield work

    assert next(FORMATS[name].write(works()))
    assert len(read) < 1_000


@EVERY_FORMAT
def test_a_file_without_works_is_valid(name):
    work_format = FORMATS[name]
    written = b"".join(work_format.write([]))
    assert written or name == "ris"
    if work_format.read:
        assert work_format.read(written, "a").works == []


@EVERY_FORMAT
@pytest.mark.parametrize("title", ["\x1b", "<sup>\x1b</sup>", "<SUP></SUP>", "\n"])
def test_a_title_without_words_can_be_written(name, title):
    item = {"id": "a", "type": "book", "title": title, "note": "B"}
    assert b"".join(FORMATS[name].write([Work.model_validate(item)]))


def test_a_repeated_key_gets_a_number():
    keys = ("a", "b", "a", "A", "a-2", "a")
    works = [Work(key=key, type="book", title=key) for key in keys]
    assert [(work.key, work.title) for work in make_citekeys_unique(works)] == [
        ("a", "a"),
        ("b", "b"),
        ("a-2", "a"),
        ("A-3", "A"),
        ("a-2-2", "a-2"),
        ("a-4", "a"),
    ]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_keys_that_would_end_an_entry_are_cleaned(name):
    work = Work(key="a, b} @c", type="book", title="A")
    assert b"{a-b-c,\n" in b"".join(FORMATS[name].write([work]))


def test_every_type_of_work_has_a_type_in_bibtex_and_ris():
    types = set(Reference.Type.values)
    assert set(BIBLATEX_ENTRY_TYPES) == types
    assert set(RIS_TYPES) == types


def test_formats_are_registered_under_their_names():
    assert list(FORMATS) == [work_format.name for work_format in FORMATS.values()]
    for work_format in FORMATS.values():
        assert work_format.name == "xlsx" or "utf-8" in work_format.media_type
