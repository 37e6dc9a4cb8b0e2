"""Querysets of completeness, of likely duplicates, and of links."""

from datetime import timedelta
from itertools import batched
from urllib.parse import quote, urldefrag

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from casebase.desk.quality.links.verdicts import DEAD_STATES, State
from initiatives.case_page import KIND_ORDER
from initiatives.models import Source
from references.models import Reference

# The resolver of DOIs, which redirects to their pages.
DOI_RESOLVER = "https://doi.org/"
# Columns of Completeness are bit masks of kinds.
KIND_BITS = {kind: 1 << place for place, kind in enumerate(KIND_ORDER)}


class CompletenessQuerySet(models.QuerySet):
    """The completeness of cases."""

    def published(self):
        return self.filter(status="published")

    def lacking(self, column, kinds=KIND_ORDER):
        """Return the rows whose column has at least one of these kinds."""
        mask = sum(KIND_BITS[kind] for kind in kinds)
        return self.alias(hit=F(column).bitand(mask)).exclude(hit=0)

    def total(self, column):
        """Return the sum of a column over all rows."""
        return self.aggregate(n=Coalesce(Sum(column), 0))["n"]


class LikenessQuerySet(models.QuerySet):
    """Pairs of records that are likely duplicates."""

    def open(self):
        """Return the pairs that nobody has judged as not the same."""
        return self.filter(is_refuted=False)

    def involving(self, records):
        """Return the pairs that one of these records (primary keys) is in."""
        return self.filter(Q(one__in=records) | Q(other__in=records))


class LinkQuerySet(models.QuerySet):
    """Checked and unchecked links."""

    def dead(self):
        """Return the links that give readers an error."""
        return self.filter(state__in=DEAD_STATES)

    def moved(self):
        return self.filter(state=State.MOVED)

    def unchecked(self):
        return self.filter(state="")

    def due(self, *, days, dead_days):
        """Return the links to check, those first whose last check is longest ago.

        Due are links never checked, dead ones last checked more than ``dead_days`` ago,
        and all links last checked more than ``days`` ago.
        """
        now = timezone.now()
        old = Q(checked_at__lt=now - timedelta(days=days))
        old |= Q(checked_at__lt=now - timedelta(days=dead_days), state__in=DEAD_STATES)
        never_first = F("checked_at").asc(nulls_first=True)
        return self.filter(Q(state="") | old).order_by(never_first, "address")

    def update_addresses(self):
        """Add the links of addresses in use, and delete all others."""
        existing, used = set(self.values_list("address", flat=True)), addresses_in_use()
        self.bulk_create(
            [self.model(address=address) for address in sorted(used - existing)],
            ignore_conflicts=True,
            batch_size=1_000,
        )
        for addresses in batched(existing - used, 500):
            self.filter(address__in=addresses).delete()


def addresses_in_use():
    """Return the addresses in works and sources, whatever the status of their cases."""
    works = Reference.objects.order_by()
    dois = works.exclude(doi="").values_list("doi", flat=True).distinct()
    used = {doi_url(doi) for doi in dois.iterator()}
    for records in (works, Source.objects.order_by()):
        urls = records.exclude(url="").values_list("url", flat=True).distinct()
        used.update(urldefrag(url).url for url in urls.iterator())
    return used


def doi_url(doi):
    """Return the URL of a DOI, as pages link to it."""
    return f"{DOI_RESOLVER}{quote(doi)}"
