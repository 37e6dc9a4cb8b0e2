"""The parts of the measure: what of two cases is compared, and how.

A part compares all cases at once with what is asked, and returns for each a closeness
from 0 to 1, or that it is not known.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from initiatives.models import Initiative, Involvement
from initiatives.schemes import SCHEMES
from initiatives.similar.formulas import (
    Floats,
    range_closeness,
    share_of_asked,
    share_of_union,
)
from initiatives.similar.space import CaseSpace

# How much a part matters, in the address → its points. Two cases seldom share more than
# a sixth of their terms, but often the same settlement and reach; with fewer than three
# points, these would decide even where the terms matter a lot.
MATTERS = {"lot": 3, "little": 1, "not": 0}
# From few inhabitants to many. A region and a whole country have places of all sizes:
# they are close to themselves alone.
SETTLEMENTS = ("rural", "small-town", "town", "city", "large-city")
REACHES = tuple(Initiative.Reach.values)


@dataclass(frozen=True)
class Closeness:
    """How close each case is, from 0 to 1, and for which of them it is known."""

    values: Floats
    known: NDArray[np.bool_]


@dataclass(frozen=True)
class Part(ABC):
    """One part of the sum. ``name`` is its parameter.

    ``matters`` is how much it matters by default if a reader states it, and
    ``matters_of_case`` if she starts from a case, which states all parts.
    """

    name: str
    label: str
    matters: str = "little"
    matters_of_case: str = "little"

    @abstractmethod
    def compare(
        self, space: CaseSpace, asked: Collection[Any], *, is_case: bool
    ) -> Closeness:
        """Return the closeness of each case to what is asked, at least one value.

        ``is_case`` is whether that is a whole case, and not what a reader states.
        """


class SamePart(Part):
    """The same value or another one."""

    def compare(
        self, space: CaseSpace, asked: Collection[Any], *, is_case: bool
    ) -> Closeness:
        closeness = np.zeros(len(space))
        closeness[space.places(space.values[self.name].any(asked))] = 1
        return Closeness(closeness, space.known(self.name))


@dataclass(frozen=True)
class ScalePart(Part):
    """A value of an ordered scale; values outside it are the same or different."""

    scale: tuple[str, ...] = ()

    def compare(
        self, space: CaseSpace, asked: Collection[Any], *, is_case: bool
    ) -> Closeness:
        [ours] = asked
        closeness = np.zeros(len(space))
        for theirs in space.values[self.name]:
            places = space.places(space.values[self.name].any([theirs]))
            closeness[places] = self.closeness(ours, theirs)
        return Closeness(closeness, space.known(self.name))

    def closeness(self, ours: str, theirs: str) -> float:
        if ours not in self.scale or theirs not in self.scale:
            return float(ours == theirs)
        steps = abs(self.scale.index(ours) - self.scale.index(theirs))
        return float(range_closeness(steps, len(self.scale) - 1))


class YearPart(Part):
    """The year of the beginning, by its distance within the range of public cases."""

    def compare(
        self, space: CaseSpace, asked: Collection[Any], *, is_case: bool
    ) -> Closeness:
        [year] = asked
        known = space.years > 0
        closeness = range_closeness(np.abs(space.years - year), space.year_range)
        return Closeness(closeness * known, known)


class SetPart(Part):
    """Any number of values, those that few cases have count more."""

    def compare(
        self, space: CaseSpace, asked: Collection[Any], *, is_case: bool
    ) -> Closeness:
        values = space.with_broader(asked)
        shared = space.sum_contents(self.name, values)
        ours = sum(space.content(self.name, value) for value in values)
        if is_case:
            theirs = space.all_contents(self.name)
            closeness = share_of_union(shared, ours, theirs)
        else:
            closeness = share_of_asked(shared, ours)
        known = space.known(self.name)
        return Closeness(closeness * known, known)


def term_part(scheme: str, **options: Any) -> SetPart:
    words = SCHEMES[scheme]
    return SetPart(words.parameter, words.title, **options)


# In the order in which readers are asked.
PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        ScalePart("settlement", "Settlement", scale=SETTLEMENTS),
        ScalePart("reach", "Reach", scale=REACHES),
        # To start from a case is to look abroad as well; and most cases have a public
        # partner, so that it says little.
        SamePart("region", "Part of the world", matters_of_case="not"),
        SamePart("country", "Country", matters_of_case="not"),
        YearPart("year", "Year begun", matters_of_case="not"),
        term_part("service-areas", matters="lot", matters_of_case="lot"),
        term_part("modes"),
        SetPart("partner", "Who takes part", matters_of_case="not"),
        term_part("leadership"),
        term_part("motivations"),
        term_part("barriers", matters="lot", matters_of_case="lot"),
        term_part("change-steps"),
        # Whom it is for and how it is done, where the codebook has no term.
        SetPart("tag", "Tags"),
    )
}
ROLES = dict(Involvement.Role.choices)


def weights_of_case() -> dict[str, int]:
    """Return the points of each part for those who start from a case."""
    return {name: MATTERS[part.matters_of_case] for name, part in PARTS.items()}
