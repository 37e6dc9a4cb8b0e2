"""The codebook: ten schemes, and their terms in one table."""

from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import camel_case_to_spaces

from casebase.renaming import rename, validate_name_is_free
from initiatives.fields import LinesField
from initiatives.querysets import ConceptQuerySet, SchemeQuerySet
from initiatives.schemes import SCHEMES
from initiatives.translations import TranslationsField


class Scheme(models.Model):
    """One set of terms, such as the barriers, with its title and description."""

    slug = models.SlugField(
        unique=True,
        choices=[(slug, words.title) for slug, words in SCHEMES.items()],
    )
    title = models.CharField(max_length=120)
    translations = TranslationsField()
    description = models.TextField()

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("initiatives:concept-list", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    @property
    def words(self):
        """The titles, labels and phrases for this scheme."""
        return SCHEMES[self.slug]


class Concept(models.Model):
    """One term of one scheme of the codebook.

    Each scheme has a proxy model, such as `Barrier` or `Risk`; see below.
    """

    scheme = models.ForeignKey(
        Scheme,
        to_field="slug",
        db_column="scheme",
        on_delete=models.PROTECT,
        related_name="concepts",
    )
    slug = models.SlugField(max_length=80)
    label = models.CharField(max_length=120)
    synonyms = LinesField(help_text="Other good names for it, one a line")
    hidden_labels = LinesField(
        help_text="Words that readers use for it, one a line; found but not shown"
    )
    translations = TranslationsField()
    definition = models.TextField()
    scope_note = models.TextField(
        blank=True, help_text="About this term: what sets it apart from others"
    )
    broader = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
        verbose_name="broader term",
    )
    order = models.PositiveSmallIntegerField(default=0)
    is_heading = models.BooleanField(
        "heading only",
        default=False,
        help_text="Groups other terms; no finding is coded with it",
    )
    questions = LinesField(help_text="To put to a team, one a line")
    actions = LinesField(help_text="Only for change steps: what to do, one a line")
    outputs = LinesField(
        help_text="Only for change steps: what should exist afterwards, one a line"
    )

    objects = ConceptQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "slug"],
                name="concept_slug_is_unique_in_scheme",
                violation_error_code="slug",
                violation_error_message="The scheme has a term with this slug.",
            ),
            models.CheckConstraint(
                condition=Q(broader__isnull=True) | ~Q(broader=F("pk")),
                name="concept_is_not_its_own_broader_term",
                violation_error_code="broader",
                violation_error_message="A term can’t be its own broader term.",
            ),
            models.CheckConstraint(
                condition=Q(scheme="change-steps") | Q(actions="", outputs=""),
                name="concept_actions_belong_to_change_steps",
                violation_error_code="actions",
                violation_error_message="Only change steps have actions and outputs.",
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("initiatives:concept-detail", args=[self.scheme_id, self.slug])

    def natural_key(self):
        return (self.scheme_id, self.slug)

    def clean(self):
        """Require a broader term of the same scheme, and no cycle of broader terms."""
        validate_name_is_free(self, "slug", self.slug)
        seen, above = {self.pk}, self.broader
        while above:
            if above.scheme_id != self.scheme_id:
                raise ValidationError(
                    {"broader": f"“{above}” belongs to another scheme."}
                )
            if above.pk in seen:
                raise ValidationError({"broader": f"“{above}” is a narrower term."})
            seen.add(above.pk)
            above = above.broader
        if self.is_heading and self.pk and self.findings.exists():
            raise ValidationError(
                {"is_heading": "Findings are coded with this term; recode them first."}
            )

    @property
    def words(self):
        """The titles, labels and phrases for its scheme."""
        return SCHEMES[self.scheme_id]

    @property
    def list_url(self):
        """The address of the list of initiatives that have this term."""
        return reverse("initiatives:list", query={self.words.parameter: self.slug})

    @property
    def map_url(self):
        """The address of the map of the same initiatives."""
        return reverse("initiatives:map", query={self.words.parameter: self.slug})

    def namesakes(self, slug):
        """Return other terms of its scheme that have this slug or once had it."""
        terms = Concept.objects.filter(scheme=self.scheme_id)
        return terms.with_current_or_former_slug(slug).exclude(pk=self.pk)

    def rename(self, *, slug):
        """Change the slug; the address with the old slug redirects here for ever.

        Raises ValidationError, and changes nothing, if another term has or had it.
        """
        rename(self, "slug", slug)


# The class is made at run time, so no type can name it.
ConceptManager: Any = models.Manager.from_queryset(ConceptQuerySet)


def scheme_manager(scheme_slug):
    """Return the manager of a proxy model: it finds and creates terms of one scheme."""

    @cache
    def query_of(model):
        return models.QuerySet(model).filter(scheme=scheme_slug).query

    class SchemeManager(ConceptManager):
        def get_queryset(self):
            queryset = super().get_queryset()
            # Django asks for a query set for each record whose terms it reads ahead,
            # and building a filter takes ten times as long as copying it.
            queryset.query = query_of(self.model).clone()
            return queryset

        def create(self, **fields):
            return super().create(**{"scheme_id": scheme_slug} | fields)

    return SchemeManager()


def build_proxy(words):
    """Return the proxy model for the terms of one scheme.

    Its verbose names are set where Django would derive others from its name.
    """
    singular = camel_case_to_spaces(words.model)
    names = {"verbose_name": words.singular, "verbose_name_plural": words.plural}
    derived = {"verbose_name": singular, "verbose_name_plural": f"{singular}s"}
    meta = {name: text for name, text in names.items() if text != derived[name]}
    members = {
        "__module__": __name__,
        "__doc__": words.meaning,
        "Meta": type("Meta", (), {"proxy": True, **meta}),
        "scheme_slug": words.slug,
        "objects": scheme_manager(words.slug),
    }
    return type(words.model, (Concept,), members)


# Slug of a scheme → the proxy model for its terms.
PROXIES = {slug: build_proxy(words) for slug, words in SCHEMES.items()}
Barrier = PROXIES["barriers"]
Risk = PROXIES["risks"]
Strategy = PROXIES["strategies"]
ServiceArea = PROXIES["service-areas"]
