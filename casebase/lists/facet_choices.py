"""What a filtered list offers to choose from, and what of it is chosen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One value of a facet, and how many records choosing it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """One group of values to choose from."""

    name: str
    label: str
    options: list[Option]
    family: str = "neutral"
    # Whether a record may have several of them, and must have all that are chosen.
    may_want_all: bool = False
    wants_all: bool = False

    @property
    def n_chosen(self):
        return sum(option.is_chosen for option in self.options)

    @property
    def rows(self):
        """Value, label, number in words, and what is said of it: a tuple an option.

        There may be hundreds on a page, and templates are slow to look into objects.
        """
        return [
            (o.value, o.label, f"{o.count:,}", o.count, o.is_chosen, o.depth)
            for o in self.options
        ]


@dataclass(frozen=True)
class Chip:
    """One choice, and the query (from “?” on) of the list without it."""

    name: str
    label: str
    query: str


@dataclass(frozen=True)
class Phrase:
    """One filter in words: “that met” + mistrust “or” stigma."""

    wording: str
    labels: list[str]
    link: str = "or"

    @property
    def pieces(self):
        """Pairs of text and whether it is a chosen value."""
        before, after = self.wording.split("{}")
        yield before, False
        for number, label in enumerate(self.labels, start=1):
            if number > 1:
                last = number == len(self.labels)
                yield f" {self.link} " if last else ", ", False
            yield label, True
        yield after, False
