"""Pages that belong to no app: home, about, accessibility, robots, and errors."""

from typing import Any

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
from casebase.site.home_page import HomePage
from casebase.site.sessions import SESSIONS
from casebase.site.statistics import public_statistics
from casebase.social_cards.responses import card_response
from initiatives.charts import what_it_holds
from initiatives.list_metadata import (
    describe_dataset,
    describe_home,
    describe_plain_page,
)
from initiatives.models import Initiative
from initiatives.social_card import build_site_card


@require_safe
@cache_until_changed
def home(request):
    page = HomePage(current_snapshot())
    description = describe_home(page.statistics, request.build_absolute_uri)
    context = {"has_search_box": True, "page": page}
    return add_link_header(
        render_template(request, description, ("home.html", context)), description
    )


@require_safe
@cache_until_changed
def about(request, document=""):
    statistics = public_statistics()
    description = describe_dataset(statistics, request.build_absolute_uri)
    published = Initiative.objects.published()
    context = {"statistics": statistics, "cited": published.cited_by_the_chapter()}
    context["charts"] = what_it_holds(current_snapshot())
    shown = ("about.html", context | {"site": settings.ABOUT_THE_SITE})
    return negotiate_response(request, description, document, render_template, shown)


@require_safe
@cache_until_changed
def accessibility(request):
    absolute = request.build_absolute_uri
    description = describe_plain_page("accessibility", "Accessibility", absolute)
    shown: tuple[str, dict[str, Any]] = ("accessibility.html", {})
    return add_link_header(render_template(request, description, shown), description)


@require_safe
@cache_until_changed
def sessions(request):
    absolute = request.build_absolute_uri
    description = describe_plain_page("sessions", "Sessions for facilitators", absolute)
    shown = ("sessions/page.html", {"sessions": SESSIONS})
    return add_link_header(render_template(request, description, shown), description)


@require_safe
def card(request):
    """Return the picture that stands for pages without one of their own."""
    return card_response(request, build_site_card(current_snapshot()))


@require_safe
@cache_until_changed
def robots(request):
    """Tell crawlers not to fetch the desk, searches and files."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemaps"))}
    return render(request, "robots.txt", context, content_type="text/plain")


@require_safe
@cache_until_changed
def opensearch(request):
    """Describe the site's search for browsers: https://github.com/dewitt/opensearch"""
    context = {"site": request.build_absolute_uri("/")}
    kind = "application/opensearchdescription+xml"
    return render(request, "opensearch.xml", context, content_type=kind)


def page_not_found(request, exception):
    """Return 404, with the reason if the view gave one."""
    reason = exception.args[0] if exception.args else ""
    context = {"reason": reason if isinstance(reason, str) else ""}
    return render(request, "404.html", context, status=404)
