"""A reader's next request shows what was committed, in every process."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from taggit.models import Tag

from casebase.facets.snapshot_cache import current_snapshot
from tests.facets.processes import TAGS
from tests.facets.random_edits import World, seeded
from tests.shared_database import shared_database

ROOT = Path(__file__).parents[2]


@pytest.fixture
def url(transactional_db, tmp_path):
    """The DATABASE_URL under which other processes reach this test's database."""
    World.create(seeded(0))
    for tag in (*TAGS, "night"):
        Tag.objects.create(name=tag, slug=tag)
    with shared_database(tmp_path) as url:
        yield url


@pytest.mark.django_db(transaction=True)
def test_a_worker_builds_the_index_when_it_starts(django_assert_num_queries):
    World.create(seeded(0))
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))["build_index"]()
    with django_assert_num_queries(1):
        assert len(current_snapshot())


def test_every_reader_sees_each_change_in_the_next_request(url):
    run = [sys.executable, "-m", "tests.facets.processes"]
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(
        run, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
