"""Sources, documentation, and conflicts between sources."""

from django.db import models
from django.db.models import Q

from initiatives.evidence_grade.explanation import BESIDE_A_SOURCE
from initiatives.evidence_grade.rules import STANDINGS
from initiatives.models.concepts import Concept, Scheme
from initiatives.models.findings import Finding
from initiatives.models.initiatives import Initiative
from initiatives.source_querysets import ConflictQuerySet, SourceQuerySet
from references.models import Reference, validate_web_address


class Conflict(models.Model):
    """A point on which sources contradict each other; the page of the case shows it."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="conflicts"
    )
    about = models.CharField(max_length=150)
    note = models.TextField(help_text="What each source says, and which one we follow")
    findings = models.ManyToManyField(
        Finding,
        related_name="conflicts",
        blank=True,
        help_text="The statements that say what is in dispute",
    )
    is_settled = models.BooleanField(
        "settled",
        default=False,
        help_text="The note tells which source is right, or why both are",
    )
    position = models.PositiveSmallIntegerField("order", default=0)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["initiative", "position", "pk"]

    def __str__(self):
        return self.about


class Source(models.Model):
    """The place in a work on which a finding, a conflict, a term or a scheme rests."""

    class Via(models.TextChoices):
        PRIMARY = "primary", "The work itself"
        SECONDARY = "secondary", "Its abstract, a summary or a report by others"

    OWNERS = ("finding", "conflict", "concept", "scheme")

    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.CASCADE, related_name="sources"
    )
    conflict = models.ForeignKey(
        Conflict,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sources",
    )
    concept = models.ForeignKey(
        Concept, null=True, blank=True, on_delete=models.CASCADE, related_name="sources"
    )
    scheme = models.ForeignKey(
        Scheme, null=True, blank=True, on_delete=models.CASCADE, related_name="sources"
    )
    reference = models.ForeignKey(
        Reference, on_delete=models.PROTECT, related_name="uses"
    )
    url = models.URLField(
        "page read", max_length=500, blank=True, validators=[validate_web_address]
    )
    locator = models.CharField(
        max_length=120, blank=True, help_text="Section or page: “Outcomes”, “P. 24”"
    )
    via = models.CharField(
        "read as",
        max_length=9,
        choices=Via,
        blank=True,
        help_text="Required, except for a conflict",
    )
    position = models.PositiveSmallIntegerField("order", default=0)

    objects = SourceQuerySet.as_manager()

    # Set by SourceQuerySet.with_standing().
    standing: str | None = None
    is_peer_reviewed: bool | None = None

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False, conflict__isnull=True)
                & Q(concept__isnull=True, scheme__isnull=True)
                | Q(finding__isnull=True, conflict__isnull=False)
                & Q(concept__isnull=True, scheme__isnull=True)
                | Q(finding__isnull=True, conflict__isnull=True)
                & Q(concept__isnull=False, scheme__isnull=True)
                | Q(finding__isnull=True, conflict__isnull=True)
                & Q(concept__isnull=True, scheme__isnull=False),
                name="source_has_one_owner",
                violation_error_message=(
                    "A source belongs to one finding, conflict, term or scheme."
                ),
            ),
            models.CheckConstraint(
                condition=Q(conflict__isnull=False) | ~Q(via=""),
                name="source_says_how_it_was_read",
                violation_error_code="via",
                violation_error_message=(
                    "Say whether the work itself was read or a report on it."
                ),
            ),
        ]

    def __str__(self):
        return ", ".join(filter(None, [self.reference.key, self.locator]))

    @property
    def speaker(self):
        """Who speaks there in words, as “independent, peer-reviewed”; may be empty."""
        words = [BESIDE_A_SOURCE.get(self.standing or "", "")]
        words += ["peer-reviewed"] if self.is_peer_reviewed else []
        return ", ".join(filter(None, words))


class Documentation(models.Model):
    """A work about an initiative, whether or not a finding rests on it."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="documentation"
    )
    reference = models.ForeignKey(
        Reference, on_delete=models.PROTECT, related_name="documentation"
    )
    is_cited_by_chapter = models.BooleanField(
        "cited by the chapter",
        default=False,
        help_text="Loeffler (2021), for this case",
    )
    is_read = models.BooleanField(
        "read", default=True, help_text="Untick if the text was not available"
    )

    standing = models.CharField(
        "who speaks",
        max_length=12,
        choices=STANDINGS,
        default="",
        blank=True,
        help_text="Relative to this case. Who speaks counts, not where it is printed",
    )
    is_peer_reviewed = models.BooleanField("peer-reviewed", null=True, blank=True)
    standing_note = models.CharField(
        "why", max_length=200, blank=True, help_text="How we know who speaks"
    )

    class Meta:
        verbose_name = "work on the case"
        verbose_name_plural = "works on the case"
        ordering = ["reference__key"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "reference"],
                name="documentation_is_said_once",
                violation_error_code="reference",
                violation_error_message="This work is listed already.",
            )
        ]

    def __str__(self):
        return str(self.reference.key)
