"""Related terms: those near a term, and strategies to think of."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from initiatives.models.concepts import Concept

STRATEGIES = "strategies"
ANSWERED_SCHEMES = ("barriers", "risks")


class RelatedTerm(models.Model):
    """A term that readers of another one should see, too (SKOS: related).

    It is near in the same scheme, or a strategy against a barrier or risk.
    """

    concept = models.ForeignKey(
        Concept, on_delete=models.CASCADE, related_name="related_terms"
    )
    other = models.ForeignKey(
        Concept,
        on_delete=models.CASCADE,
        related_name="related_from",
        verbose_name="term",
        help_text="Of the same scheme; for barriers and risks also a strategy",
    )
    position = models.PositiveSmallIntegerField(
        "order", default=0, help_text="The nearest first"
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "other"],
                name="related_term_is_named_once",
                violation_error_code="other",
                violation_error_message="This term is listed already.",
            ),
            models.CheckConstraint(
                condition=~Q(concept=F("other")),
                name="related_term_is_another",
                violation_error_code="other",
                violation_error_message="A term is not related to itself.",
            ),
        ]

    def __str__(self):
        return str(self.other)

    def clean(self):
        """Require a term of the same scheme, or a strategy against a barrier."""
        scheme = self.other.scheme_id
        is_strategy = scheme == STRATEGIES
        fits = is_strategy and self.concept.scheme_id in ANSWERED_SCHEMES
        if scheme != self.concept.scheme_id and not fits:
            raise ValidationError(
                {"other": "Take a term of the same scheme, or a strategy."}
            )
