"""Frames: the part of the world that a map shows."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from casebase.maps.projection import Coordinates, project


@dataclass(frozen=True)
class Frame:
    """A rectangle on the projected world, in its units; see ``projection.py``."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def around(cls, x: Coordinates, y: Coordinates) -> Self:
        """Return the smallest frame with all of these points, of which there is one."""
        left, top = float(x.min()), float(y.min())
        return cls(left, top, float(x.max()) - left, float(y.max()) - top)

    @classmethod
    def of_degrees(
        cls, west: float, south: float, east: float, north: float, ratio: float
    ) -> Self:
        """Return the frame of a part of the globe, grown to a ratio of its sides."""
        # A meridian is farthest out where it is nearest to the equator.
        latitudes = [south, min(max(south, 0), north), north]
        x, y = project([west] * 3 + [east] * 3, latitudes * 2)
        return cls.around(x, y).grown(ratio)

    @property
    def ratio(self) -> float:
        """Its width, with its height as the unit."""
        return self.width / self.height

    def grown(self, ratio: float, least: float = 0, margin: float = 0) -> Self:
        """Return a frame around the same middle, with width = ratio × height.

        It is at least as wide as ``least``, and larger on each side by a share.
        """
        width = self.width * (1 + 2 * margin)
        width = max(width, self.height * (1 + 2 * margin) * ratio, least)
        height = width / ratio
        return type(self)(
            self.left + (self.width - width) / 2,
            self.top + (self.height - height) / 2,
            width,
            height,
        )

    def moved_into(self, other: "Frame") -> Self:
        """Return a frame of this size, moved as little as needed into a larger one."""
        right, bottom = other.left + other.width, other.top + other.height
        return type(self)(
            min(max(self.left, other.left), right - self.width),
            min(max(self.top, other.top), bottom - self.height),
            self.width,
            self.height,
        )

    def contains(self, x: Any, y: Any) -> NDArray[np.bool_]:
        """Return for each point whether it is in the frame."""
        is_within: NDArray[np.bool_] = (
            (x >= self.left)
            & (x <= self.left + self.width)
            & (y >= self.top)
            & (y <= self.top + self.height)
        )
        return is_within

    def percent(self, x: float, y: float) -> tuple[str, str]:
        """Return how far a point is from the left and from the top, as “12.5%”."""
        left = 100 * (x - self.left) / self.width
        return f"{left:.2f}%", f"{100 * (y - self.top) / self.height:.2f}%"

    @property
    def view_box(self) -> str:
        """The frame in the syntax of SVG's attribute."""
        return f"{self.left:.0f} {self.top:.0f} {self.width:.0f} {self.height:.0f}"
