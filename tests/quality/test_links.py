"""Links: which there are, the results of their checks, and their pages at the desk."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from casebase.desk.quality.links.due_links import BUSY
from casebase.desk.quality.links.verdicts import DEAD_STATES, State, Verdict
from casebase.desk.quality.management.commands import check_links
from casebase.desk.quality.models import Link
from casebase.site_lock import site_lock
from tests.desk import Curator, admin_url, listed_records
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.once import once_except
from tests.quality.server import (
    respond_with,
    running_server,
)

pytestmark = pytest.mark.django_db
GONE = Verdict(State.GONE, "It is gone.", 404)
FINE = Verdict(State.FINE, "The page is there.", 200)


@pytest.fixture
def curator():
    return Curator()


@pytest.fixture
def server(monkeypatch, settings, tmp_path):
    settings.CACHE_DIR = tmp_path
    pages = {
        "/there": respond_with(200),
        "/gone": respond_with(404),
        "/new": respond_with(200),
    }
    with running_server(pages) as server:
        monkeypatch.setattr(check_links.Command, "checker", server.checker)
        yield server


def link_addresses():
    Link.objects.update_addresses()
    return {link.address for link in Link.objects.all()}


def source_on(finding, **fields):
    source = finding.sources.first()
    for name, value in fields.items():
        setattr(source, name, value)
    source.save()
    return source


def check(**options):
    out = StringIO()
    # As manage.py runs it: after Django's system checks.
    call_command("check_links", stdout=out, skip_checks=False, **options)
    return out.getvalue()


# Addresses


def test_each_address_of_works_and_sources_is_one_link():
    ReferenceFactory(url="https://a.example/", doi="10.1000/x(1)<2>#3")
    ReferenceFactory(url="https://a.example/")
    source_on(FindingFactory(), url="https://b.example/page#part")
    source_on(FindingFactory(), url="https://b.example/page")
    assert link_addresses() == {
        "https://a.example/",
        "https://b.example/page",
        "https://doi.org/10.1000/x%281%29%3C2%3E%233",
    }


def test_an_unused_address_is_removed():
    work = ReferenceFactory(url="https://a.example/")
    assert link_addresses() == {"https://a.example/"}
    work.url = "https://b.example/"
    work.save()
    assert link_addresses() == {"https://b.example/"}


def test_an_update_of_addresses_keeps_results():
    ReferenceFactory(url="https://a.example/")
    link_addresses()
    Link.objects.get().save_verdict(GONE)
    link_addresses()
    assert Link.objects.get().state == "gone"


def test_the_longest_address_is_stored():
    ReferenceFactory(doi=f"10.1000/{'🦉' * 192}")
    assert len(link_addresses().pop()) == len("https://doi.org/10.1000/") + 192 * 12


def test_a_link_knows_its_works_and_uses():
    work = ReferenceFactory(url="https://a.example/#top", doi="10.1000/x<1>")
    finding = FindingFactory()
    source_on(finding, url="https://a.example/")
    source_on(FindingFactory(), url="https://a.example/other")
    link_addresses()
    link = Link.objects.get(address="https://a.example/")
    assert list(link.works()) == [work]
    assert [source.finding for source in link.sources()] == [finding]
    doi = Link.objects.get(address__startswith="https://doi.org/")
    assert (list(doi.works()), list(doi.sources())) == ([work], [])


# Results of checks


def test_each_state_has_a_label():
    labels = dict(Link._meta.get_field("state").choices)
    assert labels.keys() == {state.value for state in State}
    assert len(set(labels.values())) == len(labels)


def test_dead_since_is_the_first_of_consecutive_failures():
    link = Link.objects.create(address="https://a.example/")
    link.save_verdict(GONE)
    since = link.dead_since
    assert since == link.checked_at
    link.save_verdict(Verdict(State.TIME_OUT, "No answer."))
    assert (link.dead_since, link.is_dead) == (since, True)
    link.save_verdict(FINE)
    assert (link.dead_since, link.is_dead) == (None, False)


def test_texts_of_servers_are_made_storable():
    link = Link.objects.create(address="https://a.example/")
    link.save_verdict(
        Verdict(State.GONE, "\0\ud800", leads_to="x" * 9_999, moved_to="ü")
    )
    link.refresh_from_db()
    assert (link.sentence, len(link.leads_to), link.moved_to) == ("??", 2_000, "ü")


@pytest.mark.parametrize(
    ("state", "days", "is_due"),
    [
        ("", None, True),
        ("fine", 29, False),
        ("fine", 31, True),
        ("moved", 29, False),
        ("refused", 29, False),
        ("gone", 2, False),
        ("gone", 4, True),
    ],
)
def test_recently_checked_links_are_not_due(state, days, is_due):
    at = None if days is None else timezone.now() - timedelta(days=days)
    Link.objects.create(address="https://a.example/", state=state, checked_at=at)
    assert Link.objects.due(days=30, dead_days=3).exists() == is_due


def test_links_never_checked_are_due_first():
    then = timezone.now() - timedelta(days=99)
    for name, at in (("a", then), ("b", then - timedelta(days=1)), ("c", None)):
        Link.objects.create(address=name, state="fine" if at else "", checked_at=at)
    due = Link.objects.due(days=30, dead_days=3)
    assert [link.address for link in due] == ["c", "b", "a"]


# The command


def test_the_command_checks_every_address(server):
    there, gone = server.url("/there"), server.url("/gone")
    ReferenceFactory(url=there)
    source_on(FindingFactory(), url=f"{gone}#part")
    assert check() == "2 links looked at: 1 gone, 1 fine.\n"
    found = {link.address: (link.state, link.status) for link in Link.objects.all()}
    assert found == {there: ("fine", 200), gone: ("gone", 404)}


def test_links_just_checked_are_skipped(server):
    ReferenceFactory(url=server.url("/there"))
    check()
    assert check() == "0 links looked at.\n"
    assert server.asked == ["HEAD /there"]
    assert "1 fine" in check(days=0)


def test_the_next_run_continues_an_interrupted_one(server, monkeypatch):
    for path in ("/there", "/gone", "/new"):
        ReferenceFactory(url=server.url(path))

    def killed(link, verdict):
        save_verdict(link, verdict)
        raise KeyboardInterrupt

    save_verdict = Link.save_verdict
    with monkeypatch.context() as killing:
        killing.setattr(Link, "save_verdict", killed)
        with pytest.raises(KeyboardInterrupt):
            check()
    assert Link.objects.exclude(state="").count() == 1
    assert check().startswith("2 links looked at")


def test_a_run_can_have_a_limit(server):
    ReferenceFactory(url=server.url("/there"))
    ReferenceFactory(url=server.url("/gone"))
    assert "1 were never looked at" in check(limit=1)
    assert Link.objects.unchecked().count() == 1


def test_a_run_can_be_quiet(server):
    assert check(verbosity=0) == ""


def test_a_second_run_at_the_same_time_is_rejected(server):
    running = site_lock("check-links", BUSY)
    with running, pytest.raises(CommandError, match="already"):
        check()


# At the desk


def test_the_desk_lists_links_and_their_uses(curator):
    finding = FindingFactory(statement="Neighbours feel safer.")
    work = source_on(finding, url="https://a.example/").reference
    work.url = "https://a.example/"
    work.save()
    link_addresses()
    link = Link.objects.get()
    link.save_verdict(
        Verdict(State.MOVED, "Moved.", 200, "https://b.example/", "javascript:1")
    )
    [row] = listed_records(curator.list(Link, state__exact="moved"))
    assert row == link
    text = curator.open(link).text
    assert admin_url(finding, "change", finding.pk) in text
    assert admin_url(work, "change", work.pk) in text
    assert 'href="https://b.example/"' in text
    assert 'href="javascript' not in text


def test_the_page_of_a_link_leads_to_terms_schemes_and_conflicts(curator):
    term = ConceptFactory(scheme="risks")
    conflict = ConflictFactory(initiative=InitiativeFactory())
    for owner in ({"concept": term}, {"scheme": term.scheme}, {"conflict": conflict}):
        SourceFactory(**{"finding": None} | owner, url="https://a.example/")
    link_addresses()
    text = curator.open(Link.objects.get()).text
    assert admin_url(term, "change", term.pk) in text
    assert admin_url(term.scheme, "change", term.scheme.pk) in text
    assert admin_url(conflict.initiative, "change", conflict.initiative.pk) in text


@pytest.mark.parametrize("state", once_except({State.GONE}, State))
def test_dead_links_are_listed_together(curator, state):
    link = Link.objects.create(address="https://a.example/", state=state)
    assert listed_records(curator.list(Link, links="dead")) == (
        [link] if state in DEAD_STATES else []
    )


@pytest.mark.once
def test_links_are_read_only(curator):
    link = Link.objects.create(address="https://a.example/")
    assert curator.client.get(admin_url(Link, "add")).status_code == 403
    assert curator.client.get(admin_url(link, "delete", link.pk)).status_code == 403
    curator.client.post(admin_url(link, "change", link.pk), {"state": "fine"})
    link.refresh_from_db()
    assert link.state == ""
