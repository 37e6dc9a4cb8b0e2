"""Responses are cached until the records change."""

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
from tests.forged_headers import FORGED_HEADERS, poisons_cache

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESSES = [
    *("/", "/about/", "/accessibility/", "/initiatives/", "/initiatives/weyhe/"),
    *("/initiatives/weyhe/cite/", "/barriers/", "/barriers/mistrust/", "/codebook/"),
    *("/references/", "/references/meyer-2014/", "/references/bibliography/"),
    *("/feeds/initiatives/", "/feeds/references/", "/robots.txt", "/opensearch.xml"),
    *("/sitemap.xml", "/sitemap-initiatives.xml"),
]


@pytest.fixture
def case():
    mistrust = ConceptFactory(slug="mistrust")
    case = InitiativeFactory(slug="weyhe")
    finding = FindingFactory(initiative=case, kind="barrier", concept=mistrust)
    finding.sources.get().reference.rename(key="meyer-2014")
    return case


def revalidate(client, first, address="/initiatives/", **options):
    """Request an address with the entity tag of the first response."""
    headers = {"If-None-Match": first["ETag"]} | options.pop("headers", {})
    return client.get(address, headers=headers, **options)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_client_with_the_page_gets_304_after_one_query(
    client, case, address, django_assert_num_queries
):
    first = client.get(address)
    assert first.status_code == 200
    with django_assert_num_queries(1):
        second = revalidate(client, first, address)
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
def test_pages_in_a_citation_style_vary_by_cookie(client, case, address, status):
    InitiativeFactory(slug="withdrawn", status="withdrawn", status_note="Twice.")
    answer = client.get(address)
    assert answer.status_code == status
    assert "Cookie" in answer["Vary"].split(", ")
    assert "Cache-Control" in answer


def test_head_requests_are_answered_like_get(client, case):
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
def test_only_a_matching_if_none_match_gets_304(client, condition, held, status):
    tag = client.get("/about/")["ETag"]
    held = held.format(tag=tag, strong=tag.removeprefix("W/"))
    assert client.get("/about/", headers={condition: held}).status_code == status


def test_a_missing_page_never_gets_304(client):
    headers = {"If-None-Match": "*"}
    assert client.get("/initiatives/none/", headers=headers).status_code == 404


@pytest.fixture
def page_cache(settings):
    """Pages are cached as on a public site."""
    locmem = "django.core.cache.backends.locmem.LocMemCache"
    answers = {"BACKEND": locmem, "LOCATION": "of this test"}
    # A new dictionary: a changed one would stay changed after the test.
    settings.CACHES = settings.CACHES | {"answers": answers}
    yield
    caches["answers"].clear()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_kind_of_response_can_be_cached(client, case, page_cache, address):
    assert client.get(address).content == client.get(address).content


@pytest.mark.django_db(transaction=True)
def test_later_clients_get_the_page_that_was_rendered_for_the_first(
    client, case, page_cache, django_assert_num_queries
):
    first = client.get("/initiatives/?country=DE")
    with django_assert_num_queries(1):
        second = Client().get("/initiatives/?country=DE")
    assert second.content == first.content
    # Each response has a request id of its own.
    del first["X-Request-ID"], second["X-Request-ID"]
    assert second.headers == first.headers
    case.name = "Streetwatchers"
    case.save()
    assert "Streetwatchers" in client.get("/initiatives/?country=DE").text


def comparable(answer, query):
    """Return status, headers and body without the query, which links repeat."""
    headers = {name.lower(): value for name, value in answer.items()}
    return answer.status_code, headers, answer.getvalue().replace(query.encode(), b"")


@pytest.mark.parametrize("address", ["/initiatives/", "/search/", "/none/"])
def test_no_header_changes_what_others_get(case, page_cache, address):
    numbers, reader = count(), Client()

    def ask(client, query, forged=None):
        asked = f"{address}?q=%C3%A9&{query}"
        return comparable(client.get(asked, headers=forged), query)

    plain = ask(reader, f"utm_source=number-{next(numbers)}-")
    for forged in FORGED_HEADERS:
        query = f"utm_source=number-{next(numbers)}-"
        got = ask(Client(), query, forged)
        assert got[0] < 500, forged
        assert not poisons_cache(forged, got, plain), forged
        after = ask(reader, query)
        assert (after[0], after[2]) == (plain[0], plain[2]), forged


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "SCRIPT_URL", "REDIRECT_URL"])
def test_no_variable_moves_the_site_below_a_path(client, case, page_cache, name):
    plain = client.get("/robots.txt").content
    forged = {name: "/elsewhere/robots.txt", "query_params": {"utm_source": "1"}}
    assert client.get("/robots.txt", **forged).content == plain


