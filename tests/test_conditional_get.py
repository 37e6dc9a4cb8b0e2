"""Answers that stay as they are for as long as the records do."""

from gzip import decompress
from itertools import count

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from casebase import conditional_get
from casebase.change_tracking.models import Counter
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory
from tests.forged import FORGED, chooses_for_others

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESSES = [
    "/",
    "/about/",
    "/accessibility/",
    "/initiatives/",
    "/initiatives/weyhe/",
    "/initiatives/weyhe/cite/",
    "/barriers/",
    "/barriers/mistrust/",
    "/codebook/",
    "/references/",
    "/references/meyer-2014/",
    "/references/bibliography/",
    "/feeds/initiatives/",
    "/feeds/references/",
    "/robots.txt",
    "/opensearch.xml",
    "/sitemap.xml",
    "/sitemap-initiatives.xml",
]


@pytest.fixture
def case():
    mistrust = ConceptFactory(slug="mistrust")
    case = InitiativeFactory(slug="weyhe")
    finding = FindingFactory(initiative=case, kind="barrier", concept=mistrust)
    finding.sources.get().reference.rename(key="meyer-2014")
    return case


def again(client, first, address="/initiatives/", **options):
    """The answer to who has the first one."""
    headers = {"If-None-Match": first["ETag"]} | options.pop("headers", {})
    return client.get(address, headers=headers, **options)


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_it_gets_nothing_after_one_query(
    client, case, address, django_assert_num_queries
):
    first = client.get(address)
    assert first.status_code == 200
    with django_assert_num_queries(1):
        second = again(client, first, address)
    assert second.status_code == 304
    assert second.content == b""
    for header in ("ETag", "Cache-Control", "CDN-Cache-Control"):
        assert second[header] == first[header]
    assert {*conditional_get.VARY} <= {*second["Vary"].split(", ")}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/initiatives/weyhe/cite/", 200),
        ("/initiatives/weyhe/cite/?style=mla", 200),
        ("/initiatives/weyhe/cite/?style=none", 400),
        ("/initiatives/weyhe/cite/text/", 200),
        ("/references/bibliography/", 200),
        ("/references/bibliography/?style=mla", 200),
        ("/references/bibliography/?style=none", 400),
        ("/references/export/text/", 200),
        ("/initiatives/withdrawn/", 410),
        ("/initiatives/withdrawn/cite/", 410),
    ],
)
def test_caches_hear_that_cookies_choose_a_style(client, case, address, status):
    InitiativeFactory(slug="withdrawn", status="withdrawn", status_note="Twice.")
    answer = client.get(address)
    assert answer.status_code == status
    assert "Cookie" in answer["Vary"].split(", ")
    assert "Cache-Control" in answer


def test_head_asks_as_get_does(client, case):
    first = client.head("/initiatives/")
    headers = {"If-None-Match": first["ETag"]}
    assert client.head("/initiatives/", headers=headers).status_code == 304


@pytest.mark.parametrize(
    ("condition", "held", "status"),
    [
        ("If-None-Match", "{tag}", 304),
        ("If-None-Match", "{strong}", 304),
        ("If-None-Match", '"a", {tag}', 304),
        ("If-None-Match", '"a"', 200),
        ("If-None-Match", "*", 200),
        ("If-Match", '"a"', 200),
        ("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT", 200),
        ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 200),
    ],
)
def test_only_who_says_what_they_have_hears_that_it_stays(
    client, condition, held, status
):
    tag = client.get("/about/")["ETag"]
    held = held.format(tag=tag, strong=tag.removeprefix("W/"))
    assert client.get("/about/", headers={condition: held}).status_code == status


def test_nothing_is_said_to_stay_where_nothing_is(client):
    headers = {"If-None-Match": "*"}
    assert client.get("/initiatives/none/", headers=headers).status_code == 404


@pytest.fixture
def kept(settings):
    """Answers are kept as on a public site."""
    locmem = "django.core.cache.backends.locmem.LocMemCache"
    answers = {"BACKEND": locmem, "LOCATION": "of this test"}
    # A dictionary of its own, for the other would stay changed.
    settings.CACHES = settings.CACHES | {"answers": answers}
    yield
    caches["answers"].clear()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_kind_of_answer_can_be_kept(client, case, kept, address):
    assert client.get(address).content == client.get(address).content


@pytest.mark.django_db(transaction=True)
def test_who_asks_for_the_same_gets_what_was_rendered_for_the_first(
    client, case, kept, django_assert_num_queries
):
    first = client.get("/initiatives/?country=DE")
    with django_assert_num_queries(1):
        second = Client().get("/initiatives/?country=DE")
    assert second.content == first.content
    assert second.headers == first.headers
    case.name = "Streetwatchers"
    case.save()
    assert "Streetwatchers" in client.get("/initiatives/?country=DE").text


