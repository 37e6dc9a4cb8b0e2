"""Pages that belong to no app: home, about, accessibility, and the page that isn't."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casebase.conditional_get import cache_until_changed
from casebase.facets.snapshot_cache import current_snapshot
from casebase.metadata.negotiation import (
    add_link_header,
    negotiate_response,
    render_template,
)
from casebase.site.statistics import figures
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.list_metadata import (
    describe_dataset,
    describe_home,
    describe_plain_page,
)
from initiatives.models import Finding, Initiative

NEWEST_SHOWN = 4
# Among so many a finding is looked for that can stand for all.
NEWEST_SEARCHED = 100


@require_safe
@cache_until_changed
def home(request):
    cases = case_index(current_snapshot())
    published = Initiative.objects.published().with_card_details()
    newest = cases.page(cases.everything, "newest", 0, NEWEST_SEARCHED)
    told = Finding.objects.published().filter(initiative__in=newest)
    counted = figures()
    description = describe_home(counted, request.build_absolute_uri)
    context = {
        "has_search_box": True,
        "figures": counted,
        "barriers": [
            (concept, n)
            for _, concept, n in Codebook().tree_with_counts("barriers")
            if not concept.is_heading
        ],
        "specimen": told.overcome_barriers().first(),
        "newest": published.newest().filter(pk__in=newest[:NEWEST_SHOWN]),
    }
    return add_link_header(
        render_template(request, description, ("home.html", context)), description
    )


@require_safe
@cache_until_changed
def about(request, document=""):
    counted = figures()
    description = describe_dataset(counted, request.build_absolute_uri)
    published = Initiative.objects.published()
    context = {"figures": counted, "cited": published.cited_by_the_chapter()}
    shown = ("about.html", context | {"site": settings.ABOUT_THE_SITE})
    return negotiate_response(request, description, document, render_template, shown)


@require_safe
@cache_until_changed
def accessibility(request):
    absolute = request.build_absolute_uri
    description = describe_plain_page("accessibility", "Accessibility", absolute)
    shown = ("accessibility.html", {})
    return add_link_header(render_template(request, description, shown), description)


@require_safe
@cache_until_changed
def robots(request):
    """What crawlers need not fetch: the desk, searches, files made for people."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemaps"))}
    return render(request, "robots.txt", context, content_type="text/plain")


@require_safe
@cache_until_changed
def opensearch(request):
    """How a browser can search here: https://github.com/dewitt/opensearch"""
    context = {"site": request.build_absolute_uri("/")}
    kind = "application/opensearchdescription+xml"
    return render(request, "opensearch.xml", context, content_type=kind)


def page_not_found(request, exception):
    """404 with the reason where a view gave one."""
    reason = exception.args[0] if exception.args else ""
    context = {"reason": reason if isinstance(reason, str) else ""}
    return render(request, "404.html", context, status=404)
