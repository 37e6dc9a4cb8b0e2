"""Sitemaps for search engines: https://www.sitemaps.org/protocol.html"""

from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Paginator
from django.db.models import Max
from django.urls import reverse
from django.views.decorators.http import require_safe

from casebase.conditional_get import cache_until_changed
from initiatives.models import Concept, Initiative, Scheme
from references.models import Reference

PAGES = (
    "home",
    "about",
    "accessibility",
    "initiatives:evidence-rules",
    "matrix:matrix",
    "matrix:how-to-read",
    "initiatives:list",
    "findings:list",
    "initiatives:map",
    "initiatives:similar-rules",
    "initiatives:similar",
    "initiatives:codebook",
    "references:list",
    "plan:new",
    "sessions",
)


class PageSitemap(Sitemap):
    """Pages that do not show a single record."""

    def items(self):
        schemes = (scheme.get_absolute_url() for scheme in Scheme.objects.only("slug"))
        return [*map(reverse, PAGES), *schemes]

    def location(self, item):
        return item


class RecordSitemap(Sitemap):
    """Records; only the columns that their addresses need are read."""

    # The protocol allows 50,000. With 2,000 a sitemap takes as long as a page.
    limit = 2_000

    @property
    def paginator(self):
        """Return no pages without records: the protocol requires an address in each."""
        return Paginator(self.items(), self.limit, allow_empty_first_page=False)


class DatedSitemap(RecordSitemap):
    """Records with the date of their last change."""

    def lastmod(self, item):
        return item.changed_on

    def get_latest_lastmod(self):
        """Return the latest date by one query; Django would fetch every record."""
        return self.items().aggregate(latest=Max("changed_on"))["latest"]


class CaseSitemap(DatedSitemap):
    def items(self):
        cases = Initiative.objects.published().with_dates()
        return cases.only("slug").order_by("slug")


class ConceptSitemap(RecordSitemap):
    def items(self):
        return Concept.objects.only("scheme", "slug").order_by("scheme", "slug")


class ReferenceSitemap(DatedSitemap):
    def items(self):
        return Reference.objects.with_dates().only("key").order_by("key")


SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap,
    "initiatives": CaseSitemap,
    "codebook": ConceptSitemap,
    "references": ReferenceSitemap,
}


@require_safe
@cache_until_changed
def index(request):
    nonempty = {name: cls for name, cls in SITEMAPS.items() if cls().paginator.count}
    return views.index(request, nonempty, sitemap_url_name="sitemap")


@require_safe
@cache_until_changed
def sitemap(request, section):
    return views.sitemap(request, SITEMAPS, section)
