"""What the findings of cases say together: their terms, their number, their works."""

from collections.abc import Iterable, Iterator

import numpy as np

from facets.links import PAIR, Links

ROW = np.dtype(
    [(name, "u4") for name in ("case", "finding", "kind", "term", "work")],
)

# Rows that are Python objects at a time.
CHUNK = 10_000


class Evidence:
    """Rows of a case, a finding, the place of its kind, a term, a work it rests on."""

    def __init__(self, rows: Iterable[tuple[int, int, int, int, int]]):
        self._rows = np.fromiter(rows, ROW)

    def terms(self) -> Iterator[tuple[int, int]]:
        """Pairs of a term and a case that has it."""
        coded = self._rows[self._rows["term"] > 0][["term", "case"]]
        for some in np.array_split(coded, len(coded) // CHUNK + 1):
            yield from some.tolist()

    def statements(self, mode: int) -> dict[int, int]:
        """Case → how many findings it has that are of another kind than this one."""
        told = self._rows[self._rows["kind"] != mode]
        _, first = np.unique(told["finding"], return_index=True)
        cases, counts = np.unique(told["case"][first], return_counts=True)
        return dict(zip(cases.tolist(), counts.tolist(), strict=True))

    def uses(self, conflicts: Iterable[tuple[int, int]]) -> Links:
        """Works and the cases that cite them, in findings or in conflicts."""
        once = self._rows["work"].astype("u8") << 32 | self._rows["finding"]
        _, first = np.unique(once, return_index=True)
        cited = self._rows[first]
        pairs = np.empty(len(cited), PAIR)
        pairs["work"], pairs["owner"] = cited["work"], cited["case"]
        pairs["kinds"], pairs["findings"] = 1 << cited["kind"], 1
        disputed = np.fromiter(((*pair, 0, 0) for pair in conflicts), PAIR)
        return Links.of(np.concatenate([pairs, disputed]))
