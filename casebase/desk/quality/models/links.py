"""The addresses of the web that our pages lead to, and how each was found last."""

from urllib.parse import unquote

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casebase.desk.quality.links.verdicts import DEAD_STATES, State
from casebase.desk.quality.querysets import DOIS, LinkQuerySet
from initiatives.models import Source
from references.models import Reference

LONGEST = 2_000
LABELS = {
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
    """One distinct address that works or sources name, as a request would ask for it.

    The address of a DOI is that of its resolver, which is the one that lasts; where the
    resolver leads is no new address. What stands behind # is for browsers alone and no
    part of it.
    """

    address = models.TextField(unique=True)
    state = models.CharField(
        max_length=13,
        blank=True,
        choices=[(state.value, label) for state, label in LABELS.items()],
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
        """The works whose DOI or web address it is."""
        named = self._named
        if self.address.startswith(DOIS):
            named |= Q(doi=unquote(self.address.removeprefix(DOIS)))
        return Reference.objects.filter(named).with_contributors()

    def sources(self):
        """The uses for which that page was read."""
        owners = [*Source.OWNERS, "conflict__initiative"]
        sources = Source.objects.filter(self._named).select_related(*owners)
        return sources.order_by("pk")

    @property
    def _named(self):
        return Q(url=self.address) | Q(url__startswith=f"{self.address}#")

    def judge(self, verdict):
        """Keep what was found just now."""
        self.state, self.status = verdict.state.value, verdict.status
        for name in ("sentence", "leads_to", "moved_to"):
            setattr(self, name, storable(getattr(verdict, name)))
        self.checked_at = timezone.now()
        self.dead_since = (self.dead_since or self.checked_at) if self.is_dead else None
        self.save(update_fields=JUDGED)


def storable(text):
    """What servers say may hold what no database takes, and be of any length."""
    known = text.encode(errors="replace").decode().replace("\0", "?")
    return known[:LONGEST]


JUDGED = ["state", "sentence", "status", "leads_to", "moved_to", "checked_at"]
JUDGED += ["dead_since"]
