"""Registers what cases add to the pages of the works that they cite."""

from initiatives.cited_work_filter import CitedWorkFilter
from initiatives.models import Initiative
from initiatives.work_uses import WorkUses
from references.citing import CitingRecords, citing

citing.register(
    Initiative,
    CitingRecords(
        filterset=CitedWorkFilter,
        uses_of=WorkUses,
        latest_revision=lambda: Initiative.objects.published().latest_revision(),
    ),
)
