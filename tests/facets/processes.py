"""Processes that publish cases, and concurrent processes that read lists.

DATABASE_URL=… python -m tests.facets.processes

Fails if a reader does not see what was committed before its request, or if lists differ
from SQL in the end.
"""

import multiprocessing
import os
import sys

import django
from django.test.utils import setup_test_environment

TAGS = ("one", "two")
CASES, READERS = 8, 2


def read(committed, barrier):
    """Request lists until all cases are written. ``committed``: tag → case count."""
    from tests.facets.random_edits import seeded
    from tests.facets.random_queries import check_cases, check_works

    count_listed(TAGS[0])
    barrier.wait()
    while any(cases.value < CASES for cases in committed.values()):
        for tag, cases in committed.items():
            n = cases.value
            assert count_listed(tag) >= n
    barrier.wait()
    chance = seeded(0)
    for _ in range(3):
        check_cases(chance)
        check_works(chance)


def count_listed(tag):
    """Return the number of cases with a tag that a reader's request shows."""
    from django.test import Client

    page = Client().get(f"/initiatives/?tag={tag}")
    return len(page.context["filter"].matching_keys)


def write(tag, cases, barrier):
    """Publish cases with a tag, each in a transaction; count them after the commit."""
    from casebase.change_tracking.transactions import tracked_transaction
    from initiatives.models import Concept
    from references.models import Reference
    from tests.facets.random_edits import World, seeded
    from tests.factories import FindingFactory, InitiativeFactory, SourceFactory

    world = World(seeded(tag))
    terms = list(Concept.objects.filter(scheme="barriers"))
    works = list(Reference.objects.all())
    barrier.wait()
    for n in range(1, CASES + 1):
        with tracked_transaction():
            name = f"{tag}-{n}"
            case = InitiativeFactory(slug=name, name=name, tags=[tag, "night"])
            coded = {"kind": "barrier", "concept": world.chance.choice(terms)}
            finding = FindingFactory(initiative=case, sources=0, **coded)
            SourceFactory(finding=finding, reference=world.chance.choice(works))
        cases.value = n
        world.move_finding()
        world.change_work()
    barrier.wait()


def main():
    # Forking saves loading Django again. No database connection may be open by now.
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(len(TAGS) + READERS, timeout=60)
    committed = {tag: fork.Value("i", 0) for tag in TAGS}
    processes = [
        *(
            fork.Process(target=write, args=(*one, barrier))
            for one in committed.items()
        ),
        *(fork.Process(target=read, args=(committed, barrier)) for _ in range(READERS)),
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return any(process.exitcode for process in processes)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    setup_test_environment()
    sys.exit(main())
