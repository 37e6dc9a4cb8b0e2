"""The review workflow of a case: its status, its transitions, and who decided them."""

from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from casebase.change_tracking.transactions import current_edit_context, lock_for_writing
from initiatives.publication_checks import improvements, publication_gaps
from initiatives.status_transitions import REVIEW, TRANSITIONS

OWN_SUBMISSION = "You submitted this case; somebody else reviews and publishes it."


class NotReadyError(ValidationError):
    """The case can’t be published; ``gaps`` has everything that is missing."""

    def __init__(self, gaps):
        super().__init__([str(gap) for gap in gaps])
        self.gaps = gaps


class Reviewed(models.Model):
    """A record that readers see only after review.

    Each transition takes ``by``, the user who decided (None on the command line). It
    raises ValidationError with all reasons against it, and then changes nothing. It
    checks no permissions; see ``transitions_open_to()``.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        REVIEW = "review", "In review"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    status = models.CharField(
        max_length=10, choices=Status, default=Status.DRAFT, db_index=True
    )
    status_note = models.TextField(
        blank=True,
        help_text="Before publication: what to settle. If withdrawn: why, for readers",
    )
    published_on = models.DateField(
        null=True, blank=True, help_text="When readers could first see it"
    )
    revised_on = models.DateField(
        null=True, blank=True, help_text="The date of this version"
    )

    class Meta:
        abstract = True

    @property
    def was_public(self):
        """Whether readers have ever seen it, so that its address must always answer."""
        return self.status in (self.Status.PUBLISHED, self.Status.WITHDRAWN)

    def publication_gaps(self):
        """Return the gaps that prevent publication. A fixed number of queries."""
        return publication_gaps(self)

    def improvements(self):
        """Return the gaps that do not prevent publication. Two queries."""
        return [*improvements(self)]

    def submit(self, *, by=None, note=""):
        """Submit it for review. If it has gaps, a note has to say what is missing."""
        with self._transition("submit", by, note):
            if not note and (gaps := self.publication_gaps()):
                raise NotReadyError(gaps)
            self.status_note = note or self.status_note

    def send_back(self, *, reason, by=None):
        """Make it a draft again; the reason says what has to be done."""
        with self._transition("send_back", by, reason):
            self.status_note = reason.strip()

    def publish(self, *, by=None):
        """Make it public."""
        with self._transition("publish", by):
            if self.waits_for_another(by):
                raise ValidationError(OWN_SUBMISSION, code="own")
            self._prepare_publication()

    def withdraw(self, *, reason, by=None):
        """Remove it from public lists; its address shows readers the reason."""
        with self._transition("withdraw", by, reason):
            self.status_note = reason.strip()

    def reinstate(self, *, by=None):
        """Publish a withdrawn case again, without another review."""
        with self._transition("reinstate", by):
            self._prepare_publication()

    def _prepare_publication(self):
        if gaps := self.publication_gaps():
            raise NotReadyError(gaps)
        self.status_note = ""
        self.revised_on = date.today()
        self.published_on = self.published_on or self.revised_on

    @contextmanager
    def _transition(self, verb, by, reason=""):
        """Save the changes that the block makes, with the new status and the decision.

        If the case is invalid, its attributes and the database stay as they were.
        """
        transition, before = TRANSITIONS[verb], vars(self).copy()
        try:
            with transaction.atomic():
                self._lock_and_check(transition, reason)
                yield
                self.status = transition.end
                self.full_clean()
                self.save()
                self.status_changes.create(status=transition.end, by=by, reason=reason)
                # The history shows the same reason, unless it has one of its own.
                current_edit_context().why = (
                    current_edit_context().why or reason or transition.label
                )
        except ValidationError:
            self.__dict__.update(before)
            raise

    def _lock_and_check(self, transition, reason):
        """When two people decide at the same time, the second gets the new status."""
        lock_for_writing()
        self.refresh_from_db()
        if self.status != transition.start:
            current = self.get_status_display().lower()
            required = self.Status(transition.start).label.lower()
            raise ValidationError(
                f"“{self}” can’t be {transition.past_participle}: its status is "
                f"{current}, and not {required}.",
                code="status",
            )
        if transition.needs_reason and not reason.strip():
            participle = transition.past_participle
            sentence = f"Say in the status note why the case is {participle}."
            raise ValidationError({"status_note": sentence})

    def waits_for_another(self, user):
        """Whether this user submitted it and somebody else has to publish it."""
        is_asked = settings.REVIEW_BY_ANOTHER and self.status == self.Status.REVIEW
        if user is None or not is_asked:
            return False
        last = self.status_changes.filter(status=self.Status.REVIEW).first()
        return last is not None and last.by_id == user.pk

    def is_changeable_by(self, user):
        """Whether ``changeable_by()`` of the queryset would return it. No query."""
        return user.has_perm(REVIEW) or self.status == self.Status.DRAFT

    def transitions_open_to(self, user):
        """Return the transitions that this user may make from the current status."""
        possible = [each for each in TRANSITIONS.values() if each.start == self.status]
        if self.waits_for_another(user):
            possible.remove(TRANSITIONS["publish"])
        return [each for each in possible if each.is_open_to(user)]


class StatusChange(models.Model):
    """A decision on a case: its new status, who decided, when and why."""

    initiative = models.ForeignKey(
        "Initiative", on_delete=models.CASCADE, related_name="status_changes"
    )
    status = models.CharField(max_length=10, choices=Reviewed.Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="who",
    )
    at = models.DateTimeField("when", auto_now_add=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        # Shown on the page of the case, to everyone who may view the case.
        default_permissions = ()

    def __str__(self):
        return f"{self.get_status_display()}, {self.at:%-d %B %Y}"
