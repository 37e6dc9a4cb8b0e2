"""What the parts of the site tell operators: jobs, backups, replicas, cache server."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.utils import timezone

from casebase.backups import monitoring as backups
from casebase.backups.models import LastBackup
from casebase.caches import monitoring as cache_facts
from casebase.caches.configuration import shared_caches
from casebase.change_tracking.models import Counter
from casebase.jobs import monitoring as jobs
from casebase.jobs.models import Job
from casebase.replicas import monitoring as replicas
from casebase.replicas.watching import Replicas
from tests.monitoring.samples import value


def wrong(facts):
    """Return the labels of the facts that have advice."""
    return [fact.label for fact in facts if fact.advice]


def add_job(state, hours_ago=0):
    due = timezone.now() - timedelta(hours=hours_ago)
    Job.objects.create(key=f"{state} {hours_ago}", state=state, due_at=due)


@pytest.mark.django_db
def test_the_queue_of_jobs_is_measured():
    assert value("casebase_jobs", state="waiting") == 0
    assert value("casebase_jobs_oldest_seconds") == 0
    add_job("waiting", hours_ago=-1)
    assert value("casebase_jobs_oldest_seconds") == 0
    assert not wrong(jobs.jobs())
    add_job("waiting", hours_ago=3)
    add_job("waiting", hours_ago=2)
    add_job("failed")
    assert value("casebase_jobs", state="waiting") == 3
    assert value("casebase_jobs", state="failed") == 1
    assert 3 * 3600 <= value("casebase_jobs_oldest_seconds") < 4 * 3600
    waiting, running, failed = jobs.jobs()
    assert (waiting.value, running.value, failed.value) == ("3", "0", "1")
    assert wrong([waiting, running, failed]) == ["Waiting", "Failed"]


@pytest.mark.django_db
def test_the_last_backup_is_told():
    name = "casebase_backup_timestamp_seconds"
    assert value(name) == 0
    assert wrong(backups.backups()) == ["Last"]
    for days in (1, 3):
        made_at = timezone.now() - timedelta(days=days)
        LastBackup(pk=1, made_at=made_at, size=3_000, place="here:/b.tar").save()
        assert value(name) == pytest.approx(made_at.timestamp())
        assert bool(wrong(backups.backups())) == (days == 3)
    assert "here:/b.tar" in [fact.value for fact in backups.backups()]


@pytest.fixture
def replica(monkeypatch):
    """A replica that is the primary itself, so it is never behind on its own."""
    known = Replicas(["default"])
    monkeypatch.setattr(replicas, "all_replicas", lambda: known)
    return known.all[0]


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_replicas_are_told_with_their_lag(replica, monkeypatch):
    name = "casebase_replica_lag_seconds"
    [fact] = replicas.describe_replicas()
    assert "nobody has looked" in fact.value
    assert not fact.advice
    replica.look(0)
    assert value("casebase_replica_used", replica="default") == 1
    assert value(name, replica="default") == 0
    latest = Counter.objects.current()
    assert replicas.lag_of(replica, latest + 2_500_000) == 2.5
    assert replicas.describe_replicas()[0].value == "used, 0.0 seconds behind"

    def refuse(alias):
        raise OperationalError("no route")

    monkeypatch.setattr(Counter.objects.__class__, "using", lambda *_: refuse("a"))
    [fact] = replicas.describe_replicas()
    assert (fact.value, bool(fact.advice)) == ("left out: no route", True)
    assert value("casebase_replica_used", replica="default") == 0


@pytest.mark.once
@pytest.mark.django_db
def test_a_site_without_replicas_says_so():
    assert [fact.value for fact in replicas.describe_replicas()] == ["none"]


@pytest.fixture
def cache_server(settings):
    """A cache server that nobody has started."""
    settings.CACHES = settings.CACHES | shared_caches("redis://127.0.0.1:1/0")


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.usefixtures("cache_server")
def test_a_cache_server_that_is_away_is_told():
    name = "casebase_cache_server_up"
    assert value(name, action="read") == value(name, action="written") == 1
    assert not wrong(cache_facts.describe_caches())
    assert caches["answers"].get("nothing") is None
    assert value(name, action="read") == 0
    assert cache_facts.describe_caches()[-1].value == "can’t be read"
    assert wrong(cache_facts.describe_caches()) == ["server"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("backend", "words"),
    [
        ("django.core.cache.backends.locmem.LocMemCache", "in the memory"),
        ("somebody.elses.Cache", "Cache"),
    ],
)
def test_caches_are_told_by_where_they_are(backend, words):
    assert words in cache_facts.place_of(backend)
