"""Organisations, and their roles in initiatives."""

from django.db import models

from initiatives.models.initiatives import Initiative
from initiatives.querysets import OrganisationQuerySet


class Organisation(models.Model):
    """An organisation that takes part in initiatives."""

    name = models.CharField(max_length=200, unique=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.name,)


class Involvement(models.Model):
    """The role of an organisation in an initiative."""

    class Role(models.TextChoices):
        LEAD = "lead public body", "Lead public body"
        PUBLIC = "public partner", "Public partner"
        THIRD_SECTOR = "third-sector partner", "Third-sector partner"
        CITIZENS = "citizen group", "Citizen group"
        FUNDER = "funder", "Funder"
        EVALUATOR = "evaluator", "Evaluator"
        PRIVATE = "private partner", "Private partner"

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="involvements"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="involvements"
    )
    role = models.CharField(max_length=20, choices=Role)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "organisation", "role"],
                name="involvement_is_said_once",
                violation_error_code="organisation",
                violation_error_message="This organisation has this role already.",
            )
        ]

    def __str__(self):
        return f"{self.organisation}: {self.role}"
