"""Tests of the stream of works, which is read in chunks."""

import pytest
from django.http import QueryDict

from initiatives.cited_work_filter import CitedWorkFilter
from references import csl_stream
from references.csl_serializers import WORK_PREFETCHES, serialize_work
from references.csl_stream import stream_works
from references.models import Reference
from tests.factories import (
    ContributionFactory,
    FormerKeyFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chunks_of_two(monkeypatch):
    monkeypatch.setattr(csl_stream, "CHUNK_SIZE", 2)


def full_work(n):
    work = ReferenceFactory(
        key=f"work-{n}", issued_year=2014, issued_month=n, accessed_year=2020,
        correction="Printed as 2013.", chapter_position=n, doi=f"10.1007/{n}",
    )  # fmt: skip
    for key in (f"z-{n}", f"a-{n}"):
        FormerKeyFactory(reference=work, key=key)
    body = PersonFactory(family="", literal=f"City {n}")
    ContributionFactory(reference=work, person=body, role="editor")
    for position in (2, 1):
        ContributionFactory(reference=work, position=position)
    return work


def test_they_equal_the_serialized_records():
    for n in range(1, 6):
        full_work(n)
    ReferenceFactory(key="bare")
    works = Reference.objects.order_by("-key")
    read = list(stream_works(works))
    assert read == list(map(serialize_work, works.prefetch_related(*WORK_PREFETCHES)))
    assert [len(work.author) for work in read] == [2, 2, 2, 2, 2, 0]
    assert read[0].former_names == ["a-5", "z-5"]


def test_they_have_the_order_of_the_list():
    first, second = ReferenceFactory(key="b"), ReferenceFactory(key="a")
    SourceFactory(reference=first)
    works = CitedWorkFilter(QueryDict("sort=cited"), Reference.objects.all()).matches
    assert [work.key for work in stream_works(works)] == [first.key, second.key]


def test_a_chunk_takes_two_queries(django_assert_num_queries):
    for n in range(1, 4):
        full_work(n)
    works = stream_works(Reference.objects.all())
    with django_assert_num_queries(3):
        next(works)
    with django_assert_num_queries(2):
        assert len(list(works)) == 2
