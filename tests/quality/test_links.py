"""The links of the base: which there are, how they were found, and who sees that."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from casebase.desk.quality.links.verdicts import DEAD_STATES, State, Verdict
from casebase.desk.quality.management.commands import check_links
from casebase.desk.quality.models import Link
from tests.desk import Curator, admin_url, listed_records
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)
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


def gathered():
    Link.objects.gather()
    return {link.address for link in Link.objects.all()}


def source_on(finding, **fields):
    source = finding.sources.first()
    for name, value in fields.items():
        setattr(source, name, value)
    source.save()
    return source


def check(**options):
    out = StringIO()
    # As manage.py runs it: with the checks of Django first.
    call_command("check_links", stdout=out, skip_checks=False, **options)
    return out.getvalue()


# Which there are


def test_each_address_of_works_and_sources_is_one_link():
    ReferenceFactory(url="https://a.example/", doi="10.1000/x(1)<2>#3")
    ReferenceFactory(url="https://a.example/")
    source_on(FindingFactory(), url="https://b.example/page#part")
    source_on(FindingFactory(), url="https://b.example/page")
    assert gathered() == {
        "https://a.example/",
        "https://b.example/page",
        "https://doi.org/10.1000/x%281%29%3C2%3E%233",
    }


def test_an_address_that_nobody_uses_any_more_is_no_link():
    work = ReferenceFactory(url="https://a.example/")
    assert gathered() == {"https://a.example/"}
    work.url = "https://b.example/"
    work.save()
    assert gathered() == {"https://b.example/"}


def test_what_is_known_of_a_link_is_kept():
    ReferenceFactory(url="https://a.example/")
    gathered()
    Link.objects.get().judge(GONE)
    gathered()
    assert Link.objects.get().state == "gone"


def test_the_longest_address_has_its_row():
    ReferenceFactory(doi=f"10.1000/{'🦉' * 192}")
    assert len(gathered().pop()) == len("https://doi.org/10.1000/") + 192 * 12


def test_a_link_knows_its_works_and_uses():
    work = ReferenceFactory(url="https://a.example/#top", doi="10.1000/x<1>")
    finding = FindingFactory()
    source_on(finding, url="https://a.example/")
    source_on(FindingFactory(), url="https://a.example/other")
    gathered()
    link = Link.objects.get(address="https://a.example/")
    assert list(link.works()) == [work]
    assert [source.finding for source in link.sources()] == [finding]
    doi = Link.objects.get(address__startswith="https://doi.org/")
    assert (list(doi.works()), list(doi.sources())) == ([work], [])


# How they were found


def test_each_state_has_a_label():
    labels = dict(Link._meta.get_field("state").choices)
    assert labels.keys() == {state.value for state in State}
    assert len(set(labels.values())) == len(labels)


def test_a_link_that_stays_dead_is_dead_since_it_first_was():
    link = Link.objects.create(address="https://a.example/")
    link.judge(GONE)
    since = link.dead_since
    assert since == link.checked_at
    link.judge(Verdict(State.TIME_OUT, "No answer."))
    assert (link.dead_since, link.is_dead) == (since, True)
    link.judge(FINE)
    assert (link.dead_since, link.is_dead) == (None, False)


def test_what_a_server_says_is_kept_as_a_database_takes_it():
    link = Link.objects.create(address="https://a.example/")
    link.judge(Verdict(State.GONE, "\0\ud800", leads_to="x" * 9_999, moved_to="ü"))
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
def test_what_was_looked_at_lately_is_not_due(state, days, is_due):
    at = None if days is None else timezone.now() - timedelta(days=days)
    Link.objects.create(address="https://a.example/", state=state, checked_at=at)
    assert Link.objects.due(days=30, dead_days=3).exists() == is_due


def test_what_was_never_looked_at_comes_first():
    then = timezone.now() - timedelta(days=99)
    for name, at in (("a", then), ("b", then - timedelta(days=1)), ("c", None)):
        Link.objects.create(address=name, state="fine" if at else "", checked_at=at)
    due = Link.objects.due(days=30, dead_days=3)
    assert [link.address for link in due] == ["c", "b", "a"]


# The command


def test_the_command_looks_at_every_address(server):
    there, gone = server.url("/there"), server.url("/gone")
    ReferenceFactory(url=there)
    source_on(FindingFactory(), url=f"{gone}#part")
    assert check() == "2 links looked at: 1 gone, 1 fine.\n"
    found = {link.address: (link.state, link.status) for link in Link.objects.all()}
    assert found == {there: ("fine", 200), gone: ("gone", 404)}


def test_what_was_found_just_now_is_not_asked_again(server):
    ReferenceFactory(url=server.url("/there"))
    check()
    assert check() == "0 links looked at.\n"
    assert server.asked == ["HEAD /there"]
    assert "1 fine" in check(days=0)


def test_a_run_that_was_killed_is_gone_on_with(server, monkeypatch):
    for path in ("/there", "/gone", "/new"):
        ReferenceFactory(url=server.url(path))

    def killed(link, verdict):
        judge(link, verdict)
        raise KeyboardInterrupt

    judge = Link.judge
    with monkeypatch.context() as killing:
        killing.setattr(Link, "judge", killed)
        with pytest.raises(KeyboardInterrupt):
            check()
    assert Link.objects.exclude(state="").count() == 1
    assert check().startswith("2 links looked at")


def test_a_run_may_be_of_so_many_links(server):
    ReferenceFactory(url=server.url("/there"))
    ReferenceFactory(url=server.url("/gone"))
    assert "1 were never looked at" in check(limit=1)
    assert Link.objects.unchecked().count() == 1


def test_a_run_can_be_quiet(server):
    assert check(verbosity=0) == ""


def test_there_is_one_run_at_a_time(server):
    with check_links.SLOT.acquire(), pytest.raises(CommandError, match="already"):
        check()


# Who sees that


def test_the_desk_lists_links_and_says_what_uses_them(curator):
    finding = FindingFactory(statement="Neighbours feel safer.")
    work = source_on(finding, url="https://a.example/").reference
    work.url = "https://a.example/"
    work.save()
    gathered()
    link = Link.objects.get()
    link.judge(
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
    gathered()
    text = curator.open(Link.objects.get()).text
    assert admin_url(term, "change", term.pk) in text
    assert admin_url(term.scheme, "change", term.scheme.pk) in text
    assert admin_url(conflict.initiative, "change", conflict.initiative.pk) in text


@pytest.mark.parametrize("state", State)
def test_the_dead_are_listed_together(curator, state):
    link = Link.objects.create(address="https://a.example/", state=state)
    assert listed_records(curator.list(Link, links="dead")) == (
        [link] if state in DEAD_STATES else []
    )


def test_links_are_only_read(curator):
    link = Link.objects.create(address="https://a.example/")
    assert curator.client.get(admin_url(Link, "add")).status_code == 403
    assert curator.client.get(admin_url(link, "delete", link.pk)).status_code == 403
    curator.client.post(admin_url(link, "change", link.pk), {"state": "fine"})
    link.refresh_from_db()
    assert link.state == ""
