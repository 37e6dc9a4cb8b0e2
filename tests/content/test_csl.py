"""Works to and from CSL-JSON, and the slugs of their authors."""

import json

import pytest
from hypothesis import given, strategies
from pydantic import ValidationError

from references.csl import Name, Work
from references.formats.csl_json import read_csl_json, write_csl_json
from references.partial_date import PartialDate
from references.person_names import build_slug, find_free_slug

texts = strategies.text(min_size=1).filter(lambda text: "\0" not in text)
parts = [strategies.integers(1, 2100), strategies.integers(1, 12)]
parts.append(strategies.integers(1, 28))
dates = strategies.integers(1, 3).flatmap(
    lambda n: strategies.tuples(*parts[:n]).map(
        lambda known: {"date-parts": [list(known)]}
    )
)
persons = strategies.fixed_dictionaries(
    {"family": texts},
    optional={
        **{"given": texts, "suffix": texts},
        **{"dropping-particle": texts, "non-dropping-particle": texts},
    },
)
names = strategies.lists(
    persons | strategies.fixed_dictionaries({"literal": texts}),
    min_size=1,
    unique_by=lambda name: sorted(name.items()).__repr__(),
)
customs = strategies.fixed_dictionaries({"correction": texts})
works = strategies.fixed_dictionaries(
    {"id": texts, "type": texts, "title": texts},
    optional={
        **{"author": names, "editor": names, "issued": dates, "accessed": dates},
        **{"container-title": texts, "volume": texts, "DOI": texts, "URL": texts},
        **{"publisher-place": texts, "note": texts, "custom": customs},
    },
)


@given(works)
def test_a_work_survives_the_round_trip(item):
    assert Work.model_validate(item).to_csl() == item


@given(strategies.lists(works))
def test_a_file_survives_the_round_trip(tmp_path_factory, items):
    path = tmp_path_factory.mktemp("csl") / "a.csl.json"
    path.write_text(write_csl_json([Work.model_validate(item) for item in items]))
    parsed = read_csl_json(path)
    assert parsed.value == items
    for index in range(len(items)):
        line = path.read_text().split("\n")[parsed.lines[index, "id"] - 1]
        assert line.startswith('    "id": ')


def work(**variables):
    return Work.model_validate({"id": "a", "type": "book", "title": "A"} | variables)


def test_variables_are_always_in_the_same_order():
    item = {"note": "n", "title": "A", "DOI": "10.1/a", "type": "book", "id": "a"}
    assert list(Work.model_validate(item).to_csl()) == [
        *("id", "type", "title", "DOI", "note")
    ]


def test_a_volume_may_be_a_number():
    assert work(volume=7, page="3–5").volume == "7"


def test_parts_of_a_date_may_be_texts():
    assert work(issued={"date-parts": [["2014", "5"]]}).issued == PartialDate(2014, 5)


@pytest.mark.parametrize(
    "issued",
    [
        "2014",
        {"raw": "2014"},
        {"date-parts": []},
        {"date-parts": [[2014], [2015]]},
        {"date-parts": [[2014, 5, 1, 1]]},
        {"date-parts": [[0]]},
        {"date-parts": [[2014]], "circa": True},
    ],
)
def test_a_date_that_is_not_date_parts_is_an_error(issued):
    with pytest.raises(ValidationError, match="date-parts: "):
        work(issued=issued)


@pytest.mark.parametrize(
    "name",
    [{}, {"given": "A."}, {"family": "A", "literal": "A"}, {"family": "A", "x": "B"}],
)
def test_an_incomplete_name_is_an_error(name):
    with pytest.raises(ValidationError):
        work(author=[name])


def test_a_repeated_author_is_an_error():
    with pytest.raises(ValidationError, match="“Meyer” is listed twice"):
        work(author=[{"family": "Meyer"}, {"family": "Meyer"}])


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ({"family": "Loeffler", "given": "E."}, "loeffler-e"),
        ({"family": "Löffler", "given": "Elke"}, "loeffler-e"),
        ({"family": "Sørensen", "given": "E. M."}, "soerensen-e-m"),
        ({"family": "Klepp", "given": "K.-I."}, "klepp-k-i"),
        ({"family": "Eijk", "non-dropping-particle": "van"}, "van-eijk"),
        ({"family": "King", "given": "M. L.", "suffix": "Jr."}, "king-m-l-jr"),
        ({"literal": "A.P. Møller Fonden"}, "ap-moeller-fonden"),
        ({"literal": "さいたま市"}, "name"),
    ],
)
def test_the_slug_of_a_name(name, slug):
    assert build_slug(Name.model_validate(name)) == slug


def test_a_slug_that_is_taken_gets_a_number():
    assert (
        find_free_slug("loeffler-e", {"loeffler-e", "loeffler-e-2"}) == "loeffler-e-3"
    )
    assert len(build_slug(Name(literal="a" * 250))) == 100


def test_texts_are_not_escaped(tmp_path):
    path = tmp_path / "a.csl.json"
    path.write_text('[\n\t{"id":"a","title": "\\u00c4\\ud83d\\ude00","type":"book"}]')
    (item,) = read_csl_json(path).value
    text = write_csl_json([Work.model_validate(item)])
    assert '"title": "Ä😀"' in text
    assert json.loads(text) == [item]
