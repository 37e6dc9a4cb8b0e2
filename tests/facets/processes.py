"""Processes that publish cases and processes that read lists, all at once.

DATABASE_URL=… python -m tests.facets.processes

Fails when a reader misses what was committed before its request, or reads what SQL does
not say when all is done.
"""

import multiprocessing
import os
import sys

import django
from django.test.utils import setup_test_environment

TAGS = ("one", "two")
CASES, READERS = 8, 2


def read(committed, together):
    """Ask for lists until all is written. ``committed`` is tag → number of cases."""
    from tests.facets.edits import seeded
    from tests.facets.questions import ask_for_cases, ask_for_works

    seen(TAGS[0])
    together.wait()
    while any(cases.value < CASES for cases in committed.values()):
        for tag, cases in committed.items():
            n = cases.value
            assert seen(tag) >= n
    together.wait()
    chance = seeded(0)
    for _ in range(3):
        ask_for_cases(chance)
        ask_for_works(chance)


def seen(tag):
    """How many cases with a tag there are, by a whole request, as of any reader."""
    from django.test import Client

    page = Client().get(f"/initiatives/?tag={tag}")
    return len(page.context["filter"].found)


def write(tag, cases, together):
    """Publish cases with a tag, a transaction each, and count them when committed."""
    from casebase.change_tracking.transactions import written_together
    from initiatives.models import Concept
    from references.models import Reference
    from tests.facets.edits import World, seeded
    from tests.factories import FindingFactory, InitiativeFactory, SourceFactory

    world = World(seeded(tag))
    terms = list(Concept.objects.filter(scheme="barriers"))
    works = list(Reference.objects.all())
    together.wait()
    for n in range(1, CASES + 1):
        with written_together():
            name = f"{tag}-{n}"
            case = InitiativeFactory(slug=name, name=name, tags=[tag, "night"])
            coded = {"kind": "barrier", "concept": world.chance.choice(terms)}
            finding = FindingFactory(initiative=case, sources=0, **coded)
            SourceFactory(finding=finding, reference=world.chance.choice(works))
        cases.value = n
        world.move_finding()
        world.change_work()
    together.wait()


def main():
    # Django is loaded once, and no connection is open when the process is divided.
    fork = multiprocessing.get_context("fork")
    together = fork.Barrier(len(TAGS) + READERS, timeout=60)
    committed = {tag: fork.Value("i", 0) for tag in TAGS}
    processes = [
        *(
            fork.Process(target=write, args=(*one, together))
            for one in committed.items()
        ),
        *(
            fork.Process(target=read, args=(committed, together))
            for _ in range(READERS)
        ),
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
