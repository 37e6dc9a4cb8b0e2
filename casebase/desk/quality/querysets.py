"""The questions that the desk asks of what is derived."""

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

# Where a DOI leads from.
DOIS = "https://doi.org/"
BITS = {kind: 1 << place for place, kind in enumerate(KIND_ORDER)}


class CompletenessQuerySet(models.QuerySet):
    """How complete cases are …"""

    def published(self):
        return self.filter(status="published")

    def lacking(self, column, kinds=KIND_ORDER):
        """… that have one of these kinds among those of the column."""
        mask = sum(BITS[kind] for kind in kinds)
        return self.alias(hit=F(column).bitand(mask)).exclude(hit=0)

    def total(self, column):
        return self.aggregate(n=Coalesce(Sum(column), 0))["n"]


class LikenessQuerySet(models.QuerySet):
    """Likenesses …"""

    def open(self):
        """… of which nobody has said that they are none."""
        return self.filter(is_refuted=False)

    def of(self, records):
        """… that any of these records (primary keys) is in."""
        return self.filter(Q(one__in=records) | Q(other__in=records))


class LinkQuerySet(models.QuerySet):
    """Links …"""

    def dead(self):
        """… that give readers an error."""
        return self.filter(state__in=DEAD_STATES)

    def moved(self):
        return self.filter(state=State.MOVED)

    def unchecked(self):
        return self.filter(state="")

    def due(self, *, days, dead_days):
        """… to look at again, those first that were not looked at for longest."""
        now = timezone.now()
        old = Q(checked_at__lt=now - timedelta(days=days))
        old |= Q(checked_at__lt=now - timedelta(days=dead_days), state__in=DEAD_STATES)
        never_first = F("checked_at").asc(nulls_first=True)
        return self.filter(Q(state="") | old).order_by(never_first, "address")

    def gather(self):
        """Have a row for each address in use, and for no other."""
        known, used = set(self.values_list("address", flat=True)), addresses_in_use()
        self.bulk_create(
            [self.model(address=address) for address in sorted(used - known)],
            ignore_conflicts=True,
            batch_size=1_000,
        )
        for addresses in batched(known - used, 500):
            self.filter(address__in=addresses).delete()


def addresses_in_use():
    """Those that works and sources name, of whatever status their cases are."""
    works = Reference.objects.order_by()
    dois = works.exclude(doi="").values_list("doi", flat=True).distinct()
    used = {address_of_doi(doi) for doi in dois.iterator()}
    for records in (works, Source.objects.order_by()):
        urls = records.exclude(url="").values_list("url", flat=True).distinct()
        used.update(urldefrag(url).url for url in urls.iterator())
    return used


def address_of_doi(doi):
    """As pages link to it."""
    return f"{DOIS}{quote(doi)}"
