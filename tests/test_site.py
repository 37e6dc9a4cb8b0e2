"""The addresses of the site, and what holds for all of them."""

import pytest
from django.urls import get_resolver

# Names of URLs and an address of each; None if it is not a page for readers.
NAMED = {
    "home": "/",
    "about": "/about/",
    "search:search": "/search/?q=trust",
    # Data for the search box, and for browsers.
    "search:suggestions": None,
    "search:offers": None,
    "accessibility": "/accessibility/",
    "sessions": "/plan/sessions/",
    "matrix:matrix": "/matrix/",
    "matrix:how-to-read": "/about/matrix/",
    "matrix:cell": None,
    "matrix:export": None,
    "handout:page": "/handout/?case=streetwatchers-weyhe",
    # Files; see tests/initiatives/handout/test_files.py.
    "handout:file": None,
    # Of shortlists; see tests/initiatives/handout/test_shortlists.py.
    "handout:own": "/shortlist/handout/",
    **dict.fromkeys(
        f"handout:{name}" for name in ("own-file", "stored", "stored-file")
    ),
    "initiatives:evidence-rules": "/about/evidence/",
    # For machines; see test_discovery.py and test_health.py.
    "health": None,
    "ready": None,
    "robots": None,
    "opensearch": None,
    "sitemaps": None,
    "sitemap": None,
    "initiatives:feed": None,
    "references:feed": None,
    "initiatives:similar": "/similar/?case=streetwatchers-weyhe",
    "initiatives:similar-rules": "/about/similar/",
    # Files; see tests/initiatives/similar/test_files.py.
    "initiatives:similar-export": None,
    "plan:new": "/plan/",
    # Behind the links of a plan; see tests/initiatives/plan/.
    **dict.fromkeys(
        f"plan:{name}"
        for name in ("overview", "start", "table", "new-row", "row", "links", "step")
    ),
    "initiatives:list": "/initiatives/",
    # Files; see tests/initiatives/formats/.
    "initiatives:export": None,
    "initiatives:detail": "/initiatives/streetwatchers-weyhe/",
    # Cases that are not public; see tests/initiatives/test_previews.py.
    "initiatives:preview": None,
    "initiatives:shared-preview": None,
    # The desk; see tests/imports/, tests/merging/ and tests/browser/edits/.
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
    # Pictures; see tests/initiatives/test_social_card.py.
    "site-card": None,
    "initiatives:card": None,
    "initiatives:cite": "/initiatives/streetwatchers-weyhe/cite/",
    "initiatives:cite-file": None,
    "initiatives:cite-open": None,
    "compare:cases": "/compare/?case=streetwatchers-weyhe&case=keyring-networks",
    # Data for the page above, and files; see tests/initiatives/comparison/.
    "compare:suggestions": None,
    "compare:export": None,
    "plan:blank": "/plan/blank/",
    # Behind private links, files, and forms; see tests/initiatives/plan/.
    **dict.fromkeys(
        f"plan:{name}"
        for name in (
            *("print", "running-title", "export", "blank-export"),
            *("bring-in", "template", "copy"),
        )
    ),
    "suggestions:suggest": "/initiatives/streetwatchers-weyhe/suggest/",
    "suggestions:thanks": "/initiatives/streetwatchers-weyhe/suggest/thanks/",
    "findings:list": "/findings/",
    # Files, data, and redirects; see tests/initiatives/findings/.
    **dict.fromkeys(
        f"findings:{name}"
        for name in ("list-document", "feed", "export", "detail", "cite-file")
    ),
    "findings:cite-open": None,
    "findings:cite": "/findings/fpazzbjh/cite/",
    "shortlist:list": "/shortlist/",
    "shortlist:citations": "/shortlist/citations/?items=fpazzbjh",
    # Forms, files, and pages behind links; see tests/initiatives/shortlist/.
    **dict.fromkeys(
        f"shortlist:{name}"
        for name in ("keep", "kept", "change", "add", "link", "stored", "links")
    ),
    **dict.fromkeys(
        f"shortlist:{name}" for name in ("cases", "findings", "citations-file")
    ),
    "shortlist:citations-open": None,
    "initiatives:map": "/map/",
    "initiatives:map-document": None,
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


@pytest.mark.django_db
def test_pages_reject_forms(client):
    pages = {name: address for name, address in NAMED.items() if address}
    # Forms for readers; see tests/suggestions/ and tests/initiatives/plan/.
    del pages["suggestions:suggest"], pages["plan:new"]
    for address in pages.values():
        assert client.post(address).status_code == 405, address


@pytest.mark.django_db
def test_the_security_policy_allows_nothing_inline(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
