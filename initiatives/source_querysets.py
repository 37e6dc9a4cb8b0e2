"""The querysets of sources, and of conflicts between them.

A docstring that begins with “…” continues that of its class.
"""

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce


def prefetch_sources(model):
    """Return the Prefetch of a model’s sources with what a page shows of them.

    Two queries; each source has an instance of its work.
    """
    sources = model._meta.get_field("sources").related_model
    works = sources._meta.get_field("reference").related_model
    contributions = works._meta.get_field("contributions").related_model
    people = contributions.objects.select_related("person")
    joined = sources.objects.with_standing().select_related("reference")
    return Prefetch(
        "sources",
        joined.prefetch_related(Prefetch("reference__contributions", people)),
    )


class ConflictQuerySet(models.QuerySet):
    """Conflicts …"""

    def with_sources(self):
        """… with what a page shows of them: sources and works."""
        return self.prefetch_related(prefetch_sources(self.model))


class SourceQuerySet(models.QuerySet):
    """Sources …"""

    def with_standing(self):
        """… with ``standing`` and ``is_peer_reviewed``: who speaks there on the case.

        They are those of the work on the case; None if it is not listed there.
        """
        cases = self.model._meta.get_field("finding").related_model._meta
        works = cases.get_field("initiative").related_model._meta
        listed = works.get_field("documentation").related_model.objects.filter(
            initiative=Coalesce(
                OuterRef("finding__initiative"), OuterRef("conflict__initiative")
            ),
            reference=OuterRef("reference"),
        )
        columns = ("standing", "is_peer_reviewed")
        return self.annotate(
            **{name: Subquery(listed.values(name)[:1]) for name in columns}
        )

    def published(self):
        """… that readers may see: in the codebook or on a published case."""
        return self.filter(
            Q(finding__initiative__status="published")
            | Q(conflict__initiative__status="published")
            | Q(concept__isnull=False)
            | Q(scheme__isnull=False)
        )
