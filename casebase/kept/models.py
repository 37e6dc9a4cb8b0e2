"""The table of what readers keep."""

import json
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from casebase.change_tracking.lock_timeout import WriteLockError, write_lock_timeout
from casebase.kept.tokens import hash_of, new_change_token, read_token_of

# Of all sections as JSON in UTF-8: most plans need less than the first, and what is
# larger than the second is not saved.
USUAL_BYTES, MAX_BYTES = 64_000, 200_000


class Section(NamedTuple):
    """A part that is saved on its own; ``version`` counts its saves, 0 for none."""

    version: int
    content: Any


class SectionChangedError(Exception):
    """Somebody else saved the section since; ``stored`` is what it is now."""

    def __init__(self, stored: Section) -> None:
        super().__init__(stored)
        self.stored = stored


class KeptQuerySet(models.QuerySet["Kept"]):
    """What readers keep …"""

    def unexpired(self) -> Self:
        """… and what was opened within the last 12 months."""
        return self.filter(opened_on__gte=shift_years(date.today(), -1))

    def from_token(self, kind: str, token: str) -> "Kept | None":
        """Return what a link leads to, with its token; None if there is nothing."""
        hashed = hash_of(token)
        is_link = Q(read_hash=hashed) | Q(change_hash=hashed)
        kept = self.unexpired().filter(is_link, kind=kind).first()
        if kept:
            kept.token, kept.can_change = token, kept.change_hash == hashed
        return kept

    def delete_expired(self) -> None:
        self.filter(opened_on__lt=shift_years(date.today(), -1)).delete()


class Kept(models.Model):
    """A shortlist or a plan that a reader stored. It has nothing about the reader.

    ``token`` is that of the link that it was opened through, and ``can_change`` whether
    that is the change link; neither is stored.
    """

    class Kind(models.TextChoices):
        SHORTLIST = "shortlist", "Shortlist"
        PLAN = "plan", "Plan"

    token = ""
    can_change = False

    kind = models.CharField(max_length=10, choices=Kind)
    read_hash = models.CharField(max_length=64, unique=True)
    change_hash = models.CharField(max_length=64, unique=True)
    # Name of a section → [version, content].
    sections = models.JSONField(default=dict)
    opened_on = models.DateField(db_index=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name_plural = "kept"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @classmethod
    def start(cls, kind: Any, sections: dict[str, Any]) -> "Kept":
        """Store sections, by name, under new links; return the row with its token.

        Raises ValidationError if they are too large.
        """
        kept = cls(kind=kind, opened_on=date.today())
        kept.sections = {name: [1, content] for name, content in sections.items()}
        raise_if_too_large(kept.sections)
        kept.make_links()
        kept.save()
        return kept

    @property
    def read_token(self) -> str:
        """The token of the read link, whichever link this was opened through."""
        return read_token_of(self.token) if self.can_change else self.token

    @property
    def kept_until(self) -> date:
        """The last day on which it is kept, if nobody opens it until then."""
        return shift_years(self.opened_on, 1)

    @property
    def n_bytes(self) -> int:
        return count_bytes(self.sections)

    @property
    def is_large(self) -> bool:
        """Whether it is larger than usual, and close to what is possible."""
        return self.n_bytes > USUAL_BYTES

    @property
    def kb_left(self) -> int:
        """How much more can be kept, in kB."""
        return max(MAX_BYTES - self.n_bytes, 0) // 1000

    @property
    def contents(self) -> dict[str, Any]:
        """Name of a section → its content."""
        return {name: content for name, (_, content) in self.sections.items()}

    def section(self, name: str) -> Section:
        """Return a section; its content is None if it was never saved."""
        return Section(*self.sections.get(name, [0, None]))

    def save_section(self, name: str, version: int, content: Any) -> None:
        """Save a section that was read in this version.

        The row must be locked; see ``locked``. Raises SectionChangedError if it
        has another version now, and ValidationError if all would be too large.
        """
        stored = self.section(name)
        if stored.version != version:
            raise SectionChangedError(stored)
        sections = self.sections | {name: [version + 1, content]}
        raise_if_too_large(sections)
        self.sections = sections
        self.opened_on = date.today()
        self.save(update_fields=["sections", "opened_on"])

    def locked(self) -> "Kept | None":
        """Return it as it is now, locked until the transaction ends; None if deleted.

        Also None if its links were replaced.
        """
        return Kept.objects.select_for_update().from_token(self.kind, self.token)

    def record_opening(self) -> None:
        """Note the day, from which the time until it expires is counted.

        Nothing else changes. At most once a day, and not while others write: readers
        must not wait for a lock.
        """
        if self.opened_on != (today := date.today()):
            self.opened_on = today
            with suppress(WriteLockError), write_lock_timeout(0):
                Kept.objects.filter(pk=self.pk).update(opened_on=today)

    def make_links(self) -> None:
        """Replace both links. The earlier ones lead nowhere once this is saved."""
        self.token, self.can_change = new_change_token(), True
        self.change_hash = hash_of(self.token)
        self.read_hash = hash_of(self.read_token)


def count_bytes(sections: dict[str, Any]) -> int:
    """Return the length of sections as JSON in UTF-8."""
    return len(json.dumps(sections, ensure_ascii=False).encode())


def raise_if_too_large(sections: dict[str, Any]) -> None:
    """Raise ValidationError if sections are larger than what is kept."""
    if (n := count_bytes(sections)) > MAX_BYTES:
        raise ValidationError(
            f"All of it together has {n // 1000:,} kB, and {MAX_BYTES // 1000} kB "
            "are kept. Shorten the longest texts, then save again."
        )


def shift_years(day: date, years: int) -> date:
    """Return the same day of another year; the day before if it has no 29 February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)
