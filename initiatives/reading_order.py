"""The order in which a case tells its statements, without queries and without HTML."""

from collections.abc import Iterable
from typing import Any

NOT_REPORTED = "not-reported"


def in_reading_order(findings: Iterable[Any]) -> list[Any]:
    """Return findings of one kind: what readers came for first, then in their order.

    - Barriers and risks: first those with a response whose result is reported, because
      readers ask what was done and whether it worked; then those with a response alone;
      then the rest. In each group the better supported come first.
    - Change steps and modes: in the order of the codebook, which is that of the tool.
    - All others: figures first, because they are what readers look for and carry on;
      then the better supported.

    Whether a result is good or bad makes no difference. The order is ours, and the page
    says so; exports, sheets and versions keep that of the curators.
    """
    return sorted(findings, key=reading_key)


def reading_key(finding: Any) -> tuple[int, int]:
    """Return what findings of one kind are sorted by, the first the lowest."""
    if finding.is_answered:
        rank = answer_rank(finding)
    elif finding.kind in ("change-step", "mode"):
        rank = finding.concept.order
    else:
        rank = int(finding.figure_value is None)
    return rank, -finding.evidence.level


def answer_rank(finding: Any) -> int:
    """Return 0 for a response with a reported result, 1 for a response, else 2."""
    if not finding.response:
        return 2
    return int(finding.direction == NOT_REPORTED)
