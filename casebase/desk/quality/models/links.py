"""The web addresses that our pages link to, with the results of their last checks."""

from urllib.parse import unquote

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casebase.desk.quality.links.verdicts import DEAD_STATES, State
from casebase.desk.quality.querysets import DOI_RESOLVER, LinkQuerySet
from initiatives.models import Source
from references.models import Reference

MAX_LENGTH = 2_000
STATE_LABELS = {
    State.FINE: "Fine",
    State.MOVED: "Moved for good",
    State.GONE: "Gone",
    State.REFUSED: "Refused",
    State.FAILING: "Failing",
    State.TIME_OUT: "Time-out",
    State.SLOW: "Too slow",
    State.LOOP: "Redirects without end",
    State.CERTIFICATE: "Bad certificate",
    State.UNREACHABLE: "No connection",
    State.GARBLED: "Not understood",
    State.NOT_CHECKABLE: "Not checkable",
}


class Link(models.Model):
    """A distinct address that works or sources link to, as it would be requested.

    The address of a DOI is that of its resolver, because that one is permanent. A
    fragment (#) is not part of the address, because browsers do not send it.
    """

    address = models.TextField(unique=True)
    state = models.CharField(
        max_length=13,
        blank=True,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        db_index=True,
        help_text="Empty: not looked at yet",
    )
    sentence = models.TextField("what was found", blank=True)
    status = models.PositiveSmallIntegerField("HTTP status", null=True, blank=True)
    leads_to = models.TextField(blank=True, help_text="If that is another address")
    moved_to = models.TextField("new address", blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    dead_since = models.DateTimeField(
        null=True, blank=True, help_text="When it was first found so, without a break"
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["address"]

    def __str__(self):
        return self.address

    @property
    def is_dead(self):
        return self.state in DEAD_STATES

    def works(self):
        """Return the works whose DOI or web address this is."""
        has_address = self._has_address
        if self.address.startswith(DOI_RESOLVER):
            has_address |= Q(doi=unquote(self.address.removeprefix(DOI_RESOLVER)))
        return Reference.objects.filter(has_address).with_contributors()

    def sources(self):
        """Return the sources that cite a page at this address."""
        owners = [*Source.OWNERS, "conflict__initiative"]
        sources = Source.objects.filter(self._has_address).select_related(*owners)
        return sources.order_by("pk")

    @property
    def _has_address(self):
        return Q(url=self.address) | Q(url__startswith=f"{self.address}#")

    def save_verdict(self, verdict):
        """Save the result of a check that ended just now."""
        self.state, self.status = verdict.state.value, verdict.status
        for name in ("sentence", "leads_to", "moved_to"):
            setattr(self, name, sanitize_text(getattr(verdict, name)))
        self.checked_at = timezone.now()
        self.dead_since = (self.dead_since or self.checked_at) if self.is_dead else None
        self.save(update_fields=VERDICT_FIELDS)


def sanitize_text(text):
    """Return a text from a server without what a database rejects, and shortened.

    Null characters and lone surrogates become question marks.
    """
    valid = text.encode(errors="replace").decode().replace("\0", "?")
    return valid[:MAX_LENGTH]


VERDICT_FIELDS = ["state", "sentence", "status", "leads_to", "moved_to", "checked_at"]
VERDICT_FIELDS += ["dead_since"]
