"""The model of a case, and the names of countries."""

from functools import cache, lru_cache

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from taggit.managers import TaggableManager

from casebase.renaming import rename, validate_name_is_free
from initiatives.fields import LinesField
from initiatives.models.review_workflow import Reviewed
from initiatives.models.tags import TaggedInitiative
from initiatives.querysets import InitiativeQuerySet
from references.models import Reference

# Slugs that no case may have, because addresses below /initiatives/ use them.
RESERVED_SLUGS = {"compare", "export", "new"}


@cache
def country_names() -> list[tuple[str, str]]:
    """Return pairs of ISO 3166-1 alpha-2 code and English name, sorted by name."""
    names = {c.alpha_2: getattr(c, "common_name", c.name) for c in pycountry.countries}
    return sorted(names.items(), key=lambda country: country[1])


@cache
def _names_by_code() -> dict[str, str]:
    return dict(country_names())


def country_name(code: str) -> str:
    """Return the English name of a country, or the code itself if it is unknown."""
    return _names_by_code().get(code, code)


def refuse_reserved_slug(slug):
    if slug in RESERVED_SLUGS:
        raise ValidationError(f"“{slug}” is a word of our own addresses; take another.")


def year_field(label, **kwargs):
    """Return a model field for a year, which may be unknown.

    A year before 1800 or after 2100 is taken for a typing error.
    """
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
        **kwargs,
    )


@lru_cache(maxsize=4_000)
def address_of_case(slug):
    return reverse("initiatives:detail", args=[slug])


class Initiative(Reviewed):
    """One co-production initiative: a service that citizens and public bodies make."""

    class Settlement(models.TextChoices):
        """The kind of place; the numbers of inhabitants are in fixtures/README.md."""

        LARGE_CITY = "large-city", "Large city"
        CITY = "city", "City"
        TOWN = "town", "Town"
        SMALL_TOWN = "small-town", "Small town"
        RURAL = "rural", "Rural area"
        REGION = "region", "Region"
        NATIONWIDE = "nationwide", "Whole country"

    class Reach(models.TextChoices):
        """The largest area for which the service is there."""

        NEIGHBOURHOOD = "neighbourhood", "Neighbourhood"
        MUNICIPALITY = "municipality", "Municipal"
        REGION = "region", "Regional"
        NATION = "nation", "National"
        INTERNATIONAL = "international", "International"

    slug = models.SlugField(
        max_length=80,
        unique=True,
        validators=[refuse_reserved_slug],
        help_text="Its address. When it changes, the old address leads to the new one",
    )
    name = models.CharField(max_length=150, unique=True)
    tagline = models.CharField(
        max_length=120,
        blank=True,
        help_text="Who does what, in one sentence: it stands for the case in lists",
    )
    summary = models.TextField(blank=True, help_text="50 to 120 words")
    challenge = models.TextField(
        blank=True, help_text="The problem it set out to solve, 25 to 90 words"
    )
    approach = models.TextField(blank=True, help_text="What people do, 60 to 150 words")

    locality = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True, choices=country_names)
    latitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    place_note = models.TextField(
        blank=True,
        help_text="What the point marks, if not the place itself",
    )

    settlement = models.CharField(
        max_length=20,
        blank=True,
        choices=Settlement,
        help_text=(
            "Large city: half a million people or more. City: 100,000. Town: 20,000. "
            "Empty: not known"
        ),
    )
    reach = models.CharField(
        max_length=20,
        blank=True,
        choices=Reach,
        help_text="The largest area for which the service is there. Empty: not known",
    )

    start_year = year_field("started")
    end_year = year_field(
        "ended", help_text="Empty: running when last reported, or nothing is known"
    )
    last_source_year = year_field(
        "year of the latest source", help_text="How up to date the case is"
    )

    service_areas = models.ManyToManyField(
        "ServiceArea", related_name="initiatives", blank=True
    )
    target_groups = LinesField(help_text="Whom the service is for, one a line")
    co_producers = models.TextField(
        "who co-produces", blank=True, help_text="On the side of the citizens"
    )
    organisations = models.ManyToManyField(
        "Organisation", through="Involvement", related_name="initiatives"
    )
    works = models.ManyToManyField(
        Reference, through="Documentation", related_name="documented_initiatives"
    )
    tags = TaggableManager(through=TaggedInitiative, blank=True)

    evidence_note = models.TextField(
        blank=True, help_text="What the case rests on, and where it is thin"
    )
    not_found = LinesField(
        "looked for, nothing found",
        help_text="Kinds of finding that somebody looked for in vain, one a line",
    )

    # On an instance that shows an earlier version of the case: the version’s number.
    version = None

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        permissions = [
            (
                "review_initiative",
                "Can send back, publish and withdraw cases, and change any",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_year__isnull=True)
                | Q(start_year__isnull=True)
                | Q(end_year__gte=F("start_year")),
                name="initiative_ends_after_start",
                violation_error_code="end_year",
                violation_error_message="The end year is before the start year.",
            ),
            models.CheckConstraint(
                condition=~Q(status="published")
                | ~Q(country="") & (~Q(locality="") | ~Q(region="")),
                name="initiative_published_with_place",
                violation_error_code="country",
                violation_error_message=(
                    "A published case needs a country, and a locality or region."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | ~Q(summary=""),
                name="initiative_published_with_summary",
                violation_error_code="summary",
                violation_error_message="A published case needs a summary.",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | ~Q(status__in=["draft", "review"]),
                name="initiative_once_public_is_no_draft",
                violation_error_code="status",
                violation_error_message=(
                    "Readers could see this case, so it can’t be a draft or in review "
                    "again. Withdraw it instead."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(status_note=""),
                name="initiative_withdrawn_with_reason",
                violation_error_code="status_note",
                violation_error_message=(
                    "Say in the status note why the case was withdrawn; readers see it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="initiative_point_is_whole",
                violation_error_code="latitude",
                violation_error_message="A point needs both latitude and longitude.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        if self.version:
            return reverse("history:version", args=[self.slug, self.version])
        return address_of_case(self.slug)

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        validate_name_is_free(self, "slug", self.slug)
        if self.pk is None or self.status != self.Status.PUBLISHED:
            return
        if unsourced := self.findings.unsourced().count():
            raise ValidationError(
                f"Findings without a source: {unsourced}. A published case has none.",
                code="unsourced",
            )

    @property
    def place(self):
        """Return its known places, smallest first: “Weyhe, Lower Saxony, Germany”."""
        parts = [self.locality, self.region, country_name(self.country)]
        if self.region.startswith(f"{self.locality},"):
            del parts[0]
        return ", ".join(part for part in parts if part)

    @property
    def years(self):
        """“2007–2020”, “since 2007”, “until 2020”, or empty if unknown."""
        if self.start_year and self.end_year:
            same = self.start_year == self.end_year
            return (
                str(self.start_year) if same else f"{self.start_year}–{self.end_year}"
            )
        if self.start_year:
            return f"since {self.start_year}"
        return f"until {self.end_year}" if self.end_year else ""

    def namesakes(self, slug):
        """Return other cases that have this slug or once had it."""
        return Initiative.objects.with_current_or_former_slug(slug).exclude(pk=self.pk)

    def rename(self, *, slug):
        """Change the slug; the address with the old slug redirects here for ever.

        Raises ValidationError, and changes nothing, if another case has or had it.
        """
        rename(self, "slug", slug)
