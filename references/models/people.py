"""Models of the people and bodies who make works, and of their order on a work."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from references.querysets import PersonQuerySet


class Person(models.Model):
    """A person or a body, by a name as printed on works.

    Each spelling of a name is a row, because works are cited as they are printed.
    """

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Stands in addresses: ?author=loeffler-e"
    )
    family = models.CharField("family name", max_length=100, blank=True)
    given = models.CharField("given names or initials", max_length=100, blank=True)
    dropping_particle = models.CharField(
        max_length=30,
        blank=True,
        help_text="Omitted if only the family name is shown",
    )
    non_dropping_particle = models.CharField(
        max_length=30, blank=True, help_text="Stays with the family name: van, de"
    )
    suffix = models.CharField(max_length=20, blank=True, help_text="Jr., III")
    literal = models.CharField(
        "name of a body",
        max_length=250,
        blank=True,
        help_text="Only for bodies; a person has a family name",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "person or body"
        verbose_name_plural = "people and bodies"
        ordering = ["family", "literal", "given", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(literal="") & ~Q(family=""))
                | (
                    ~Q(literal="")
                    & Q(family="")
                    & Q(given="")
                    & Q(dropping_particle="")
                    & Q(non_dropping_particle="")
                    & Q(suffix="")
                ),
                name="person_has_one_kind_of_name",
                violation_error_code="literal",
                violation_error_message=(
                    "Give a person’s family name or a body’s name, not both."
                ),
            ),
            models.UniqueConstraint(
                fields=[
                    "family",
                    "given",
                    "dropping_particle",
                    "non_dropping_particle",
                    "suffix",
                    "literal",
                ],
                name="person_name_is_unique",
                violation_error_message="This name exists already.",
            ),
        ]

    def __str__(self):
        return self.literal or self.inverted_name

    def get_absolute_url(self):
        return reverse("references:list", query={"author": self.slug})

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        # Not a constraint, because earlier files may have created such rows.
        if self.literal == "others":
            sentence = "Others are nobody: tick “and other authors” of the work."
            raise ValidationError({"literal": sentence})

    @property
    def surname(self):
        """The name for a short citation: “van Eijk”, or the name of the body."""
        return self.literal or " ".join(
            filter(None, [self.non_dropping_particle, self.family])
        )

    @property
    def inverted_name(self):
        """The name as in lists: “van Eijk, C.” or “King, M. L., Jr.”."""
        given = " ".join(filter(None, [self.given, self.dropping_particle]))
        return ", ".join(filter(None, [self.surname, given, self.suffix]))


class Contribution(models.Model):
    """The role of a person or body in a work, and the position among others."""

    class Role(models.TextChoices):
        AUTHOR = "author", "Author"
        EDITOR = "editor", "Editor"

    reference = models.ForeignKey(
        "Reference", on_delete=models.CASCADE, related_name="contributions"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="contributions"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.AUTHOR)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["role", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "role", "person"],
                name="contribution_is_said_once",
                violation_error_code="person",
                violation_error_message="This person has this role already.",
            )
        ]

    def __str__(self):
        return f"{self.person} ({self.get_role_display().lower()})"
