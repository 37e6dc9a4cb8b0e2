"""Names of countries and continents in other languages."""

import pytest

from casebase.search.country_names import CONTINENTS, other_names


@pytest.mark.parametrize(
    ("code", "some"),
    [
        ("DE", {"Deutschland", "Allemagne", "Alemania", "Tyskland", "Europe"}),
        ("GB", {"UK", "Reino Unido", "Verenigd Koninkrijk"}),
        ("UG", {"Ouganda", "Africa"}),
        ("KR", {"Corea del Sur", "Asien"}),
        ("BR", {"Brasilien", "South America"}),
        ("XX", set()),
        ("", set()),
    ],
)
def test_a_country_has_other_names(code, some):
    names = other_names(code)
    assert some <= set(names)
    assert bool(names) is bool(some)
    # It is known by its own anyway.
    assert "Germany" not in names


def test_a_land_of_no_continent_has_its_names_alone():
    assert "Antarktis" in other_names("AQ")
    assert not set(other_names("AQ")) & {
        name for names in CONTINENTS.values() for name in names
    }
