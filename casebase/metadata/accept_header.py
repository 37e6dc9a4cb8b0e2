"""How much the ``Accept`` header of a request wants a media type that we could answer.

https://www.rfc-editor.org/rfc/rfc9110.html#name-accept: the most specific range that
matches a type decides, and a weight of 0 refuses it. Django's
``request.accepted_types`` drops the ranges that refuse, and fails at malformed
parameters.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.http import parse_header_parameters

# A quoted value may contain a comma.
RANGE = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
TOKEN = r"[\w!#$%&'+.^`|~-]+"  # noqa: S105 a token of the grammar of HTTP
TYPE = re.compile(rf"\*/\*|{TOKEN}/\*|{TOKEN}/{TOKEN}", re.ASCII)
WEIGHT = re.compile(r"0?\.\d+|0\.?|1(\.0*)?")
# Parameters that choose nothing: all our texts are in UTF-8, and profiles are hints.
IGNORED_PARAMS = {"charset", "profile"}


class MediaRange(NamedTuple):
    """One entry of the header: “text/*”, its parameters and its weight, 0 to 1."""

    type: str
    params: dict[str, str]
    weight: float

    def matches(self, media_type: str, params: dict[str, str]) -> bool:
        main_type = media_type.partition("/")[0]
        names_type = self.type in (media_type, f"{main_type}/*", "*/*")
        return names_type and self.params.items() <= params.items()

    @property
    def precedence(self) -> tuple[int, int, float]:
        """Return a sort key: specific ranges first, then those with a larger weight."""
        return -self.type.count("*"), len(self.params), self.weight


def parse_accept_header(header: str) -> Iterator[MediaRange]:
    """The well-formed ranges, in the order of the header."""
    for text in RANGE.findall(header):
        try:
            media_type, params = parse_header_parameters(text)
        except ValueError:
            continue
        if TYPE.fullmatch(media_type):
            yield MediaRange(media_type, *split_weight(params))


def split_weight(params: dict[str, str]) -> tuple[dict[str, str], float]:
    """The parameters of the media type, and the weight of the range.

    Parameters after the weight do not belong to the type. A malformed weight counts
    as 1.
    """
    of_type: dict[str, str] = {}
    for name, value in params.items():
        if name.lower() == "q":
            return of_type, float(value) if WEIGHT.fullmatch(value) else 1.0
        if name.lower() not in IGNORED_PARAMS:
            of_type[name.lower()] = value
    return of_type, 1.0


def weight_of(
    media_type: str, params: dict[str, str], ranges: Iterable[MediaRange]
) -> float:
    """The weight, 0 to 1, that the ranges give to this type; 0 if none matches."""
    matching = [each for each in ranges if each.matches(media_type, params)]
    return max(matching, key=lambda each: each.precedence).weight if matching else 0.0