def test_a_cached_page_is_compressed_for_clients_that_accept_it(
    client, case, page_cache
):
    plain = client.get("/initiatives/")
    packed = client.get("/initiatives/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert not client.get("/initiatives/").has_header("Content-Encoding")
    assert decompress(packed.content) == plain.content


def test_pages_are_compressed_once(client, case, page_cache, monkeypatch):
    packed = {"headers": {"Accept-Encoding": "gzip"}}
    first = client.get("/initiatives/", **packed)
    monkeypatch.delattr(conditional_get.gzip, "compress")
    assert client.get("/initiatives/", **packed).content == first.content
    assert "Accept-Encoding" in first["Vary"].split(", ")


def test_a_short_response_is_not_compressed(rf, page_cache):
    view = conditional_get.cache_until_changed(lambda request: HttpResponse("short"))
    for _ in range(2):
        answer = view(rf.get("/", headers={"Accept-Encoding": "gzip"}))
        assert answer.content == b"short"
        assert not answer.has_header("Content-Encoding")


@pytest.mark.django_db(transaction=True)
def test_a_change_of_a_record_shows_at_once(client, case):
    first = client.get("/initiatives/")
    case.name = "Streetwatchers"
    case.save()
    second = revalidate(client, first)
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
def test_a_different_response_has_a_different_tag(client, case, settings, differs):
    settings.ALLOWED_HOSTS = ["*"]
    assert revalidate(client, client.get("/initiatives/"), **differs).status_code == 200


def test_a_wrong_query_does_not_mean_that_the_database_is_unavailable(db):
    table = Counter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO not_there")
    with pytest.raises(DatabaseError), transaction.atomic():
        conditional_get.RECORDS.refresh()


def test_changed_code_invalidates_cached_pages(client, case, monkeypatch):
    first = client.get("/initiatives/")
    monkeypatch.setattr(conditional_get, "code_fingerprint", lambda: "changed")
    assert revalidate(client, first).status_code == 200


def test_another_text_about_the_site_invalidates_cached_pages(client, settings):
    first = client.get("/about/")
    settings.ABOUT_THE_SITE = settings.ABOUT_THE_SITE | {"operator": "A council"}
    assert "A council" in revalidate(client, first, "/about/").text


def test_the_fingerprint_of_the_code_is_stable():
    fingerprint = conditional_get.code_fingerprint
    assert fingerprint.__wrapped__() == fingerprint()


def test_browsers_revalidate_and_shared_caches_keep_pages_for_10_seconds(client):
    answer = client.get("/initiatives/")
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=10"
    assert answer["CDN-Cache-Control"].startswith("max-age=10, stale-while-revalidate=")


def test_pages_of_signed_in_people_are_not_cached(admin_client, case):
    answer = admin_client.get("/initiatives/")
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "private, no-cache"


def test_pages_with_a_message_are_not_cached(case):
    client = Client()
    client.cookies["messages"] = "something"
    assert "private" in client.get("/initiatives/")["Cache-Control"]


@pytest.mark.parametrize("address", ["/initiatives/?country=XX", "/initiatives/none/"])
def test_error_pages_are_not_cached(client, case, address):
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert not answer.has_header("ETag")
    assert answer["Cache-Control"] == "private, no-cache"


def test_streamed_responses_are_not_cached(rf, case, page_cache):
    def view(request):
        return StreamingHttpResponse(["piece"])

    for _ in range(2):
        answer = conditional_get.cache_until_changed(view)(rf.get("/"))
        assert (answer.getvalue(), answer.has_header("ETag")) == (b"piece", True)


def test_a_malformed_csrf_cookie_gets_a_response_of_its_own(case, page_cache):
    Client().get("/about/")
    client = Client()
    client.cookies["csrftoken"] = "garbled"
    answer = client.get("/about/")
    assert answer.cookies["csrftoken"].value
    assert answer["Cache-Control"] == "private, no-cache"


def test_a_response_with_a_csrf_token_is_not_shared(rf, case):
    def view(request):
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
        return HttpResponse("a form")

    answer = conditional_get.cache_until_changed(view)(rf.get("/"))
    assert not answer.has_header("Cache-Control")
