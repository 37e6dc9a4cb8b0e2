"""Findings: statements about an initiative, each with its sources."""

import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.text import capfirst

from initiatives.evidence_grade.finding_evidence import grade_of
from initiatives.evidence_grade.rules import LEVELS, Level
from initiatives.figures import written_figure
from initiatives.models.concepts import Concept
from initiatives.models.initiatives import Initiative, year_field
from initiatives.querysets import FindingQuerySet
from initiatives.schemes import CODED_SCHEMES, family_of

# Without characters that people confuse: i, l, o, 0 and 1.
SHORT_ID_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def random_short_id():
    """Return “f” and seven random characters; ids in HTML begin with a letter."""
    return "f" + "".join(secrets.choice(SHORT_ID_ALPHABET) for _ in range(7))


# Name, value and label of each kind of finding: those without a scheme, and one for
# each scheme that findings are coded with.
UNCODED_KINDS = (
    *("outcome", "performance", "participation", "cost", "saving", "spread"),
    "lesson",
)
KINDS = [
    (kind.upper().replace("-", "_"), (kind, capfirst(kind.replace("-", " "))))
    for kind in (*UNCODED_KINDS, *CODED_SCHEMES)
]


class Finding(models.Model):
    """One statement about an initiative, with at most one term, and its sources."""

    Kind = models.TextChoices("Kind", KINDS)

    class Direction(models.TextChoices):
        """The result; for barriers and risks, how well the response worked."""

        HELPED = "helped", "Helped"
        MIXED = "mixed", "Mixed"
        HINDERED = "hindered", "Hindered"
        NEUTRAL = "neutral", "Neutral"
        NOT_REPORTED = "not-reported", "Not reported"

    class Basis(models.TextChoices):
        STATED = "stated", "Stated"
        CODED = "coded", "Coded"

    ANSWERED_KINDS = (Kind.BARRIER, Kind.RISK)

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="findings"
    )
    short_id = models.CharField(
        max_length=12,
        unique=True,
        default=random_short_id,
        help_text="Part of links to this statement; it never changes",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    concept = models.ForeignKey(
        Concept,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="findings",
        help_text="Outcomes to lessons have none; other kinds need one of their scheme",
    )
    statement = models.TextField(help_text="Full sentences, 10 to 60 words")
    response = models.TextField(
        blank=True, help_text="Only barriers and risks: how it was met"
    )
    strategies = models.ManyToManyField(
        "Strategy",
        related_name="responses",
        blank=True,
        help_text="Only barriers and risks: what the response is an example of",
    )
    direction = models.CharField(
        max_length=12,
        choices=Direction,
        help_text=(
            "Barriers and risks: how well the response worked, or not reported, never "
            "neutral. Others: what it speaks for, never not reported. Modes: neutral"
        ),
    )
    basis = models.CharField(
        max_length=6,
        choices=Basis,
        default=Basis.CODED,
        help_text="Stated: the source says it as such. Coded: we classified it",
    )
    year = year_field("year", help_text="The year that the statement is about")
    figure_value = models.FloatField("figure", null=True, blank=True)
    figure_unit = models.CharField(
        "unit",
        max_length=120,
        blank=True,
        help_text="What follows the figure: “hours”, “EUR a year”",
    )
    figure_period = models.CharField(
        "period",
        max_length=30,
        blank=True,
        help_text="2014, 2014-05, 2013/2014; ../2014 up to, 2011/.. since",
    )
    grade = models.PositiveSmallIntegerField(
        "evidence grade",
        choices=LEVELS,
        default=Level.THIN.value,
        editable=False,
        help_text="Kept up to date by the rules, or as the editors set it",
    )
    levels_to_gain = models.PositiveSmallIntegerField(
        default=0,
        editable=False,
        help_text="By how many levels an independent source would raise the grade",
    )
    grade_override = models.PositiveSmallIntegerField(
        "grade set by hand",
        choices=LEVELS,
        null=True,
        blank=True,
        help_text="Only where the rules are wrong here; readers see your note",
    )
    grade_note = models.CharField(
        "why it is set by hand",
        max_length=300,
        blank=True,
        help_text="A sentence for readers",
    )
    is_specimen = models.BooleanField(
        "show on the home page",
        default=False,
        help_text=(
            "As the example of a finding. Of several, the best supported one is shown"
        ),
    )
    position = models.PositiveSmallIntegerField("order", default=0)

    objects = FindingQuerySet.as_manager()

    # Whether a conflict about what it says is open. Set by with_sources().
    is_disputed = False

    class Meta:
        ordering = ["initiative", "position", "pk"]
        indexes = [
            models.Index(
                fields=["initiative"],
                condition=Q(is_specimen=True),
                name="finding_specimen",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(CODED_SCHEMES), concept__isnull=False)
                | ~Q(kind__in=list(CODED_SCHEMES)) & Q(concept__isnull=True),
                name="finding_of_coded_kind_has_concept",
                violation_error_code="concept",
                violation_error_message=(
                    "Barriers, risks, leadership, motivations, negative effects, "
                    "resilience, change steps and modes need a term; "
                    "other kinds have none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(figure_value__isnull=True, figure_unit="", figure_period="")
                | Q(figure_value__isnull=False) & ~Q(figure_unit=""),
                name="finding_figure_has_unit",
                violation_error_code="figure_unit",
                violation_error_message=(
                    "A figure needs a unit, and a unit or period needs a figure."
                ),
            ),
            models.CheckConstraint(
                condition=Q(response="") | Q(kind__in=["barrier", "risk"]),
                name="finding_response_answers_barrier_or_risk",
                violation_error_code="response",
                violation_error_message="Only barriers and risks have a response.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["barrier", "risk"]) & ~Q(direction="neutral")
                | ~Q(kind__in=["barrier", "risk"]) & ~Q(direction="not-reported"),
                name="finding_direction_fits_kind",
                violation_error_code="direction",
                violation_error_message=(
                    "A barrier or risk can’t be “neutral”; other kinds can’t be "
                    "“not reported”."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(statement=""),
                name="finding_has_statement",
                violation_error_code="statement",
                violation_error_message="A finding needs a statement.",
            ),
            models.CheckConstraint(
                condition=Q(grade_override__isnull=True, grade_note="")
                | Q(grade_override__isnull=False) & ~Q(grade_note=""),
                name="finding_grade_set_by_hand_has_note",
                violation_error_code="grade_note",
                violation_error_message=(
                    "A grade set by hand needs a note, and a note needs such a grade."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_specimen=False)
                | ~Q(response="") & ~Q(direction="not-reported"),
                name="finding_specimen_has_result",
                violation_error_code="is_specimen",
                violation_error_message=(
                    "The home page shows a finding only with a response and its result."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.statement}"

    def get_absolute_url(self):
        return f"{self.initiative.get_absolute_url()}#{self.short_id}"

    def natural_key(self):
        return (self.short_id,)

    def clean(self):
        """Require a term of the scheme of the kind, which is not only a heading."""
        if not self.concept or self.kind not in CODED_SCHEMES:
            return
        words = CODED_SCHEMES[self.kind]
        if self.concept.scheme_id != words.slug:
            raise ValidationError(
                {"concept": f"“{self.concept}” is not a {words.singular}."}
            )
        if self.concept.is_heading:
            raise ValidationError(
                {
                    "concept": f"“{self.concept}” only groups other terms; "
                    "take one of its narrower terms."
                }
            )

    @property
    def heading(self):
        """Its kind, term and first words: “Barrier · Mistrust · Patrols began …”."""
        return " · ".join([*self.labels, self.opening()])

    @property
    def labels(self):
        """Its kind and, if it has one, its term: [“Barrier”, “Mistrust”]."""
        term = [str(self.concept)] if self.concept else []
        return [self.get_kind_display(), *term]

    def opening(self, ellipsis="…"):
        """Return the first words of the statement: “Patrols began …”."""
        words = self.statement.split()
        return " ".join([*words[:12], *([ellipsis] if len(words) > 12 else [])])

    @property
    def figure(self):
        """“805 hours”, or empty."""
        return written_figure(self.figure_value, self.figure_unit)

    @cached_property
    def evidence(self):
        """Its evidence grade with the reasons, for findings from ``with_sources()``."""
        return grade_of(self)

    @property
    def is_answered(self):
        """Whether its kind has responses: barriers and risks."""
        return self.kind in self.ANSWERED_KINDS

    @property
    def period(self):
        """The figure's period in words: “2013–2014”, “up to 2014”, “since 2011”."""
        start, slash, end = self.figure_period.partition("/")
        if start == "..":
            return f"up to {end}"
        if end == "..":
            return f"since {start}"
        return f"{start}–{end}" if slash else start

    @property
    def family(self):
        """The colour family of its kind."""
        return family_of(self.kind)
