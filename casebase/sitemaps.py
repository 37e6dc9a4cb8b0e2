"""Which addresses search engines should know: https://www.sitemaps.org/protocol.html"""

from django.contrib.sitemaps import Sitemap
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


class CaseSitemap(Sitemap):
    def items(self):
        return Initiative.objects.published().order_by("slug")

    def lastmod(self, item):
        return item.revised_on


class ConceptSitemap(Sitemap):
    def items(self):
        return Concept.objects.order_by("scheme", "slug")


class ReferenceSitemap(Sitemap):
    def items(self):
        return Reference.objects.order_by("key")


SITEMAPS = {
    "pages": PageSitemap,
    "initiatives": CaseSitemap,
    "codebook": ConceptSitemap,
    "references": ReferenceSitemap,
}
