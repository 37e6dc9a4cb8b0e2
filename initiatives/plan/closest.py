"""The public cases that are closest to what a team says of its plan."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from pyroaring import BitMap

from casebase.facets.snapshot import Snapshot
from initiatives.codebook import Codebook
from initiatives.plan.content import FIELDS, TERM_FIELDS, Start
from initiatives.similar.parts import MATTERS, PARTS
from initiatives.similar.ranking import Asked, Ranking
from initiatives.similar.results import Result
from initiatives.similar.space import case_space

# Part of the measure of cases like mine → the field of the start that states it.
FIELDS_OF_PARTS = {name: field for name, field in FIELDS.items() if name in PARTS}


def find_terms(codebook: Codebook, scheme: str, slugs: Iterable[str]) -> list[Any]:
    """Return the terms of these slugs, without those that the codebook lost since."""
    known = [slug for slug in slugs if (scheme, slug) in codebook.by_slug]
    return codebook.find(scheme, known)


def asked_of(start: Start, codebook: Codebook) -> Asked | None:
    """Return what cases are compared with; None if nothing of it is stated."""
    stated: dict[str, list[Any]] = {}
    for part, field in FIELDS_OF_PARTS.items():
        given = getattr(start, field)
        if field in TERM_FIELDS:
            terms = find_terms(codebook, TERM_FIELDS[field], given)
            stated[part] = [term.pk for term in terms]
        else:
            stated[part] = [given] if given else []
    values = {part: some for part, some in stated.items() if some}
    weights = {name: MATTERS[PARTS[name].matters] for name in values}
    return Asked(values, weights) if values else None


class ClosestCases:
    """Public cases in the order of their closeness to a plan."""

    def __init__(self, start: Start, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.codebook = Codebook.for_snapshot(snapshot)
        self.space = case_space(snapshot)
        self.asked = asked_of(start, self.codebook)

    @cached_property
    def ranking(self) -> Ranking | None:
        return Ranking(self.space, self.asked) if self.asked else None

    def first(self, n: int) -> list[int]:
        """Return the primary keys of the closest cases, at most ``n``."""
        if self.ranking is None:
            return []
        return [int(key) for key in self.space.keys[self.ranking.places[:n]]]

    def first_among(self, cases: BitMap, n: int) -> list[int]:
        """Return the primary keys of those of these cases that are closest."""
        places = self.space.places(cases)
        scores = self.ranking.scores if self.ranking else np.zeros(len(self.space))
        places = places[np.argsort(-scores[places], kind="stable")]
        return [int(key) for key in self.space.keys[places[:n]]]

    def result(self, case: Any) -> Result | None:
        """Return what a case shares with the plan; None if that is nothing."""
        if self.ranking is None:
            return None
        is_case = (self.space.keys == case.pk) & (self.ranking.scores > 0)
        results = [
            Result(self.ranking, place, case, self.codebook)
            for place in np.flatnonzero(is_case).tolist()
        ]
        return next(iter(results), None)
