"""Starts a plan from another one, as a class does from that of its trainer."""

from typing import Any

from casebase.kept.models import Kept
from initiatives.plan.content import read_plan, split_plan


def copy_plan(kept: Kept) -> dict[str, Any] | None:
    """Return the sections of a copy; None if its makers don’t allow one.

    Who has the change link may copy it anyway. Nobody may start from the copy before
    its owners say so.
    """
    plan = read_plan(kept.contents)
    if not (plan.start.is_template or kept.can_change):
        return None
    plan.start.is_template = False
    return split_plan(plan)
