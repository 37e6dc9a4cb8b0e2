"""The cases of a ranking as pages show them: shared, different, unknown, points."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebase.templatetags.text_filters import lower_first
from initiatives.codebook import Codebook
from initiatives.models import Initiative, country_name
from initiatives.similar.parts import PARTS, ROLES, SetPart
from initiatives.similar.ranking import Ranking
from initiatives.world_regions import REGION_NAMES

LABELS: dict[str, dict[Any, str]] = {
    "settlement": dict(Initiative.Settlement.choices),
    "reach": dict(Initiative.Reach.choices),
    "partner": ROLES,
}
# Part → function that returns the name of a value, which keeps its capitals.
NAMES: dict[str, Callable[[Any], str]] = {
    "country": country_name,
    "region": REGION_NAMES.__getitem__,
    "year": str,
    "tag": str,
}
# What at most this share of cases has is called rare.
RARE = 0.1
MAX_REASONS, MAX_MISSING = 3, 4


@dataclass(frozen=True)
class Shared:
    """A value that both have, and how many of all public cases have it."""

    label: str
    n: int
    total: int
    content: float
    # Whether it is asked itself, and not a broader term of what is.
    is_specific: bool

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
        narrowest = self.narrowest(self.ours) & self.theirs
        shared = [
            Shared(
                self.label_of(value),
                space.n_cases(self.name, value),
                len(space),
                space.content(self.name, value),
                value in narrowest,
            )
            for value in ours
            if value in self.theirs
        ]
        return sorted(shared, key=lambda each: (-each.content, each.label))

    def narrowest(self, values: Collection[Any]) -> frozenset[Any]:
        """Return the values without those that are broader than another of them."""
        broader = {self.ranking.space.broader.get(v) for v in values if self.is_set}
        return frozenset(values) - broader

    def labels_in_order(self, values: Collection[Any]) -> list[str]:
        return sorted(map(self.label_of, values))

    @property
    def missing(self) -> list[str]:
        """The labels of what is asked and the case is not told to have."""
        return self.labels_in_order(self.narrowest(self.ours) - self.theirs)

    @property
    def extra(self) -> list[str]:
        """The labels of what only the case has, where that counts: between cases."""
        is_case = self.ranking.asked.case is not None
        more = self.narrowest(self.theirs) - frozenset(self.ours)
        return self.labels_in_order(more) if is_case and self.is_set else []

    @property
    def difference(self) -> str:
        """How a value differs from the one that is asked, in words; may be empty."""
        if self.is_set or not self.is_known or not self.missing:
            return ""
        [ours], [theirs] = self.missing, map(self.label_of, self.theirs)
        if self.name in LABELS:
            ours, theirs = lower_first(ours), lower_first(theirs)
        return f"{theirs}, not {ours}"

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

    def label_of(self, value: Any) -> str:
        if self.name in LABELS:
            return LABELS[self.name][value]
        if self.name in NAMES:
            return NAMES[self.name](value)
        return str(self.codebook.concepts[value].label)


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
        halves = int(2 * self.points + 0.5)
        whole, half = divmod(halves, 2)
        dots = ["full"] * whole + ["half"] * half
        return dots + ["none"] * (self.total - len(dots))

    @cached_property
    def shared(self) -> list[Shared]:
        """What is asked and the case has, the rarest first.

        If that is nothing, the broader terms that both have.
        """
        shared = [each for part in self.parts for each in part.shared]
        shared.sort(key=lambda each: (-each.content, each.label))
        return [each for each in shared if each.is_specific] or shared

    @property
    def reasons(self) -> list[Shared]:
        return self.shared[:MAX_REASONS]

    @property
    def near(self) -> list[str]:
        """The labels of the parts that give points."""
        return [part.label for part in self.parts if part.points]

    @property
    def differences(self) -> list[str]:
        """Other values than those that are asked, in words."""
        return [part.difference for part in self.parts if part.difference]

    @cached_property
    def all_missing(self) -> list[str]:
        """What is asked and the case is not told to have, in parts that are known."""
        sets = [part for part in self.parts if part.is_set and part.is_known]
        return [label for part in sets for label in part.missing]

    @property
    def missing(self) -> list[str]:
        return self.all_missing[:MAX_MISSING]

    @property
    def n_more_missing(self) -> int:
        return len(self.all_missing) - len(self.missing)

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
