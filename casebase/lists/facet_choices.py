"""The values that a filtered list offers to choose from, and those that are chosen."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One value of a facet, with the number of records that choosing it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """A filter whose values are listed with counts."""

    name: str
    label: str
    options: list[Option]
    # The colour family in the style sheets.
    family: str = "neutral"
    # Whether a record can have several values, so that readers may require all that
    # they choose; and whether they do.
    can_require_all: bool = False
    requires_all: bool = False

    @property
    def n_chosen(self) -> int:
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Chip:
    """One chosen value, and the query (from “?” on) of the list without it."""

    name: str
    label: str
    query: str


@dataclass(frozen=True)
class Phrase:
    """One filter in words: “that met” + mistrust “or” stigma.

    ``wording`` has a “{}” in the place of the labels.
    """

    wording: str
    labels: list[str]
    link: str = "or"

    @property
    def parts(self) -> Iterator[tuple[str, bool]]:
        """Pairs of a text and whether it is the label of a chosen value."""
        before, after = self.wording.split("{}")
        yield before, False
        for number, label in enumerate(self.labels, start=1):
            if number > 1:
                last = number == len(self.labels)
                yield f" {self.link} " if last else ", ", False
            yield label, True
        yield after, False
