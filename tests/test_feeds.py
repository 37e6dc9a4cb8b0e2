"""Feeds of lists, read by an independent parser and checked against RFC 4287."""

import re
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

from casebase.feeds import EPOCH, AtomFeed
from references.models import Reference
from tests.factories import (
    ContributionFactory,
    FindingFactory,
    FormerKeyFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/feeds/initiatives/", "/feeds/references/"]
TAG = re.compile(r"tag:testserver,2026:(initiatives|references)/\d+")
HOSTILE = "<b>Trust</b> & ]]> \x01\x0b\ufffe <script>"


def read(client, address):
    """Return the parsed feed after checking it."""
    answer = client.get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    check(ElementTree.fromstring(answer.content))  # noqa: S314
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    return feed


def check(feed):
    """Check requirements of RFC 4287 that parsers don't enforce."""
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            [only] = element.findall(f"{ATOM}{name}")
            assert only.text
        [page] = element.findall(f"{ATOM}link[@rel='alternate']")
        assert page.get("href").startswith("http://testserver/")
    assert feed.findtext(f"{ATOM}id").startswith("tag:testserver,2026:feeds/")
    for entry in entries:
        assert TAG.fullmatch(entry.findtext(f"{ATOM}id"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert len(feed.findall(f"{ATOM}link[@rel='self']")) == 1
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    times = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert times == sorted(times, reverse=True)
    if times:
        assert feed.findtext(f"{ATOM}updated") == times[0]


def titles(client, address):
    return [entry.title for entry in read(client, address).entries]


def test_entries_of_cases_have_both_dates(client):
    InitiativeFactory(
        slug="weyhe", summary="At night.", published_on="2025-01-01",
        revised_on="2026-01-01",
    )  # fmt: skip
    feed = read(client, "/feeds/initiatives/")
    [entry] = feed.entries
    assert entry.published == "2025-01-01T00:00:00+00:00"
    assert entry.updated == feed.feed.updated == "2026-01-01T00:00:00+00:00"
    assert entry.link == "http://testserver/initiatives/weyhe/"
    assert entry.summary == "At night."


def test_entries_of_works_have_citations(client):
    work = ReferenceFactory(
        key="meyer-2014", title="Streets", type="book", issued_year=2014,
        added_on="2025-01-01", revised_on="2026-01-01",
    )  # fmt: skip
    ContributionFactory(reference=work, person__family="Meyer", person__given="M.")
    ReferenceFactory(title="Newer", added_on="2026-02-01", revised_on="2026-02-01")
    feed = read(client, "/feeds/references/")
    newer, entry = feed.entries
    assert newer.title.endswith("Newer")
    assert entry.title == "Meyer 2014: Streets"
    assert entry.summary == "Meyer, M. (2014). Streets."
    assert entry.published == "2025-01-01T00:00:00+00:00"
    assert entry.updated == "2026-01-01T00:00:00+00:00"
    assert entry.link == "http://testserver/references/meyer-2014/"
    assert feed.feed.updated == "2026-02-01T00:00:00+00:00"


def test_any_list_of_cases_has_a_feed(client):
    InitiativeFactory(name="Here", country="FI", revised_on="2026-01-01")
    InitiativeFactory(name="There", country="DE", revised_on="2026-01-01")
    assert titles(client, "/feeds/initiatives/?country=FI") == ["Here"]
    page = client.get("/initiatives/?country=FI")
    assertContains(page, 'href="/feeds/initiatives/?country=FI"')
    feed = read(client, "/feeds/initiatives/?country=FI")
    assert feed.feed.link == "http://testserver/initiatives/?country=FI"
    assert feed.feed.title == "Casebase: 1 case in Finland"


def test_any_list_of_works_has_a_feed(client):
    finding = FindingFactory(initiative__country="FI", sources=0)
    SourceFactory(finding=finding, reference__title="Here")
    ReferenceFactory(title="There")
    [title] = titles(client, "/feeds/references/?country=FI&type=report")
    assert title.endswith("Here")
    page = client.get("/references/?country=FI&type=report")
    assertContains(page, 'href="/feeds/references/?country=FI&amp;type=report"')


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize("query", ["?country=XX", "?countri=DE", "?q=%00", "?sort=x"])
def test_invalid_filters_get_400(client, feed, query):
    assert client.get(f"{feed}{query}").status_code == 400


@pytest.mark.parametrize("feed", FEEDS)
def test_an_empty_feed_has_a_constant_date(client, feed):
    empty = read(client, f"{feed}?from=2999")
    assert empty.entries == []
    assert empty.feed.updated == "1970-01-01T00:00:00+00:00"


@pytest.mark.parametrize("feed", FEEDS)
def test_a_renamed_record_keeps_its_id(client, feed):
    case = InitiativeFactory(slug="weyhe", revised_on="2026-01-01")
    work = ReferenceFactory(key="weyhe")
    before = read(client, feed).entries[0]
    for name in ("z", "a", "weyhe", "b"):
        case.rename(slug=name)
        work.rename(key=name)
        after = read(client, feed).entries[0]
        assert after.id == before.id
        assert after.link == before.link.replace("weyhe", name)


def test_a_work_keeps_its_id_after_a_merge(client):
    work = ReferenceFactory(key="kept")
    before = read(client, "/feeds/references/").entries[0].id
    FormerKeyFactory(key="gone", reference=work)
    assert read(client, "/feeds/references/").entries[0].id == before


def test_a_case_and_a_work_have_different_ids(client):
    InitiativeFactory(pk=7, revised_on="2026-01-01")
    ReferenceFactory(pk=7)
    ids = {read(client, feed).entries[0].id for feed in FEEDS}
    assert ids == {
        "tag:testserver,2026:initiatives/7",
        "tag:testserver,2026:references/7",
    }


@pytest.mark.parametrize("app", ["initiatives", "references"])
def test_the_id_of_a_feed_does_not_depend_on_how_its_address_is_written(client, app):
    def id_of(query, **how):
        answer = client.get(f"/feeds/{app}/{query}", **how)
        return feedparser.parse(answer.content).feed.id

    assert id_of("") == id_of("?page=1") == f"tag:testserver,2026:feeds/{app}"
    narrowed = f"tag:testserver,2026:feeds/{app}?q=trust+%26+more&from=2010"
    assert id_of("?from=2010&q=trust+%26+more") == narrowed
    assert id_of("?q=trust%20%26%20more&from=02010", secure=True) == narrowed


@pytest.mark.parametrize("feed", FEEDS)
def test_markup_and_control_characters_are_escaped_or_removed(client, feed):
    InitiativeFactory(name=HOSTILE, summary=HOSTILE, revised_on="2026-01-01")
    ReferenceFactory(title=HOSTILE)
    [entry] = read(client, feed).entries
    assert entry.title.endswith("<b>Trust</b> & ]]>  <script>")
    assert "&lt;b&gt;Trust&lt;/b&gt; &amp; ]]&gt;" in entry.summary
    found = read(client, f"{feed}?q=%01%3Cb%3E")
    assert "<b>" in found.feed.title


@given(st.text(min_size=1), st.text())
def test_any_text_gives_a_valid_feed(title, summary):
    feed = AtomFeed(title, "http://testserver/", summary, feed_guid="b")
    feed.add_item(title, "http://testserver/a/", summary, unique_id="b/1")
    read_back = feedparser.parse(feed.writeString("utf-8").encode())
    assert not read_back.bozo
    assert [entry.id for entry in read_back.entries] == ["tag:testserver,2026:b/1"]
    assert read_back.feed.id == "tag:testserver,2026:b"
    empty = AtomFeed("Empty", "http://testserver/", "", feed_guid="b")
    assert empty.latest_post_date() == EPOCH


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_needs_the_same_queries_for_one_entry_and_for_ten(
    client, feed, django_assert_num_queries, django_assert_max_num_queries
):
    def fill(n):
        InitiativeFactory.create_batch(n, revised_on="2026-01-01")
        ReferenceFactory.create_batch(n)

    fill(1)
    with django_assert_max_num_queries(30) as one:
        client.get(feed)
    fill(9)
    with django_assert_num_queries(len(one)):
        assert len(read(client, feed).entries) == 10


def test_a_feed_has_the_latest_fifty_records(client):
    ReferenceFactory.create_batch(51)
    oldest = ReferenceFactory(revised_on="2020-01-01")
    feed = read(client, "/feeds/references/")
    assert len(feed.entries) == 50
    assert oldest.title not in {entry.title for entry in feed.entries}
    assert Reference.objects.recently_changed().last() == oldest
