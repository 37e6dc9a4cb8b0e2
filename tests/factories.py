"""Factories that create the smallest valid record of each model."""

import factory
from factory.django import DjangoModelFactory

from casebase.desk.suggestions.models import Suggestion
from initiatives import models
from initiatives.schemes import CODED_SCHEMES, SCHEMES
from references.models import Contribution, FormerKey, Person, Reference


class PersonFactory(DjangoModelFactory):
    slug = factory.Sequence(lambda n: f"person-{n}")
    family = factory.Sequence(lambda n: f"Person {n}")

    class Meta:
        model = Person


class ReferenceFactory(DjangoModelFactory):
    key = factory.Sequence(lambda n: f"work-{n}")
    type = Reference.Type.REPORT
    title = factory.Sequence(lambda n: f"Work {n}")

    class Meta:
        model = Reference


class ContributionFactory(DjangoModelFactory):
    reference = factory.SubFactory(ReferenceFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Contribution


class FormerKeyFactory(DjangoModelFactory):
    key = factory.Sequence(lambda n: f"former-key-{n}")
    reference = factory.SubFactory(ReferenceFactory)

    class Meta:
        model = FormerKey


class SchemeFactory(DjangoModelFactory):
    slug = "barriers"
    title = factory.LazyAttribute(lambda scheme: SCHEMES[scheme.slug].title)
    description = "What these terms are about."

    class Meta:
        model = models.Scheme
        django_get_or_create = ["slug"]


class ConceptFactory(DjangoModelFactory):
    """Creates a term as an instance of its scheme's proxy; by default a Barrier."""

    scheme = "barriers"
    slug = factory.Sequence(lambda n: f"term-{n}")
    label = factory.Sequence(lambda n: f"Term {n}")
    definition = "What this term means."

    class Meta:
        model = models.Concept

    @classmethod
    def _create(cls, model, *args, scheme, **fields):
        SchemeFactory(slug=scheme)
        return super()._create(models.PROXIES[scheme], *args, **fields)


class RelatedTermFactory(DjangoModelFactory):
    concept = factory.SubFactory(ConceptFactory)
    other = factory.SubFactory(ConceptFactory)

    class Meta:
        model = models.RelatedTerm


class InitiativeFactory(DjangoModelFactory):
    """Creates a published case. Pass service areas and tags as lists."""

    slug = factory.Sequence(lambda n: f"case-{n}")
    name = factory.Sequence(lambda n: f"Case {n}")
    summary = "What citizens and services do together."
    locality = "Weyhe"
    country = "DE"
    status = models.Initiative.Status.PUBLISHED

    class Meta:
        model = models.Initiative
        skip_postgeneration_save = True

    @factory.post_generation
    def service_areas(self, create, given):
        self.service_areas.add(*(given or []))

    @factory.post_generation
    def tags(self, create, given):
        self.tags.add(*(given or []))


class OrganisationFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Organisation {n}")

    class Meta:
        model = models.Organisation


class InvolvementFactory(DjangoModelFactory):
    initiative = factory.SubFactory(InitiativeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = models.Involvement.Role.LEAD

    class Meta:
        model = models.Involvement


class DocumentationFactory(DjangoModelFactory):
    initiative = factory.SubFactory(InitiativeFactory)
    reference = factory.SubFactory(ReferenceFactory)

    class Meta:
        model = models.Documentation


class FindingFactory(DjangoModelFactory):
    """Creates an outcome with one source; ``sources`` is the number of sources.

    A finding of a coded kind gets a term of its scheme. Pass strategies as a list.
    """

    initiative = factory.SubFactory(InitiativeFactory)
    kind = models.Finding.Kind.OUTCOME
    concept = factory.LazyAttribute(
        lambda finding: (
            ConceptFactory(scheme=CODED_SCHEMES[finding.kind].slug)
            if finding.kind in CODED_SCHEMES
            else None
        )
    )
    statement = factory.Sequence(lambda n: f"Statement {n}.")
    direction = factory.LazyAttribute(
        lambda finding: (
            models.Finding.Direction.NOT_REPORTED
            if finding.kind in models.Finding.ANSWERED_KINDS
            else models.Finding.Direction.NEUTRAL
        )
    )

    class Meta:
        model = models.Finding
        skip_postgeneration_save = True

    @factory.post_generation
    def sources(self, create, n):
        SourceFactory.create_batch(1 if n is None else n, finding=self)

    @factory.post_generation
    def strategies(self, create, given):
        self.strategies.add(*(given or []))


class ConflictFactory(DjangoModelFactory):
    initiative = factory.SubFactory(InitiativeFactory)
    about = "The number of members"
    note = "One source counts 200, the other 300."

    class Meta:
        model = models.Conflict


class SourceFactory(DjangoModelFactory):
    """Creates a source of a new finding, or of a given conflict, concept or scheme."""

    conflict = concept = scheme = None
    finding = factory.LazyAttribute(
        lambda source: (
            None
            if source.conflict or source.concept or source.scheme
            else FindingFactory(sources=0)
        )
    )
    reference = factory.SubFactory(ReferenceFactory)
    via = models.Source.Via.PRIMARY

    class Meta:
        model = models.Source


class FormerSlugFactory(DjangoModelFactory):
    """Creates a former slug of a new case, or of a given concept."""

    slug = factory.Sequence(lambda n: f"former-slug-{n}")
    concept = None
    initiative = factory.LazyAttribute(
        lambda former: None if former.concept else InitiativeFactory()
    )

    class Meta:
        model = models.FormerSlug


class SuggestionFactory(DjangoModelFactory):
    """Creates a suggestion on a new case, or on the case of a given finding."""

    finding = None
    initiative = factory.LazyAttribute(
        lambda suggestion: (
            getattr(suggestion.finding, "initiative", None) or InitiativeFactory()
        )
    )
    text = factory.Sequence(lambda n: f"It was {n} hours.")

    class Meta:
        model = Suggestion


def add_hours(case):
    """Add a finding with a figure and without sources; return it."""
    return FindingFactory(
        initiative=case,
        statement="Hours were given.",
        figure_value=805,
        figure_unit="hours",
        figure_period="2014",
        sources=0,
    )
