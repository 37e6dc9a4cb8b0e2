"""What an ``Accept`` header says of a type that we could answer with.

https://www.rfc-editor.org/rfc/rfc9110.html#name-accept: the most specific range that
fits a type decides, and a weight of 0 refuses it. ``request.accepted_types`` forgets
those that refuse, and fails at parameters that nobody can read.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.http import parse_header_parameters

# A comma may stand in a quoted value.
RANGE = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
SIGNS = r"[\w!#$%&'+.^`|~-]+"
TYPE = re.compile(rf"\*/\*|{SIGNS}/\*|{SIGNS}/{SIGNS}", re.ASCII)
WEIGHT = re.compile(r"0?\.\d+|0\.?|1(\.0*)?")
# Parameters that choose nothing: all texts are in UTF-8, and profiles are hints.
CHOOSE_NOTHING = {"charset", "profile"}


class MediaRange(NamedTuple):
    """One entry of the header: “text/*”, its parameters and its weight, 0 to 1."""

    type: str
    params: dict[str, str]
    weight: float

    def fits(self, media_type: str, params: dict[str, str]) -> bool:
        main_type = media_type.partition("/")[0]
        is_named = self.type in (media_type, f"{main_type}/*", "*/*")
        return is_named and self.params.items() <= params.items()

    @property
    def precedence(self) -> tuple[int, int, float]:
        """The more specific it is, the higher; of two alike the kinder one counts."""
        return -self.type.count("*"), len(self.params), self.weight


def media_ranges(header: str) -> Iterator[MediaRange]:
    """The entries that are well-formed, in the order of the header."""
    for text in RANGE.findall(header):
        try:
            media_type, params = parse_header_parameters(text)
        except ValueError:
            continue
        if TYPE.fullmatch(media_type):
            yield MediaRange(media_type, *chosen_and_weight(params))


def chosen_and_weight(params: dict[str, str]) -> tuple[dict[str, str], float]:
    """What follows the weight belongs to no type; a weight that is none counts as 1."""
    chosen: dict[str, str] = {}
    for name, value in params.items():
        if name.lower() == "q":
            return chosen, float(value) if WEIGHT.fullmatch(value) else 1.0
        if name.lower() not in CHOOSE_NOTHING:
            chosen[name.lower()] = value
    return chosen, 1.0


def weight_of(
    media_type: str, params: dict[str, str], ranges: Iterable[MediaRange]
) -> float:
    """How much a type of ours is wanted; 0 if it is not."""
    fitting = [each for each in ranges if each.fits(media_type, params)]
    return max(fitting, key=lambda each: each.precedence).weight if fitting else 0.0
