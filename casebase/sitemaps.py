"""Which addresses search engines should know: https://www.sitemaps.org/protocol.html"""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from initiatives.models import Concept, Initiative
from initiatives.schemes import SCHEMES
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
        schemes = (reverse("initiatives:concept-list", args=[slug]) for slug in SCHEMES)
        return [*map(reverse, PAGES), *schemes]

    def location(self, item):
        return item


class DatedSitemap(Sitemap):
    """Records with the day of their last change."""

    def lastmod(self, item):
        return item.changed_on

    def get_latest_lastmod(self):
        """One number from the database, where Django would fetch every record."""
        return self.items().aggregate(latest=Max("changed_on"))["latest"]


class CaseSitemap(DatedSitemap):
    def items(self):
        return Initiative.objects.published().with_days().order_by("slug")


class ConceptSitemap(Sitemap):
    def items(self):
        return Concept.objects.order_by("scheme", "slug")


class ReferenceSitemap(DatedSitemap):
    def items(self):
        return Reference.objects.with_days().order_by("key")


SITEMAPS = {
    "pages": PageSitemap,
    "initiatives": CaseSitemap,
    "codebook": ConceptSitemap,
    "references": ReferenceSitemap,
}
