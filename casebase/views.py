"""Pages that belong to no app: home, about, accessibility, and the page that isn't."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casebase.figures import figures
from facets.current import current
from initiatives.codebook import Codebook
from initiatives.models import Finding, Initiative

NEWEST_SHOWN = 4


@require_safe
def home(request):
    cases = current().cases
    published = Initiative.objects.published().with_card_details()
    newest = cases.page(cases.everything, "newest", 0, NEWEST_SHOWN)
    context = {
        "has_search_box": True,
        "figures": figures(),
        "barriers": [
            (concept, n)
            for _, concept, n in Codebook().counted("barriers")
            if not concept.is_heading
        ],
        "specimen": Finding.objects.published().met_with_success().first(),
        "newest": published.newest().filter(pk__in=newest),
    }
    return render(request, "home.html", context)


@require_safe
def about(request):
    return render(request, "about.html", {"figures": figures()})


@require_safe
def accessibility(request):
    return render(request, "accessibility.html")


@require_safe
def robots(request):
    """What crawlers need not fetch: the desk, searches, files made for people."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemaps"))}
    return render(request, "robots.txt", context, content_type="text/plain")


@require_safe
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
