"""What every page of a plan shows: its name, its line of progress and its links."""

from functools import cached_property
from typing import Any

from django.db import connection
from django.urls import reverse

from casebase.facets.snapshot import Snapshot
from casebase.facets.snapshot_cache import current_snapshot
from casebase.kept.models import Kept
from initiatives.codebook import Codebook
from initiatives.plan.content import Plan, read_plan
from initiatives.plan.steps import Stop, follow_renamed_steps, list_stops


def find_codebook() -> Codebook:
    """Return the codebook; in a transaction without the snapshot, which is slow."""
    if connection.in_atomic_block:
        return Codebook()
    return Codebook.for_snapshot(current_snapshot())


class PlanPage:
    """A page of a plan that is kept. ``name`` is that of its section."""

    def __init__(self, kept: Kept, name: str) -> None:
        self.kept, self.name = kept, name
        follow_renamed_steps(kept, self.codebook)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The public records. Not for a form: they may take long to read, and the lock
        is held meanwhile.
        """
        return current_snapshot()

    @cached_property
    def codebook(self) -> Codebook:
        return find_codebook()

    @cached_property
    def plan(self) -> Plan:
        return read_plan(self.kept.contents)

    @property
    def stops(self) -> list[Stop]:
        return list_stops(self.codebook, self.kept.token, self.plan)

    @property
    def version(self) -> int:
        """The version of the section that the page shows."""
        return self.kept.section(self.name).version

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"plan:{name}", args=[self.kept.token, *args])

    @property
    def overview_address(self) -> str:
        return self.address("overview")

    @property
    def start_address(self) -> str:
        return self.address("start")

    @property
    def table_address(self) -> str:
        return self.address("table")

    @property
    def links_address(self) -> str:
        return self.address("links")

    @property
    def read_address(self) -> str:
        """The read link, whichever link the page was opened through."""
        return reverse("plan:overview", args=[self.kept.read_token])
