"""Suggestions of readers, and the drafts of changes that they lead to."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from casebase.change_tracking.transactions import current_edit_context, lock_for_writing
from casebase.desk.suggestions.querysets import SuggestionQuerySet
from initiatives.models import Finding, Initiative, Source
from references.models import Reference, validate_web_address


class Suggestion(models.Model):
    """What a reader says is wrong or missing on a case, or on one of its findings."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted, to be done"
        DONE = "done", "Taken up"
        REFUSED = "refused", "Refused"

    OPEN = (Status.WAITING, Status.ACCEPTED)

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="suggestions"
    )
    finding = models.ForeignKey(
        Finding,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suggestions",
    )
    quoted = models.TextField(
        "statement at the time",
        blank=True,
        help_text="The statement that the reader saw",
    )
    text = models.TextField("what is wrong or missing", max_length=4000)
    source = models.TextField("a source", max_length=1000, blank=True)
    name = models.CharField(
        "name to thank",
        max_length=100,
        blank=True,
        help_text="Shown on the case once the suggestion is taken up",
    )
    email = models.EmailField(
        "e-mail address",
        blank=True,
        help_text="Deleted once the answer is given",
    )
    sent_at = models.DateTimeField("sent", auto_now_add=True, db_index=True)

    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    reason = models.TextField(
        blank=True, help_text="For the desk: readers don’t see it"
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="by",
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "accepted"]) | Q(email=""),
                name="suggestion_answered_without_email",
                violation_error_message="An answered suggestion has no e-mail address.",
            ),
        ]
        indexes = [models.Index(fields=["initiative", "status"], name="suggested_on")]

    def __str__(self):
        return f"{self.initiative}: {self.text[:60]}"

    @property
    def is_open(self):
        return self.status in self.OPEN

    @property
    def source_url(self):
        """Return the source if it is a web address and nothing else, otherwise ""."""
        try:
            Source(url=self.source).clean_fields(exclude=["reference"])
        except ValidationError:
            return ""
        return self.source

    # Each answer raises ValidationError if the suggestion has been answered already.

    @transaction.atomic
    def accept(self, *, by):
        """Accept the suggestion, and start a draft of the change that it asks for."""
        self._set_status(self.Status.ACCEPTED, by)
        if not Draft.objects.filter(suggestion=self).exists():
            draft = Draft(suggestion=self, url=self.source_url)
            draft.start_from(self.finding)
            draft.save()

    @transaction.atomic
    def mark_done(self, *, by):
        """Close the suggestion, because the case now has the change it asked for.

        A published case is revised today, and credits the reader who left a name.
        """
        self._set_status(self.Status.DONE, by, email="")
        case = self.initiative
        if case.status == case.Status.PUBLISHED:
            case.revised_on = date.today()
            case.save(update_fields=["revised_on"])
        current_edit_context().why = (
            current_edit_context().why or f"Suggested by {self.name or 'a reader'}"
        )

    @transaction.atomic
    def refuse(self, *, by):
        """Refuse the suggestion, and delete its draft."""
        self._set_status(self.Status.REFUSED, by, email="")
        Draft.objects.filter(suggestion=self).delete()

    def _set_status(self, status, by, **fields):
        """Save the answer. Raise ValidationError if the suggestion is answered already.

        So when two people answer at the same time, the second gets the error.
        """
        lock_for_writing()
        stored = Suggestion.objects.get(pk=self.pk)
        if not stored.is_open:
            raise ValidationError(
                f"This was answered already: {stored.get_status_display().lower()}."
            )
        fields |= {"status": status, "decided_by": by, "decided_at": timezone.now()}
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=fields)


class Draft(models.Model):
    """A change of one finding because of a suggestion. Readers do not see it yet."""

    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.CASCADE, related_name="draft"
    )
    finding = models.ForeignKey(
        Finding,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="drafts",
        help_text="Save the draft to see its texts below",
    )
    # The texts that the draft started from, to detect changes by others.
    was_statement = models.TextField("statement as it stands", blank=True)
    was_response = models.TextField("response as it stands", blank=True)
    statement = models.TextField(blank=True)
    response = models.TextField(blank=True)
    reference = models.ForeignKey(
        Reference,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="source to add",
    )
    url = models.URLField(
        "page read", max_length=500, blank=True, validators=[validate_web_address]
    )
    locator = models.CharField(max_length=120, blank=True)
    via = models.CharField("read as", max_length=9, choices=Source.Via, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"draft for {self.suggestion}"

    def start_from(self, finding):
        """Make this the draft's finding, and start from its current texts.

        Texts that were changed in the draft stay.
        """
        for field in ("statement", "response"):
            current = getattr(finding, field, "")
            if getattr(self, field) == getattr(self, f"was_{field}"):
                setattr(self, field, current)
            setattr(self, f"was_{field}", current)
        self.finding = finding

    @transaction.atomic
    def apply(self, *, by):
        """Change the finding as drafted, and close its suggestion.

        Raises ValidationError with the reason if that is not possible, and then changes
        nothing.
        """
        lock_for_writing()
        finding = self._unchanged_finding()
        finding.statement, finding.response = self.statement, self.response
        finding.full_clean()
        finding.save(update_fields=["statement", "response"])
        if source := self._build_source(finding):
            source.full_clean()
            source.save()
        elif not self.has_changed_text:
            raise ValidationError("The draft changes nothing yet.")
        self.suggestion.mark_done(by=by)

    @property
    def has_changed_text(self):
        texts = self.statement, self.response
        return texts != (self.was_statement, self.was_response)

    def _unchanged_finding(self):
        """Return the finding. Raise ValidationError if it was changed by others."""
        finding = Finding.objects.filter(pk=self.finding_id).first()
        if finding is None:
            raise ValidationError("Choose the finding that the draft is about.")
        current = finding.statement, finding.response
        if current != (self.was_statement, self.was_response):
            raise ValidationError(
                "The finding was changed meanwhile. It now says: "
                + " / ".join(filter(None, current))
            )
        return finding

    def _build_source(self, finding):
        """Return an unsaved source that the draft adds, or None.

        Raises ValidationError if the draft has an address or a locator but no work.
        """
        if self.reference:
            fields = {"reference": self.reference, "url": self.url, "via": self.via}
            fields |= {"locator": self.locator, "position": finding.sources.count()}
            return Source(finding=finding, **fields)
        if self.url or self.locator:
            raise ValidationError(
                "Choose the work that the page belongs to, or empty its address."
            )
        return None