def seen(answer, query):
    """Pages lead on to addresses with all that was asked."""
    told = {name.lower(): value for name, value in answer.items()}
    return answer.status_code, told, answer.getvalue().replace(query.encode(), b"")


@pytest.mark.parametrize("address", ["/initiatives/", "/search/", "/none/"])
def test_no_header_chooses_what_others_get(case, kept, address):
    numbers, reader = count(), Client()

    def ask(client, query, forged=None):
        asked = f"{address}?q=%C3%A9&{query}"
        return seen(client.get(asked, headers=forged), query)

    plain = ask(reader, f"utm_source=number-{next(numbers)}-")
    for forged in FORGED:
        query = f"utm_source=number-{next(numbers)}-"
        got = ask(Client(), query, forged)
        assert got[0] < 500, forged
        assert not chooses_for_others(forged, got, plain), forged
        after = ask(reader, query)
        assert (after[0], after[2]) == (plain[0], plain[2]), forged


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "SCRIPT_URL", "REDIRECT_URL"])
def test_nothing_moves_the_site_below_another_address(client, case, kept, name):
    plain = client.get("/robots.txt").content
    forged = {name: "/elsewhere/robots.txt", "query_params": {"utm_source": "1"}}
    assert client.get("/robots.txt", **forged).content == plain


def test_what_is_kept_is_compressed_for_each_as_they_like(client, case, kept):
    plain = client.get("/initiatives/")
    packed = client.get("/initiatives/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert not client.get("/initiatives/").has_header("Content-Encoding")
    assert decompress(packed.content) == plain.content


@pytest.mark.django_db(transaction=True)
def test_any_change_of_the_records_is_seen_at_once(client, case):
    first = client.get("/initiatives/")
    case.name = "Streetwatchers"
    case.save()
    second = again(client, first)
    assert second.status_code == 200
    assert "Streetwatchers" in second.text


@pytest.mark.parametrize(
    "differs",
    [
        {"address": "/initiatives/?country=DE"},
        {"headers": {"HX-Request": "true"}},
        {"headers": {"Accept": "application/ld+json"}},
        {"headers": {"Host": "127.0.0.1"}},
        {"headers": {"Cookie": "style=harvard-cite-them-right"}},
    ],
)
def test_another_answer_has_another_tag(client, case, settings, differs):
    settings.ALLOWED_HOSTS = ["*"]
    assert again(client, client.get("/initiatives/"), **differs).status_code == 200


def test_a_mistake_in_a_query_is_no_database_that_is_away(db):
    table = Counter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO not_there")
    with pytest.raises(DatabaseError), transaction.atomic():
        conditional_get.RECORDS.refresh()


def test_another_day_and_another_code_give_another_answer(client, case, monkeypatch):
    first = client.get("/initiatives/")
    monkeypatch.setattr(conditional_get, "code_fingerprint", lambda: "changed")
    assert again(client, first).status_code == 200


def test_the_code_has_one_fingerprint():
    assert (
        conditional_get.code_fingerprint.__wrapped__()
        == conditional_get.code_fingerprint()
    )


def test_readers_ask_each_time_and_shared_caches_answer_for_a_short_while(client):
    answer = client.get("/initiatives/")
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=10"
    assert answer["CDN-Cache-Control"].startswith("max-age=10, stale-while-revalidate=")


def test_nothing_is_kept_of_those_whom_the_site_knows(admin_client, case):
    answer = admin_client.get("/initiatives/")
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "private, no-cache"


def test_who_has_a_message_waiting_is_known_too(case):
    client = Client()
    client.cookies["messages"] = "something"
    assert "private" in client.get("/initiatives/")["Cache-Control"]


@pytest.mark.parametrize("address", ["/initiatives/?country=XX", "/initiatives/none/"])
def test_what_was_asked_in_vain_is_not_kept(client, case, address):
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert not answer.has_header("ETag")
    assert answer["Cache-Control"] == "private, no-cache"


def test_what_is_streamed_is_not_kept(rf, case, kept):
    def view(request):
        return StreamingHttpResponse(["piece"])

    for _ in range(2):
        answer = conditional_get.cache_until_changed(view)(rf.get("/"))
        assert answer.getvalue() == b"piece"
        assert answer.has_header("ETag")


def test_who_is_given_a_key_for_forms_gets_an_answer_of_their_own(case, kept):
    """For what they sent was garbled; what is kept was made for somebody else."""
    Client().get("/about/")
    client = Client()
    client.cookies["csrftoken"] = "garbled"
    answer = client.get("/about/")
    assert answer.cookies["csrftoken"].value
    assert answer["Cache-Control"] == "private, no-cache"


def test_an_answer_with_a_secret_is_not_shared(rf, case):
    def view(request):
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
        return HttpResponse("a form")

    answer = conditional_get.cache_until_changed(view)(rf.get("/"))
    assert not answer.has_header("Cache-Control")
