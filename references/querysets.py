"""The questions the site asks about works and the people who made them."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


class PersonQuerySet(models.QuerySet):
    """People and bodies …"""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class ReferenceQuerySet(models.QuerySet):
    """Works …"""

    def get_by_natural_key(self, key):
        return self.get(key=key)

    def called(self, key):
        """… that have this key or once had it."""
        return self.filter(Q(key=key) | Q(former_keys__key=key)).distinct()

    def having_words(self, query):
        """… with every word of the query in a title or the name of a person or body."""
        contributions = self.model.people.through.objects
        works = self
        for word in query.split():
            made_by = Q(person__family__icontains=word)
            made_by |= Q(person__given__icontains=word)
            made_by |= Q(person__literal__icontains=word)
            works = works.filter(
                Q(title__icontains=word)
                | Q(container_title__icontains=word)
                | Exists(contributions.filter(made_by, reference=OuterRef("pk")))
            )
        return works

    def of_types(self, types):
        return self.filter(type__in=types)

    def made_by(self, people):
        """… of which any of these people (by slug) is an author or editor."""
        contributions = self.model.people.through.objects
        return self.filter(
            Exists(
                contributions.filter(reference=OuterRef("pk"), person__slug__in=people)
            )
        )

    def cited_by(self, initiatives, kinds=None):
        """… that public statements of any of these cases rest on.

        With ``kinds``, only findings of these kinds count as statements.
        """
        uses = self.uses_in(initiatives).filter(reference=OuterRef("pk"))
        if kinds:
            uses = uses.filter(finding__kind__in=kinds)
        return self.filter(Exists(uses))

    def with_days(self):
        """… with ``appeared_on`` and ``changed_on``, as cases have them."""
        return self.annotate(appeared_on=F("added_on"), changed_on=F("revised_on"))

    def lately_changed(self):
        """… those added or changed last first."""
        return self.with_days().order_by("-changed_on", "key")

    def with_contributors(self):
        """… with authors and editors fetched in order, as a citation needs them."""
        return self.prefetch_related("contributions__person")

    def with_use_counts(self):
        """… with ``n_cases`` and ``n_findings``: the public ones that rest on it."""
        return self.annotate(
            n_cases=self._number_of("case"), n_findings=self._number_of("finding")
        )

    def uses_in_cases(self):
        """Their uses by public findings and conflicts, each with its ``case`` (a slug).

        The model stands in the other app, which depends on this one.
        """
        uses = self.model._meta.get_field("uses").related_model.objects.published()
        case = Coalesce("finding__initiative__slug", "conflict__initiative__slug")
        return uses.annotate(case=case).filter(case__isnull=False)

    def uses_in(self, initiatives):
        """Their uses by public statements of these cases."""
        slugs = initiatives.order_by().values("slug")
        return self.uses_in_cases().filter(case__in=slugs)

    def _number_of(self, owners):
        uses = self.uses_in_cases().filter(reference=OuterRef("pk")).order_by()
        counted = (
            uses.values("reference")
            .annotate(n=Count(owners, distinct=True))
            .values("n")
        )
        return Coalesce(Subquery(counted), 0)
