"""Which statements of a case fit its pages: an estimate of their height on paper.

Heights are in rem, of which static/css/print-handout.css makes 9 points; they were
measured on pages printed by Chromium. tests/browser/test_handout.py counts pages.
"""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from math import ceil
from typing import Any

from initiatives.handout.choice import Form

# What pages have below their running title, less what is left at the foot of the first
# because nothing is cut.
HEIGHT = {Form.FULL: 2 * 84 - 12, Form.SHORT: 84 - 7}
LINE, SMALL_LINE = 1.42, 1.28
# The name of the case, the frames of its parts, the lines for notes, and the foot.
FRAME = {Form.FULL: 34, Form.SHORT: 32}
# Letters on a line: across the page, across it in small type, in a part of a strip, and
# in one of two columns.
WIDE, WIDE_SMALL, STRIP, COLUMN = 92, 118, 39, 50


def fit_in(queues: Mapping[str, list[Any]], room: float) -> dict[str, list[Any]]:
    """Return what of the findings fits in.

    They are taken in turn, one from each part, in the order of the part. One that no
    longer fits is left out, and shorter ones after it may still fit.
    """
    shown: dict[str, list[Any]] = {part: [] for part in queues}
    for turn in zip_longest(*queues.values()):
        for part, finding in zip(queues, turn, strict=True):
            if finding and (needed := height_of(finding)) <= room:
                shown[part].append(finding)
                room -= needed
    return shown


def room_for_findings(sheet: Any, form: Form) -> float:
    """Return the height that is left for the statements of a sheet."""
    case = sheet.case
    wide = [case.summary, ", ".join(sheet.not_found + sheet.not_looked_for)]
    wide += [f"{conflict.about} {conflict.note}" for conflict in sheet.conflicts]
    small = [", ".join(case.target_groups)]
    if form == Form.FULL:
        bodies = (body.organisation.name for body in case.involvements.all())
        small += [case.co_producers, " (third-sector partner), ".join(bodies)]
    needed = LINE * count_lines(wide, WIDE) + SMALL_LINE * count_lines(
        small, WIDE_SMALL
    )
    return HEIGHT[form] - FRAME[form] - needed


def count_lines(texts: Iterable[str], letters: int) -> int:
    return sum(ceil(len(text) / letters) for text in texts)


def height_of(finding: Any) -> float:
    if not finding.is_answered:
        text = f"{finding.figure} {finding.period} {finding.statement}"
        return (LINE * count_lines([text], COLUMN) + 1.6) / 2
    strategies = "  ".join(term.label for term in finding.strategies.all())
    response = LINE * count_lines([finding.response], STRIP)
    response += SMALL_LINE * count_lines([strategies], STRIP + 6)
    statement = LINE * count_lines([finding.statement], STRIP)
    return max(statement, response, 3 * LINE) + 3.9
