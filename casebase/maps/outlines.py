"""Outlines of land: cut at the antimeridian, projected, clipped; and paths of SVG."""

from collections.abc import Iterable, Iterator

import numpy as np

from casebase.maps.frames import Frame
from casebase.maps.projection import project
from casebase.maps.topology import Line

ANTIMERIDIAN = 180


def project_ring(ring: Line) -> Iterator[Line]:
    """Yield the parts of a ring in degrees, projected: one, or more if it is cut.

    Without the cut Russia, Fiji and Antarctica would be stripes across the map.
    """
    for turn in (-360, 0, 360):
        moved = ring - (turn, 0)
        east = keep_side(moved, 0, -ANTIMERIDIAN, 1)
        if len(part := keep_side(east, 0, ANTIMERIDIAN, -1)):
            yield np.column_stack(project(*part.T))


def clip(ring: Line, frame: Frame) -> Line:
    """Return the part of a projected ring in a frame; it may be empty."""
    right, bottom = frame.left + frame.width, frame.top + frame.height
    for axis, limit, side in (
        (0, frame.left, 1),
        (0, right, -1),
        (1, frame.top, 1),
        (1, bottom, -1),
    ):
        ring = keep_side(ring, axis, limit, side)
    return ring


def keep_side(ring: Line, axis: int, limit: float, side: int) -> Line:
    """Return what of a closed ring is above a limit on an axis; below, if side is −1.

    A step of the algorithm of Sutherland and Hodgman; the result is closed, or empty.
    """
    off = (ring[:, axis] - limit) * side
    if (off >= 0).all():
        return ring
    kept: list[Line] = []
    for here, there, a, b in zip(ring, ring[1:], off, off[1:], strict=False):
        if a >= 0:
            kept.append(here)
        if (a >= 0) != (b >= 0):
            crossing = here + (there - here) * (a / (a - b))
            crossing[axis] = limit
            kept.append(crossing)
    return np.array([*kept, kept[0]]) if kept else np.empty((0, 2))


def to_path(lines: Iterable[Line], step: int, *, closed: bool) -> str:
    """Return lines as the data of a path, in whole steps of this length.

    Coordinates are relative, and points that fall on the one before are left out.
    """
    parts = []
    for line in lines:
        points = np.rint(line / step).astype(int)
        moves = np.diff(points, axis=0)
        moves = moves[moves.any(axis=1)]
        # The last move of a ring is that of closing it.
        moves = moves[:-1] if closed else moves
        if len(moves) >= 1 + closed:
            start = f"M{pair(*points[0])}"
            parts.append(f"{start}l{join(moves)}{'z' * closed}")
    return "".join(parts)


def join(moves: Line) -> str:
    """Return pairs of numbers with no more signs between them than SVG needs."""
    text = " ".join(pair(x, y) for x, y in moves)
    return text.replace(" -", "-")


def pair(x: float, y: float) -> str:
    return f"{x} {y}".replace(" -", "-")
