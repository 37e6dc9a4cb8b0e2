"""The way of a case to its readers and back: its status, and who decided on it."""

from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from casebase.change_tracking.transactions import hold, writing
from initiatives.publication_checks import gaps_of, improvements_of
from initiatives.status_transitions import MOVES, REVIEW

OWN = "You submitted this case; somebody else reviews and publishes it."


class NotReadyError(ValidationError):
    """What keeps a case from being published: ``gaps``, all of them."""

    def __init__(self, gaps):
        super().__init__([str(gap) for gap in gaps])
        self.gaps = gaps


class Reviewed(models.Model):
    """A record that readers see only after review.

    Each verb takes ``by``, who decided (nobody: at the machine itself), and raises
    ValidationError with all that stands against it; then nothing is changed. Who may do
    what is asked of ``moves_open_to()``.
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
        help_text="Not public yet: what is to be settled. Withdrawn: why, for readers",
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
        """Whether readers have ever seen it: then its address answers for ever."""
        return self.status in (self.Status.PUBLISHED, self.Status.WITHDRAWN)

    def missing(self):
        """Gaps that keep it from being published. A fixed number of queries."""
        return gaps_of(self)

    def improvable(self):
        """Gaps that do not keep it from being published. Two queries."""
        return [*improvements_of(self)]

    def submit(self, *, by=None, note=""):
        """Ask for a review; when incomplete, with a note on what is to be settled."""
        with self._moving("submit", by, note):
            if not note and (gaps := self.missing()):
                raise NotReadyError(gaps)
            self.status_note = note or self.status_note

    def send_back(self, *, reason, by=None):
        """Make it a draft again, saying what is to be done."""
        with self._moving("send_back", by, reason):
            self.status_note = reason.strip()

    def publish(self, *, by=None):
        """Make it public."""
        with self._moving("publish", by):
            if self.waits_for_another(by):
                raise ValidationError(OWN, code="own")
            self._show()

    def withdraw(self, *, reason, by=None):
        """Take it back; its address tells readers why from now on."""
        with self._moving("withdraw", by, reason):
            self.status_note = reason.strip()

    def reinstate(self, *, by=None):
        """Show what was withdrawn again. It has been reviewed before."""
        with self._moving("reinstate", by):
            self._show()

    def _show(self):
        if gaps := self.missing():
            raise NotReadyError(gaps)
        self.status_note = ""
        self.revised_on = date.today()
        self.published_on = self.published_on or self.revised_on

    @contextmanager
    def _moving(self, verb, by, reason=""):
        """What is done to the case within is saved as this decision, or refused."""
        move, were = MOVES[verb], vars(self).copy()
        try:
            with transaction.atomic():
                self._begin(move, reason)
                yield
                self.status = move.end
                self.full_clean()
                self.save()
                self.status_changes.create(status=move.end, by=by, reason=reason)
                # The history says the same, unless it was told more.
                writing().why = writing().why or reason or move.label
        except ValidationError:
            vars(self).update(were)
            raise

    def _begin(self, move, reason):
        """Of two people who decide at once, the second meets what the first did."""
        hold()
        self.refresh_from_db()
        if self.status != move.start:
            is_now, must_be = self.get_status_display(), self.Status(move.start).label
            raise ValidationError(
                f"“{self}” can’t be {move.done}: its status is "
                f"{is_now.lower()}, and not {must_be.lower()}.",
                code="status",
            )
        if move.needs_reason and not reason.strip():
            words = f"Say in the status note why the case is {move.done}."
            raise ValidationError({"status_note": words})

    def waits_for_another(self, user):
        """Whether this person submitted it, so that somebody else is to publish it."""
        is_asked = settings.REVIEW_BY_ANOTHER and self.status == self.Status.REVIEW
        if user is None or not is_asked:
            return False
        last = self.status_changes.filter(status=self.Status.REVIEW).first()
        return last is not None and last.by_id == user.pk

    def is_changeable_by(self, user):
        """As ``changeable_by()`` of its queryset. No query."""
        return user.has_perm(REVIEW) or self.status == self.Status.DRAFT

    def moves_open_to(self, user):
        """The ways that this person may take from here."""
        ways = [move for move in MOVES.values() if move.start == self.status]
        if self.waits_for_another(user):
            ways.remove(MOVES["publish"])
        return [move for move in ways if move.is_open_to(user)]


class StatusChange(models.Model):
    """A decision on a case: what it became, by whom, when and why."""

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
        # Shown on the page of the case, to whoever may see that.
        default_permissions = ()

    def __str__(self):
        return f"{self.get_status_display()}, {self.at:%-d %B %Y}"
