"""Works and names normalized for comparison: without case, accents and punctuation.

This module uses no database.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from casebase.search.tokenizer import folded, spelled, words

DIGITS = re.compile(r"\d+")
# “Jean-Pierre”, “J.-P.” and “JP” are two given names each.
GIVEN_NAME = re.compile(r"[^\W\d_][^\W\d_A-Z]*|\d+")


class NormalizedName(NamedTuple):
    """The name of a person or, without ``given`` and ``suffix``, of a body.

    ``name`` is the surname or the name of the body.
    """

    key: int
    is_body: bool
    name: str
    given: tuple[str, ...]
    suffix: str


class NormalizedWork(NamedTuple):
    """The data of a work that distinguish it from others.

    ``numbering`` is edition, volume and issue; ``details`` are pages, publisher and
    address. In both, unknown values are empty.
    """

    key: int
    doi: str
    year: int | None
    title: str
    title_numbers: tuple[str, ...]
    kind: str
    container: str
    numbering: tuple[str, ...]
    authors: frozenset[NormalizedName]
    editors: frozenset[NormalizedName]
    details: tuple[str, ...]

    @property
    def creators(self) -> frozenset[NormalizedName]:
        """The authors or, if there are none, the editors."""
        return self.authors or self.editors

    @property
    def names(self) -> frozenset[str]:
        """The surnames and bodies of authors and editors."""
        return frozenset(each.name for each in self.authors | self.editors)

    @property
    def has_body(self) -> bool:
        return any(each.is_body for each in self.authors | self.editors)


def normalize_work(
    key: int,
    doi: str,
    title: str,
    year: int | None,
    *,
    kind: str = "",
    container: str = "",
    numbering: Iterable[str] = (),
    authors: Iterable[NormalizedName] = (),
    editors: Iterable[NormalizedName] = (),
    details: Iterable[str] = (),
) -> NormalizedWork:
    return NormalizedWork(
        *(key, doi.casefold(), year),
        normalize_title(title),
        tuple(DIGITS.findall(title)),
        *(kind, normalize_title(container)),
        tuple(map(folded, numbering)),
        *(frozenset(authors), frozenset(editors)),
        tuple(map(folded, details)),
    )


def normalize_title(title: str) -> str:
    return "".join(map(folded, words(title)))


@lru_cache(maxsize=2**15)
def normalize_name(
    key: int, family: str, given: str, suffix: str, literal: str
) -> NormalizedName:
    return NormalizedName(
        key,
        bool(literal),
        spelled(literal or family),
        tuple(map(folded, GIVEN_NAME.findall(given))),
        folded(suffix),
    )
