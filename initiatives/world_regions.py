"""The parts of the world that countries belong to.

The subregions of the United Nations' standard M49, https://unstats.un.org/unsd/methodology/m49/;
Taiwan, which it does not list, stands with its neighbours.
"""

from functools import cache

# Slug, name, and ISO 3166-1 alpha-2 codes of its countries.
SUBREGIONS = (
    ("northern-africa", "Northern Africa", "DZ EG EH LY MA SD TN"),
    (
        "eastern-africa",
        "Eastern Africa",
        "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
    ),
    ("middle-africa", "Middle Africa", "AO CD CF CG CM GA GQ ST TD"),
    ("southern-africa", "Southern Africa", "BW LS NA SZ ZA"),
    (
        "western-africa",
        "Western Africa",
        "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    ),
    (
        "caribbean",
        "Caribbean",
        "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT"
        " VC VG VI",
    ),
    ("central-america", "Central America", "BZ CR GT HN MX NI PA SV"),
    (
        "south-america",
        "South America",
        "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    ),
    ("northern-america", "Northern America", "BM CA GL PM US"),
    ("antarctica", "Antarctica", "AQ"),
    ("central-asia", "Central Asia", "KG KZ TJ TM UZ"),
    ("eastern-asia", "Eastern Asia", "CN HK JP KP KR MN MO TW"),
    ("south-eastern-asia", "South-eastern Asia", "BN ID KH LA MM MY PH SG TH TL VN"),
    ("southern-asia", "Southern Asia", "AF BD BT IN IR LK MV NP PK"),
    (
        "western-asia",
        "Western Asia",
        "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    ),
    ("eastern-europe", "Eastern Europe", "BG BY CZ HU MD PL RO RU SK UA"),
    (
        "northern-europe",
        "Northern Europe",
        "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",  # codespell:ignore fo
    ),
    (
        "southern-europe",
        "Southern Europe",
        "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA",
    ),
    ("western-europe", "Western Europe", "AT BE CH DE FR LI LU MC NL"),
    ("australia-new-zealand", "Australia and New Zealand", "AU CC CX HM NF NZ"),
    ("melanesia", "Melanesia", "FJ NC PG SB VU"),
    ("micronesia", "Micronesia", "FM GU KI MH MP NR PW UM"),
    ("polynesia", "Polynesia", "AS CK NU PF PN TK TO TV WF WS"),
)
# Slug → name, sorted by name.
REGION_NAMES = dict(sorted((slug, name) for slug, name, _ in SUBREGIONS))


@cache
def region_of_country() -> dict[str, str]:
    """Return code of a country → slug of its region."""
    return {code: slug for slug, _, codes in SUBREGIONS for code in codes.split()}
