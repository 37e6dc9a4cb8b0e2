"""All public cases, ranked by how close they are to what is asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from initiatives.similar.formulas import Floats, stretch
from initiatives.similar.parts import PARTS, Closeness, Part
from initiatives.similar.space import CaseSpace


@dataclass(frozen=True)
class Asked:
    """What cases are compared with.

    ``values`` maps names of parts to at least one value, ``weights`` to the points that
    the part can give. ``case`` is the primary key if it is a case, whose parts without
    values are not known.
    """

    values: Mapping[str, Collection[Any]]
    weights: Mapping[str, int]
    case: int | None = None

    @property
    def total(self) -> int:
        """The points that can be had."""
        return sum(self.weights.values())


def asked_of_case(space: CaseSpace, key: int, weights: Mapping[str, int]) -> Asked:
    """Return what a case asks of others: its own values."""
    values = {name: space.values_of(name, key) for name in PARTS}
    return Asked({n: v for n, v in values.items() if v}, weights, key)


class Ranking:
    """The score of each case: a sum of points, one addend for each part.

    Addends are whole hundredths of a point, so that the sum of what is printed is the
    score, and the same on every machine.
    """

    def __init__(self, space: CaseSpace, asked: Asked) -> None:
        self.space, self.asked = space, asked
        self.parts = {
            name: self._compare(PARTS[name])
            for name, weight in asked.weights.items()
            if weight
        }

    def _compare(self, part: Part) -> Closeness:
        n, is_case = len(self.space), self.asked.case is not None
        if part.name not in self.asked.values:
            return Closeness(np.zeros(n), np.zeros(n, np.bool_))
        values = self.asked.values[part.name]
        return part.compare(self.space, values, is_case=is_case)

    @cached_property
    def stretch(self) -> Floats:
        """The factor for the points of each case, for what is not known of it."""
        known = np.zeros(len(self.space))
        for name, part in self.parts.items():
            known += self.asked.weights[name] * part.known
        return stretch(known, self.asked.total)

    @cached_property
    def addends(self) -> dict[str, NDArray[np.int64]]:
        """Name of a part → hundredths of points for each case."""
        return {
            name: np.rint(
                100 * self.asked.weights[name] * part.values * self.stretch
            ).astype(np.int64)
            for name, part in self.parts.items()
        }

    @cached_property
    def scores(self) -> NDArray[np.int64]:
        """Hundredths of points for each case."""
        return sum(self.addends.values(), np.zeros(len(self.space), np.int64))

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """The places of the cases with any points, the closest first.

        Cases that are equally close are in the order of the space.
        """
        places = np.flatnonzero(self.scores)
        if self.asked.case is not None:
            places = places[self.space.keys[places] != self.asked.case]
        return places[np.argsort(-self.scores[places], kind="stable")]
