"""The cases of a ranking as pages show them: shared, different, unknown, points."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from initiatives.codebook import Codebook
from initiatives.models import Initiative, country_names
from initiatives.similar.parts import PARTS, ROLES, ScalePart, SetPart
from initiatives.similar.ranking import Ranking

LABELS: dict[str, dict[Any, str]] = {
    "settlement": dict(Initiative.Settlement.choices),
    "reach": dict(Initiative.Reach.choices),
    "partner": ROLES,
}
# What at most this share of cases has is called rare.
RARE = 0.1
MAX_REASONS, MAX_DIFFERENCES = 3, 4


@dataclass(frozen=True)
class Shared:
    """A value that both have, and how many of all public cases have it."""

    label: str
    n: int
    total: int
    content: float
    # Whether both have it only as the broader term of different terms.
    is_broader: bool = False

    @property
    def is_rare(self) -> bool:
        return self.n <= RARE * self.total


class PartResult:
    """One part of the sum for one case."""

    def __init__(self, ranking: Ranking, name: str, place: int, codebook: Codebook):
        self.ranking, self.name, self.place = ranking, name, place
        self.codebook, self.part = codebook, PARTS[name]
        self.label, self.is_set = self.part.label, isinstance(self.part, SetPart)
        self.weight = ranking.asked.weights[name]
        self.is_known = bool(ranking.parts[name].known[place])
        self.closeness = float(ranking.parts[name].values[place])
        self.points = int(ranking.addends[name][place]) / 100
        self.theirs = ranking.space.values_of(name, int(ranking.space.keys[place]))
        self.ours: Collection[Any] = ranking.asked.values.get(name, ())

    @property
    def is_asked_known(self) -> bool:
        """Whether it is known of the case that the reader starts from."""
        return bool(self.ours)

    @cached_property
    def shared(self) -> list[Shared]:
        """What both have, with broader terms; the rarest first."""
        space = self.ranking.space
        ours = space.with_broader(self.ours) if self.is_set else self.ours
        both = [value for value in ours if value in self.theirs]
        covered = {space.broader.get(value) for value in both} if self.is_set else ()
        shared = [
            Shared(
                self.label_of(value),
                space.n_cases(self.name, value),
                len(space),
                space.content(self.name, value),
                value not in self.ours and value not in covered,
            )
            for value in both
        ]
        return sorted(shared, key=lambda value: (-value.content, value.label))

    @property
    def named(self) -> list[Shared]:
        """What both have, without broader terms of what is named already."""
        mine = {self.label_of(value) for value in self.ours}
        return [each for each in self.shared if each.is_broader or each.label in mine]

    @property
    def missing(self) -> list[str]:
        """The labels of what is asked and the case is not told to have."""
        return [self.label_of(v) for v in self.ours if v not in self.theirs]

    @property
    def differences(self) -> list[str]:
        """What differs, in words."""
        if self.is_set:
            return [f"not told: “{label}”" for label in self.missing]
        theirs = ", ".join(map(self.label_of, self.theirs))
        return [f"{theirs}, not {label}" for label in self.missing]

    @property
    def content_asked(self) -> float:
        """The information content of all that is compared: of what is asked.

        Of a case that the reader starts from, it is that of what either of both has.
        """
        space, is_case = self.ranking.space, self.ranking.asked.case is not None
        values = set(space.with_broader(self.ours))
        if is_case:
            values |= set(self.theirs)
        return sum(space.content(self.name, value) for value in values)

    @property
    def is_scale(self) -> bool:
        return isinstance(self.part, ScalePart) or self.name == "year"

    def label_of(self, value: Any) -> str:
        if self.name in LABELS:
            return LABELS[self.name][value]
        if self.name == "country":
            return str(dict(country_names())[value])
        return (
            str(value) if self.name == "year" else self.codebook.concepts[value].label
        )


class Result:
    """One case with its points; ``case`` is the record."""

    def __init__(self, ranking: Ranking, place: int, case: Any, codebook: Codebook):
        self.case = case
        self.total = ranking.asked.total
        self.points = int(ranking.scores[place]) / 100
        self.stretch = float(ranking.stretch[place])
        self.parts = [
            PartResult(ranking, name, place, codebook) for name in ranking.parts
        ]

    @property
    def dots(self) -> list[str]:
        """One for each point that can be had: “full”, “half” or “none”."""
        halves = round(2 * self.points)
        whole, half = divmod(halves, 2)
        dots = ["full"] * whole + ["half"] * half
        return dots + ["none"] * (self.total - len(dots))

    @cached_property
    def shared(self) -> list[Shared]:
        """All that both have, the rarest first."""
        named = [each for part in self.parts for each in part.named]
        return sorted(named, key=lambda value: (-value.content, value.label))

    @property
    def reasons(self) -> list[Shared]:
        return self.shared[:MAX_REASONS]

    @property
    def near(self) -> list[str]:
        """The labels of the parts that give points."""
        return [part.label for part in self.parts if part.points]

    @cached_property
    def all_differences(self) -> list[str]:
        known = [part for part in self.parts if part.is_known]
        return [words for part in known for words in part.differences]

    @property
    def differences(self) -> list[str]:
        return self.all_differences[:MAX_DIFFERENCES]

    @property
    def n_more_differences(self) -> int:
        return len(self.all_differences) - len(self.differences)

    @property
    def unknown(self) -> list[str]:
        """The labels of the parts that are not known of one of the two."""
        return [part.label for part in self.parts if not part.is_known]

    @property
    def unknown_points(self) -> int:
        return sum(part.weight for part in self.parts if not part.is_known)


class RankedCases:
    """The cases of a ranking, the closest first, fetched a page at a time."""

    def __init__(self, records: Any, ranking: Ranking, codebook: Codebook) -> None:
        self.records, self.ranking, self.codebook = records, ranking, codebook

    def __len__(self) -> int:
        return len(self.ranking.places)

    def __getitem__(self, piece: slice) -> list[Result]:
        """Return a list of Results. One query, plus prefetches."""
        places = self.ranking.places[piece].tolist()
        keys = self.ranking.space.keys
        cases = self.records.in_bulk([int(keys[place]) for place in places])
        return [
            Result(self.ranking, place, cases[int(keys[place])], self.codebook)
            for place in places
            if int(keys[place]) in cases
        ]
