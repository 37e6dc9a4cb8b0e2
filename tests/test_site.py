"""Checks of every page of the site, with the content of fixtures/."""

import re

import html5lib
import pytest
from django.core.management import call_command
from django.test import TestCase
from django.urls import get_resolver

from initiatives.models import Concept, Finding, Initiative, Scheme
from references.models import Person, Reference

# JSON-LD is data: browsers do not run it, and the security policy ignores it.
INLINE = re.compile(
    r'<(script(?! type="application/ld\+json">)(?![^>]+\bsrc=)|style)|\s(style|on\w+)=',
    re.IGNORECASE,
)
# Names of URLs and an address of each; None if it is not a page for readers.
NAMED = {
    "home": "/",
    "about": "/about/",
    "search:search": "/search/?q=trust",
    # Data for the search box, and for browsers.
    "search:suggestions": None,
    "search:offers": None,
    "accessibility": "/accessibility/",
    # For machines; see test_discovery.py and test_health.py.
    "health": None,
    "robots": None,
    "opensearch": None,
    "sitemaps": None,
    "sitemap": None,
    "initiatives:feed": None,
    "references:feed": None,
    "initiatives:list": "/initiatives/",
    # Files; see tests/initiatives/formats/.
    "initiatives:export": None,
    "initiatives:detail": "/initiatives/streetwatchers-weyhe/",
    # Cases that are not public; see tests/initiatives/test_previews.py.
    "initiatives:preview": None,
    "initiatives:shared-preview": None,
    # The desk; see tests/imports/, tests/merging/ and tests/browser/test_imports.py.
    **dict.fromkeys(
        f"imports:{name}"
        for name in ("overview", "cases", "works", "upload", "findings", "findings-out")
    ),
    **dict.fromkeys(
        f"merging:{name}"
        for name in ("list", "merge", "works", "people", "organisations", "terms")
    ),
    # Documents for machines; see tests/metadata/.
    "initiatives:document": None,
    "initiatives:concept-document": None,
    "references:document": None,
    "references:list-document": None,
    "initiatives:list-document": None,
    "initiatives:concept-list-document": None,
    "initiatives:codebook-document": None,
    "about-document": None,
    "references:unapi": None,
    "history:case": "/initiatives/streetwatchers-weyhe/history/",
    "history:version": "/initiatives/streetwatchers-weyhe/v/1/",
    "history:version-document": None,
    "initiatives:cite": "/initiatives/streetwatchers-weyhe/cite/",
    "initiatives:cite-file": None,
    "initiatives:cite-open": None,
    "suggestions:suggest": "/initiatives/streetwatchers-weyhe/suggest/",
    "suggestions:thanks": "/initiatives/streetwatchers-weyhe/suggest/thanks/",
    "initiatives:codebook": "/codebook/",
    "initiatives:concept-list": "/barriers/",
    "initiatives:concept-detail": "/barriers/mistrust/",
    "references:list": "/references/",
    "references:detail": "/references/meyer-grosser-2014/",
    "references:bibliography": "/references/bibliography/?cited=streetwatchers-weyhe",
    # Files, and data for the page above.
    "references:export": None,
    "references:open": None,
    "references:styles": None,
    # Of a large file, which has to be begun; see tests/references/test_export_jobs.py.
    "job": None,
    "job-file": None,
}


def named_addresses():
    """Yield the names of all our URLs."""
    for pattern in get_resolver().url_patterns:
        space = getattr(pattern, "namespace", None)
        if space == "admin":
            continue
        for inner in getattr(pattern, "url_patterns", [pattern]):
            yield f"{space}:{inner.name}" if space else inner.name


def test_every_named_url_is_in_the_table():
    assert set(named_addresses()) == set(NAMED)


def one_of_each_kind(records, kind_of):
    """Return one of the records of each kind, since many pages take long to check."""
    return {kind_of(record): record for record in records}.values()


def kind_of_case(case):
    columns = ("end_year", "region", "place_note", "evidence_note", "not_found")
    parts = case.conflicts.exists(), case.involvements.exists()
    return *(bool(getattr(case, column)) for column in columns), *parts


def kind_of_work(work):
    columns = ("issued_year", "doi", "url", "container_title", "publisher")
    return work.type, *(bool(getattr(work, column)) for column in columns)


def kind_of_term(term):
    columns = ("broader_id", "scope_note", "synonyms", "questions")
    parts = term.findings.published().exists(), term.sources.exists()
    return term.scheme_id, *(bool(getattr(term, column)) for column in columns), *parts


@pytest.mark.unmeasured
class TestEveryPage(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_content", verbosity=0)

    def open(self, address):
        page = self.client.get(address)
        assert page.status_code == 200, address
        return page.text

    def test_named_pages_are_valid_html_with_a_title(self):
        titles = set()
        for address in filter(None, NAMED.values()):
            text = self.open(address)
            html5lib.HTMLParser(strict=True).parse(text)
            assert text.count("<h1") == 1, address
            assert not INLINE.search(text), address
            titles.add(re.search(r"<title>\s*(.+?)\s*</title>", text)[1])
        assert len(titles) == len(list(filter(None, NAMED.values())))

    def check_page(self, record):
        text = self.open(record.get_absolute_url())
        html5lib.HTMLParser(strict=True).parse(text)
        assert text.count("<h1") == 1, record

    @pytest.mark.once
    def test_every_public_case_has_a_page_with_its_findings(self):
        kinds = set()
        findings = Finding.objects.published().prefetch_related("sources__reference")
        for case in Initiative.objects.published():
            page = self.open(case.get_absolute_url())
            for finding in findings.filter(initiative=case):
                kinds.add(finding.kind)
                assert f'id="{finding.short_id}"' in page, finding
                works = [use.reference for use in finding.sources.all()]
                assert all(work.get_absolute_url() in page for work in works)
        assert {"mode", "barrier", "outcome"} <= kinds

    @pytest.mark.once
    def test_records_have_valid_pages(self):
        cases = one_of_each_kind(Initiative.objects.published(), kind_of_case)
        terms = one_of_each_kind(Concept.objects.all(), kind_of_term)
        works = one_of_each_kind(Reference.objects.all(), kind_of_work)
        assert len(cases) > 3
        assert len(terms) > 20
        assert len(works) > 40
        for record in [*cases, *terms, *works, *Scheme.objects.all()]:
            self.check_page(record)

    def test_the_page_of_a_person_lists_their_works(self):
        person = Person.objects.get(family="Grosser")
        assert "Streetwatchers" in self.open(person.get_absolute_url())

    @pytest.mark.once
    def test_no_page_shows_a_case_in_review(self):
        hidden = Initiative.objects.filter(status="review")
        assert hidden
        for case in hidden:
            assert self.client.get(case.get_absolute_url()).status_code == 404
        everywhere = "".join(
            self.open(address) for address in filter(None, NAMED.values())
        )
        assert not any(case.name in everywhere for case in hidden)


@pytest.mark.django_db
def test_pages_reject_forms(client):
    pages = {name: address for name, address in NAMED.items() if address}
    # The only form for readers; see tests/suggestions/.
    del pages["suggestions:suggest"]
    for address in pages.values():
        assert client.post(address).status_code == 405, address


@pytest.mark.django_db
def test_the_security_policy_allows_nothing_inline(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
