"""Which addresses search engines should know: https://www.sitemaps.org/protocol.html"""

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
    "initiatives:list",
    "initiatives:codebook",
    "references:list",
)


class PageSitemap(Sitemap):
    """The pages that are no record of their own."""

    def items(self):
        schemes = (scheme.get_absolute_url() for scheme in Scheme.objects.only("slug"))
        return [*map(reverse, PAGES), *schemes]

    def location(self, item):
        return item


class RecordSitemap(Sitemap):
    """Records, of which only the columns of their addresses are read."""

    # The protocol allows 50,000; so many are written as fast as a page is.
    limit = 2_000

    @property
    def paginator(self):
        """A sitemap without an address breaks the protocol, so there is none."""
        return Paginator(self.items(), self.limit, allow_empty_first_page=False)


class DatedSitemap(RecordSitemap):
    """Records with the day of their last change."""

    def lastmod(self, item):
        return item.changed_on

    def get_latest_lastmod(self):
        """One number from the database, where Django would fetch every record."""
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


SITEMAPS = {
    "pages": PageSitemap,
    "initiatives": CaseSitemap,
    "codebook": ConceptSitemap,
    "references": ReferenceSitemap,
}


@require_safe
@cache_until_changed
def index(request):
    filled = {name: each for name, each in SITEMAPS.items() if each().paginator.count}
    return views.index(request, filled, sitemap_url_name="sitemap")


@require_safe
@cache_until_changed
def sitemap(request, section):
    return views.sitemap(request, SITEMAPS, section)
